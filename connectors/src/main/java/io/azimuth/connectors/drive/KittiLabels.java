package io.azimuth.connectors.drive;

import io.azimuth.connectors.drive.TextRows.Row;
import io.azimuth.perception.evaluation.kitti.ImageBox;
import io.azimuth.perception.evaluation.kitti.KittiCamera;
import io.azimuth.perception.evaluation.kitti.KittiLabel;
import io.azimuth.perception.geometry.DatasetFrames;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * KITTI's own labels of a drive with what its benchmark needs: rectangles in the image, truncation,
 * occlusion, {@code DontCare} regions, and the camera of each frame. Reads the object layout
 * ({@code label_2/NNNNNN.txt} and {@code calib/NNNNNN.txt}) and the tracking layout ({@code
 * label_02.txt} with {@code frame track} before the columns, and one {@code calib.txt}). Immutable,
 * thread-safe.
 *
 * @param labels in the order of the files
 * @param cameras by frame, also of frames without labels
 */
public record KittiLabels(List<KittiLabel> labels, SortedMap<Long, KittiCamera> cameras) {
    private static final String TRACKING = "label_02.txt";
    private static final int COLUMNS = 15;

    public KittiLabels {
        labels = List.copyOf(labels);
        cameras = Collections.unmodifiableSortedMap(new TreeMap<>(cameras));
    }

    /** Whether a folder has labels in one of the two layouts. */
    public static boolean isIn(Path drive) {
        return Files.isRegularFile(drive.resolve(TRACKING))
                || Files.isDirectory(drive.resolve("label_2"))
                || Files.isDirectory(drive.resolve("training/label_2"));
    }

    /**
     * Reads them.
     *
     * @param sweeps numbers of the labelled sweeps; labels of others are left out
     * @throws MalformedDataException naming file, byte and line of what is wrong
     * @throws IOException if a file is missing
     */
    public static KittiLabels read(Path drive, Set<Long> sweeps) throws IOException {
        if (Files.isRegularFile(drive.resolve(TRACKING))) {
            return tracking(drive, sweeps);
        }
        Path training = drive.resolve("training");
        return object(Files.isDirectory(training.resolve("label_2")) ? training : drive, sweeps);
    }

    private static KittiLabels tracking(Path root, Set<Long> sweeps) throws IOException {
        KittiCamera camera = camera(TextRows.load(root.resolve("calib.txt")));
        List<KittiLabel> labels = new ArrayList<>();
        for (Row row : TextRows.load(root.resolve(TRACKING)).filled()) {
            String[] w = row.words();
            if (w.length != COLUMNS + 2 && w.length != COLUMNS + 3) {
                throw row.fault(
                        w.length
                                + " columns, accepted are 17 ('frame track' and 15; 18 with a score)");
            }
            long frame = row.whole("frame", w[0], 0, Long.MAX_VALUE);
            if (sweeps.contains(frame)) {
                labels.add(label(row, frame, Arrays.copyOfRange(w, 2, 2 + COLUMNS), camera));
            }
        }
        TreeMap<Long, KittiCamera> cameras = new TreeMap<>();
        sweeps.forEach(s -> cameras.put(s, camera));
        return new KittiLabels(labels, cameras);
    }

    private static KittiLabels object(Path root, Set<Long> sweeps) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(root.resolve("label_2"))) {
            files = all.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
        }
        List<KittiLabel> labels = new ArrayList<>();
        TreeMap<Long, KittiCamera> cameras = new TreeMap<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            String stem = name.substring(0, name.length() - ".txt".length());
            if (!stem.matches("[0-9]{1,18}")) {
                throw MalformedDataException.at(
                        file.toString(), 0, "name is no frame number, accepted is NNNNNN.txt");
            }
            long frame = Long.parseLong(stem);
            if (!sweeps.contains(frame)) {
                continue;
            }
            KittiCamera camera = camera(TextRows.load(root.resolve("calib").resolve(name)));
            cameras.put(frame, camera);
            for (Row row : TextRows.load(file).filled()) {
                String[] w = row.words();
                if (w.length != COLUMNS && w.length != COLUMNS + 1) {
                    throw row.fault(w.length + " columns, accepted are 15 (16 with a score)");
                }
                labels.add(label(row, frame, w, camera));
            }
        }
        return new KittiLabels(labels, cameras);
    }

    private static KittiCamera camera(TextRows text) {
        Calibration calibration = Calibration.parse(text);
        return new KittiCamera(
                calibration.numbers("P2", 12),
                calibration.cameraFromLidar(),
                KittiCamera.WIDTH_PX,
                KittiCamera.HEIGHT_PX);
    }

    /** {@code type truncated occluded alpha x1 y1 x2 y2 h w l X Y Z ry}, bottom centre. */
    private static KittiLabel label(Row row, long frame, String[] w, KittiCamera camera) {
        double truncated = row.number("truncated", w[1]);
        int occluded = (int) row.number("occluded", w[2]);
        try {
            ImageBox image =
                    new ImageBox(
                            row.number("x1", w[4]),
                            row.number("y1", w[5]),
                            row.number("x2", w[6]),
                            row.number("y2", w[7]));
            if (w[0].equals("DontCare")) {
                return new KittiLabel(frame, w[0], truncated, occluded, image, null);
            }
            double[] v = row.numbers("label", Arrays.copyOfRange(w, 8, COLUMNS), 0, 7);
            RigidTransform lidarFromCamera = camera.cameraFromLidar().inverse();
            OrientedBox box =
                    DatasetFrames.fromKittiCamera(
                            lidarFromCamera, v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
            return new KittiLabel(frame, w[0], truncated, occluded, image, box);
        } catch (IllegalArgumentException e) {
            throw row.fault(String.valueOf(e.getMessage()));
        }
    }
}
