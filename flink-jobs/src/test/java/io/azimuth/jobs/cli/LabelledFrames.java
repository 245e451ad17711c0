package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.connectors.drive.SensorTruth;
import io.azimuth.perception.cluster.GeometricDetector;
import io.azimuth.perception.cluster.GeometricDetectorConfig;
import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.PointCloud;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Each labelled object of recorded frames and whether the geometric detector finds it: {@code
 * LabelledFrames FOLDER...}, folders such as {@code frames/kitti_object}. An object is found if a
 * detection of its class group with a score of 0.3 or more lies within 1 m. Pictures of the same
 * frames, labels over detections, are those of {@code azimuth run FOLDER --out DIR}.
 */
final class LabelledFrames {
    private static final double MIN_SCORE = 0.3;
    private static final double DISTANCE_M = 1;

    private LabelledFrames() {}

    public static void main(String[] args) throws Exception {
        for (String folder : args) {
            judge(Path.of(folder));
        }
    }

    private static void judge(Path folder) throws Exception {
        GeometricDetector detector = new GeometricDetector(GeometricDetectorConfig.defaults());
        PointCloud cloud = new PointCloud();
        try (Drive drive = Drives.open(folder)) {
            SensorTruth truth = drive.truth().of(drive.info().sensors().get(0).sensorId());
            for (int i = 0; i < drive.size(); i++) {
                long seq = drive.key(i).seq();
                List<Detection> found = detector.detect(drive.read(i, cloud));
                for (LabelledBox b : truth.boxes()) {
                    if (b.sweep() == seq && ClassGroup.of(b.objectClass()) != null) {
                        print(drive.id(), b, nearest(b, found));
                    }
                }
            }
        }
    }

    /** Distance of the nearest detection that may be it. */
    private static double nearest(LabelledBox b, List<Detection> found) {
        return found.stream()
                .filter(d -> d.score() >= MIN_SCORE)
                .filter(d -> ClassGroup.of(d.objectClass()) == ClassGroup.of(b.objectClass()))
                .mapToDouble(d -> Math.hypot(d.box().x() - b.box().x(), d.box().y() - b.box().y()))
                .min()
                .orElse(Double.NaN);
    }

    private static void print(String drive, LabelledBox b, double awayM) {
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "%s %d %s %.0f m %d points: %s (nearest %.1f m)",
                        drive,
                        b.sweep(),
                        b.objectClass().label(),
                        b.box().rangeM(),
                        b.points(),
                        awayM <= DISTANCE_M ? "found" : "missed",
                        awayM));
    }
}
