package io.azimuth.connectors.drive;

import io.azimuth.connectors.drive.FileDrive.PointTime;
import io.azimuth.connectors.format.CloudFormats;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.DatasetFrames;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Single labelled sweeps that do not follow each other: KITTI object ({@code velodyne/}, {@code
 * label_2/}, {@code calib/}) and the like with {@code boxes/*.csv} in the LiDAR's frame. Nothing
 * moves between them and there is no period: one a second is assumed.
 */
final class FramesLayout implements DriveLayout {
    private static final long SPACING_NANOS = 1_000_000_000L;

    private final CloudFormats formats;

    FramesLayout(CloudFormats formats) {
        this.formats = formats;
    }

    @Override
    public String lookedFor() {
        return "labelled frames (KITTI object): velodyne/*.bin with label_2/ and calib/, or boxes/*.csv";
    }

    @Override
    public @Nullable Drive open(Path path, DriveOptions options) throws IOException {
        Path root = path.endsWith("velodyne") ? path.getParent() : path;
        if (root != null && Files.isDirectory(root.resolve("training/velodyne"))) {
            root = root.resolve("training");
        }
        if (root == null || !Files.isDirectory(root.resolve("velodyne"))) {
            return null;
        }
        boolean kitti =
                Files.isDirectory(root.resolve("label_2"))
                        || Files.isDirectory(root.resolve("calib"));
        if (!kitti && !Files.isDirectory(root.resolve("boxes"))) {
            return null;
        }
        Path base = root;
        SweepFolder folder = SweepFolder.listSome(base.resolve("velodyne"), formats);
        String id = DriveNames.id(base);
        DriveSensor sensor = DriveNames.onlySensor(id);
        DriveInfo info =
                new DriveInfo(
                        kitti ? "kitti-object" : "labelled-frames",
                        "velodyne/ + " + (kitti ? "label_2/ or calib/" : "boxes/") + " in " + base,
                        false,
                        "the sweeps are independent of each other",
                        List.of(sensor),
                        SPACING_NANOS / 1e9,
                        folder.files().size());
        return new FileDrive(
                id,
                info,
                FolderLayout.spaced(folder, SPACING_NANOS, Stamps.DEFAULT_PERIOD_NANOS),
                PointTime.NONE,
                () -> truth(base, sensor, folder),
                formats);
    }

    private DriveTruth truth(Path root, DriveSensor sensor, SweepFolder folder) throws IOException {
        List<LabelledBox> boxes = new ArrayList<>();
        boolean kitti = Files.isDirectory(root.resolve("label_2"));
        TreeSet<Long> labelled = new TreeSet<>();
        RigidTransform ours =
                FolderLayout.probe(folder.files().get(0), formats).format().equals("nuscenes-bin")
                        ? DatasetFrames.AZIMUTH_FROM_NUSCENES
                        : RigidTransform.IDENTITY;
        for (int i = 0; i < folder.seqs().length; i++) {
            String name = folder.files().get(i).getFileName().toString();
            String stem = name.substring(0, name.indexOf('.'));
            Path label = root.resolve("label_2").resolve(stem + ".txt");
            Path csv = root.resolve("boxes").resolve(stem + ".csv");
            if (kitti && Files.isRegularFile(label)) {
                Path calib = root.resolve("calib").resolve(stem + ".txt");
                RigidTransform lidarFromCamera =
                        Calibration.parse(TextRows.load(calib)).cameraFromLidar().inverse();
                labelled.add(folder.seqs()[i]);
                boxes.addAll(Labels.kitti(TextRows.load(label), lidarFromCamera, folder.seqs()[i]));
            } else if (!kitti && Files.isRegularFile(csv)) {
                labelled.add(folder.seqs()[i]);
                for (LabelledBox b : Labels.csv(TextRows.load(csv), folder.seqs()[i])) {
                    boxes.add(
                            new LabelledBox(
                                    b.sweep(),
                                    b.track(),
                                    b.objectClass(),
                                    ours.map(b.box()),
                                    b.points()));
                }
            }
        }
        if (labelled.isEmpty()) {
            return DriveTruth.NONE;
        }
        boolean front = kitti || Labels.onlyAhead(boxes);
        return new DriveTruth(
                Map.of(
                        sensor.sensorId(),
                        new SensorTruth(Collections.emptySortedMap(), boxes, labelled, front)));
    }
}
