package io.azimuth.perception.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Recall on the labelled drive, judged by centre distance and class group; every fifth sweep. */
class RecordedDriveTest {
    private static final int SWEEP_NANOS = 103_600_000;
    private static final int EVERY = 5;
    private static final double MIN_SCORE = 0.3;

    /** Measured .89 and 0.8 over all sweeps; the margin is for later changes of scores. */
    private static final double MIN_RECALL = 0.8;

    private static final double MAX_FALSE = 2;

    private record Label(int sweep, String track, String group, double x, double y, int points) {}

    @Test
    void mostTracksAreFoundInMostSweeps() throws IOException {
        String root = System.getenv("AZIMUTH_DATA");
        assumeTrue(root != null, "AZIMUTH_DATA is not set: the recorded drive is not tested");
        Path drive = Path.of(root, "drives", "kitti_0005");
        assumeTrue(Files.isDirectory(drive), drive + " is absent: the drive is not tested");
        GeometricDetector detector = new GeometricDetector(GeometricDetectorConfig.defaults());
        List<Label> labels = labels(drive.resolve("boxes.csv"));
        Map<String, List<Boolean>> hits = new TreeMap<>();
        int unmatched = 0;
        int sweeps = 0;
        for (int n = 4; n < 125; n += EVERY) {
            int sweep = n;
            List<Label> here = labels.stream().filter(l -> l.sweep() == sweep).toList();
            List<Detection> found =
                    detector.detect(sweep(drive, n)).stream()
                            .filter(d -> d.score() >= MIN_SCORE)
                            .toList();
            for (Label l : here) {
                if (l.points() >= 50 && Math.hypot(l.x(), l.y()) <= 40) {
                    hits.computeIfAbsent(l.track(), t -> new ArrayList<>())
                            .add(found.stream().anyMatch(d -> matches(d, l, true)));
                }
            }
            unmatched += (int) found.stream().filter(d -> isExtra(d, here)).count();
            sweeps++;
        }
        double recall =
                hits.values().stream()
                        .mapToDouble(h -> h.stream().filter(b -> b).count() / (double) h.size())
                        .average()
                        .orElse(0);

        assertThat(recall).as("mean recall over tracks %s", hits).isGreaterThan(MIN_RECALL);
        assertThat(unmatched / (double) sweeps).as("boxes a sweep in view").isLessThan(MAX_FALSE);
    }

    private static boolean isExtra(Detection d, List<Label> here) {
        double x = d.box().x();
        double y = d.box().y();
        boolean inView = x > 0 && Math.abs(Math.atan2(y, x)) < Math.toRadians(38);
        return inView
                && Math.hypot(x, y) <= 40
                && here.stream().noneMatch(l -> matches(d, l, false));
    }

    private static boolean matches(Detection d, Label l, boolean sameGroup) {
        return Math.hypot(d.box().x() - l.x(), d.box().y() - l.y()) <= 1
                && (!sameGroup || group(d.objectClass().label()).equals(l.group()));
    }

    private static String group(String label) {
        return switch (label) {
            case "car", "van", "truck", "bus" -> "vehicle";
            default -> label;
        };
    }

    private static List<Label> labels(Path csv) throws IOException {
        List<Label> out = new ArrayList<>();
        for (String line : Files.readAllLines(csv).stream().skip(1).toList()) {
            String[] f = line.split(",");
            out.add(
                    new Label(
                            Integer.parseInt(f[0]),
                            f[1],
                            group(f[2].toLowerCase(java.util.Locale.ROOT)),
                            Double.parseDouble(f[3]),
                            Double.parseDouble(f[4]),
                            Integer.parseInt(f[12])));
        }
        return out;
    }

    private static Sweep sweep(Path drive, int n) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(drive.resolve("velodyne/%010d.bin".formatted(n)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        PointCloud cloud = new PointCloud(bytes.length / 16);
        while (in.remaining() >= 16) {
            float x = in.getFloat();
            float y = in.getFloat();
            double turn = 0.5 - Math.atan2(y, x) / (2 * Math.PI);
            cloud.add(x, y, in.getFloat(), in.getFloat(), 0, (int) (turn * SWEEP_NANOS));
        }
        cloud.declare(false, true);
        return new Sweep(
                "v",
                "v/top",
                "d",
                n,
                0,
                SWEEP_NANOS,
                Sweep.Sector.WHOLE,
                RigidTransform.IDENTITY,
                null,
                cloud);
    }
}
