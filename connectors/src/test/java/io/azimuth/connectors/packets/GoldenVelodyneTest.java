package io.azimuth.connectors.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our points against those that velodyne-decoder found in the same captures, see {@code
 * golden/velodyne/make.py}. That decoder rounds azimuths to 0.01 degrees, we do not.
 */
class GoldenVelodyneTest {
    private static final double LENGTH_M = 1e-3;
    private static final long TIME_NANOS = 1_000;
    private static final double ROUNDED_AZIMUTH_RAD = Math.toRadians(0.005);
    private static final double INTENSITY = 0.05 / 255;

    /** A point of the decoder's. */
    private record Row(
            long nanos, int ring, double x, double y, double z, double intensity, int kind) {}

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vlp16_strongest",
                "vlp16_last",
                "vlp16_dual",
                "hires_strongest",
                "hdl32e_strongest",
                "hdl32e_dual",
                "vlp32c_strongest",
                "vlp32c_dual",
                "vls128_strongest",
                "vls128_dual",
                "vls128_later",
                "hdl64_s2",
                "hdl64_s3",
                "hdl64_s3_dual"
            })
    void pointsAreThoseOfAnIndependentDecoder(String name, TestReporter reporter)
            throws IOException {
        Map<Integer, List<Row>> byRing = new HashMap<>();
        for (Row row : rows(name)) {
            byRing.computeIfAbsent(row.ring(), k -> new ArrayList<>()).add(row);
        }
        PointCloud cloud = new PointCloud();
        double[] worst = new double[4]; // m, m across, ns, intensity
        int compared = 0;
        try (PacketCapture capture = open(name)) {
            for (int i = 0; i < capture.size(); i++) {
                capture.read(i, cloud);
                for (int k = 0; k < cloud.size(); k++) {
                    long nanos =
                            (capture.startNanos(i) + cloud.timeOffsetNanos()[k])
                                    % VelodynePacket.HOUR_NANOS;
                    List<Row> same = take(byRing, cloud.ringOf(k), nanos);
                    assertThat(same).as("point %d, ring %d", k, cloud.ringOf(k)).isNotEmpty();
                    // An HDL-64's intensities are corrected after the choice, so they do not tell
                    // it.
                    boolean told = !name.startsWith("hdl64");
                    Row want = told ? stronger(same) : nearest(same, cloud.x()[k]);
                    compare(cloud, k, nanos, want, worst);
                    compared++;
                }
            }
        }
        assertThat(byRing.values()).as("points that only the decoder has").allMatch(List::isEmpty);
        assertThat(compared).isGreaterThan(60);
        reporter.publishEntry(
                name,
                "%d points, at most %.2f mm in range and height, %.2f mm across, %.0f ns, %.3f / 255"
                        .formatted(
                                compared,
                                1e3 * worst[0],
                                1e3 * worst[1],
                                worst[2],
                                255 * worst[3]));
    }

    private static void compare(PointCloud cloud, int k, long nanos, Row want, double[] worst) {
        double x = cloud.x()[k];
        double y = cloud.y()[k];
        double flat = Math.hypot(want.x(), want.y());
        double along = Math.abs(Math.hypot(x, y) - flat);
        double up = Math.abs(cloud.z()[k] - want.z());
        double across = Math.hypot(x - want.x(), y - want.y());
        double late = Math.abs(nanos - want.nanos());
        double bright = Math.abs(cloud.intensity()[k] - want.intensity() / 255);
        assertThat(along).as("range over ground of %s", want).isLessThan(LENGTH_M);
        assertThat(up).as("height of %s", want).isLessThan(LENGTH_M);
        assertThat(across)
                .as("place of %s", want)
                .isLessThan(LENGTH_M + ROUNDED_AZIMUTH_RAD * flat);
        assertThat(late).as("time of %s", want).isLessThan(TIME_NANOS);
        assertThat(bright).as("intensity of %s", want).isCloseTo(0, within(INTENSITY));
        worst[0] = Math.max(worst[0], Math.max(along, up));
        worst[1] = Math.max(worst[1], across);
        worst[2] = Math.max(worst[2], late);
        worst[3] = Math.max(worst[3], bright);
    }

    /** Takes out what the decoder found of a laser at a time. */
    private static List<Row> take(Map<Integer, List<Row>> byRing, int ring, long nanos) {
        List<Row> all = byRing.getOrDefault(ring, List.of());
        List<Row> same =
                all.stream().filter(r -> Math.abs(r.nanos() - nanos) < TIME_NANOS).toList();
        all.removeAll(same);
        return same;
    }

    private static Row stronger(List<Row> returns) {
        Row best = returns.get(0);
        for (Row row : returns) {
            best = row.intensity() > best.intensity() ? row : best;
        }
        return best;
    }

    private static Row nearest(List<Row> returns, double x) {
        Row best = returns.get(0);
        for (Row row : returns) {
            best = Math.abs(row.x() - x) < Math.abs(best.x() - x) ? row : best;
        }
        return best;
    }

    private PacketCapture open(String name) throws IOException {
        Path capture = folder.resolve(name + ".pcap");
        Files.write(capture, bytes(name + ".pcap"));
        Path calibration = null;
        if (name.startsWith("hdl64")) {
            calibration = Files.write(folder.resolve("hdl64.yaml"), bytes("hdl64.yaml"));
        }
        return Objects.requireNonNull(PacketCapture.open(capture, calibration));
    }

    private static List<Row> rows(String name) throws IOException {
        List<Row> out = new ArrayList<>();
        for (String line :
                new String(bytes(name + ".csv"), StandardCharsets.US_ASCII).split("\n")) {
            String[] f = line.split(",");
            out.add(
                    new Row(
                            Long.parseLong(f[0]),
                            Integer.parseInt(f[1]),
                            Double.parseDouble(f[2]),
                            Double.parseDouble(f[3]),
                            Double.parseDouble(f[4]),
                            Double.parseDouble(f[5]),
                            Integer.parseInt(f[6])));
        }
        return out;
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in =
                GoldenVelodyneTest.class.getResourceAsStream("/golden/velodyne/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
