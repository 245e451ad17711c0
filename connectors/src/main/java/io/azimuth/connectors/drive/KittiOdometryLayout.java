package io.azimuth.connectors.drive;

import io.azimuth.connectors.drive.FileDrive.PointTime;
import io.azimuth.connectors.drive.FileDrive.SweepFile;
import io.azimuth.connectors.format.CloudFormats;
import io.azimuth.perception.geometry.DatasetFrames;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * KITTI odometry: {@code sequences/NN/{velodyne,times.txt,calib.txt}} and {@code poses/NN.txt} in
 * the camera's frame. Its sweeps are compensated to the instant of {@code times.txt}, the middle of
 * the rotation. Source: KITTI odometry devkit readme.
 */
final class KittiOdometryLayout implements DriveLayout {
    private final CloudFormats formats;

    KittiOdometryLayout(CloudFormats formats) {
        this.formats = formats;
    }

    @Override
    public String lookedFor() {
        return "KITTI odometry: sequences/NN with velodyne/*.bin and times.txt";
    }

    @Override
    public @Nullable Drive open(Path path, DriveOptions options) throws IOException {
        Path root = path.endsWith("velodyne") ? path.getParent() : path;
        if (root != null && Files.isDirectory(root.resolve("sequences"))) {
            root = onlySequence(root.resolve("sequences"));
        } else if (root != null && root.endsWith("sequences")) {
            root = onlySequence(root);
        }
        return root != null && isSequence(root) ? drive(root) : null;
    }

    private static boolean isSequence(Path root) {
        return Files.isDirectory(root.resolve("velodyne"))
                && Files.isRegularFile(root.resolve("times.txt"));
    }

    private static @Nullable Path onlySequence(Path sequences) throws IOException {
        List<Path> found;
        try (Stream<Path> entries = Files.list(sequences)) {
            found = entries.filter(KittiOdometryLayout::isSequence).sorted().toList();
        }
        if (found.size() > 1) {
            throw new NoSuchFileException(
                    sequences.toString(),
                    null,
                    "KITTI odometry with "
                            + found.size()
                            + " sequences: name one of them, e.g. "
                            + found.get(0));
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private Drive drive(Path root) throws IOException {
        SweepFolder folder = SweepFolder.listSome(root.resolve("velodyne"), formats);
        TextRows text = TextRows.load(root.resolve("times.txt"));
        long[] times = Stamps.seconds(text);
        long[] rowSeqs = new long[times.length];
        for (int i = 0; i < times.length; i++) {
            rowSeqs[i] = i;
            if (i > 0 && times[i] <= times[i - 1]) {
                throw text.filled().get(i).fault("the time does not come after the one before");
            }
        }
        long period = Stamps.medianPeriod(rowSeqs, times);
        List<SweepFile> files = new ArrayList<>();
        for (int i = 0; i < folder.seqs().length; i++) {
            long seq = folder.seqs()[i];
            if (seq >= times.length) {
                throw new MalformedDataException(
                        "%s: byte 0: %d times but %s is sweep %d, accepted is one time a sweep"
                                .formatted(text.file(), times.length, folder.files().get(i), seq));
            }
            long start = times[(int) seq] - period / 2;
            files.add(
                    new SweepFile(
                            folder.files().get(i), new SweepKey(0, seq, start, start + period)));
        }
        String id = "kitti-odometry-" + DriveNames.id(root);
        DriveSensor sensor = DriveNames.onlySensor(id);
        DriveInfo info =
                new DriveInfo(
                        "kitti-odometry",
                        "velodyne/ + times.txt in " + root,
                        false,
                        "clouds of the odometry benchmark are already compensated",
                        List.of(sensor),
                        period / 1e9,
                        files.size());
        return new FileDrive(
                id,
                info,
                files,
                PointTime.NONE,
                () -> truth(root, sensor, rowSeqs, folder.seqs()),
                formats);
    }

    private static DriveTruth truth(Path root, DriveSensor sensor, long[] rowSeqs, long[] seqs)
            throws IOException {
        Path name = root.getFileName();
        Path file = root.resolve("../../poses/" + name + ".txt").normalize();
        if (!Files.isRegularFile(file)) {
            return DriveTruth.NONE;
        }
        RigidTransform cameraFromLidar =
                Calibration.parse(TextRows.load(root.resolve("calib.txt"))).cameraFromLidar();
        List<RigidTransform> poses = new ArrayList<>();
        for (RigidTransform camera : Poses.parse(TextRows.load(file))) {
            poses.add(DatasetFrames.lidarPoseFromKittiCamera(camera, cameraFromLidar));
        }
        return new DriveTruth(
                Map.of(
                        sensor.sensorId(),
                        new SensorTruth(
                                Poses.firstFromSweep(file.toString(), poses, rowSeqs, seqs),
                                List.of(),
                                Collections.emptySortedSet(),
                                false)));
    }
}
