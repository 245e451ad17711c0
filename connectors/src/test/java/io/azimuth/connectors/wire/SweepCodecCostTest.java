package io.azimuth.connectors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Size and CPU time of a recorded sweep; bounds with room for a busy machine. */
class SweepCodecCostTest {
    private static final int WARM_UP = 40;
    private static final int MEASURED = 21;

    private final SweepCodec codec = new SweepCodec();

    @Test
    void aRecordedSweepTakesHalfAMegabyteAndAFewMilliseconds() throws IOException {
        PointCloud points = recordedSweep();
        for (SweepEncoding encoding :
                new SweepEncoding[] {SweepEncoding.XYZ_I16, SweepEncoding.XYZ_F32}) {
            Cost cost = measure(new Case(points, encoding));
            report(encoding.toString(), points.size(), cost);
            if (encoding == SweepEncoding.XYZ_I16) {
                assertThat(cost.bytes).isLessThan(500_000);
                assertThat(cost.decodeMillis).isLessThan(12);
            }
        }
    }

    @Test
    void aSphericalSweepOf120000CellsTakesLessThanFloats() {
        var sweep = Sweeps.spinning(new Random(3), 64, 1875);
        Cost cost = measure(new Case(sweep, SweepEncoding.SPHERICAL_U16));
        report("SPHERICAL_U16", sweep.points().size(), cost);
        assertThat(cost.bytes).isLessThan(450_000);
    }

    private static void report(String name, int points, Cost cost) {
        System.getLogger(SweepCodecCostTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "%s: %d points, %d bytes, encode %.2f ms, decode %.2f ms CPU (median)"
                                .formatted(
                                        name,
                                        points,
                                        cost.bytes,
                                        cost.encodeMillis,
                                        cost.decodeMillis));
    }

    private record Case(io.azimuth.perception.geometry.Sweep sweep, SweepEncoding encoding) {
        Case(PointCloud points, SweepEncoding encoding) {
            this(Sweeps.sweep("veh-1/top", 0, null, points), encoding);
        }
    }

    private record Cost(int bytes, double encodeMillis, double decodeMillis) {}

    private Cost measure(Case c) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        PointCloud out = new PointCloud();
        double[] encode = new double[MEASURED];
        double[] decode = new double[MEASURED];
        int bytes = 0;
        for (int i = -WARM_UP; i < MEASURED; i++) {
            long a = threads.getCurrentThreadCpuTime();
            byte[] value = codec.encode(c.sweep, c.encoding, 1);
            long b = threads.getCurrentThreadCpuTime();
            codec.decode(value, out);
            long d = threads.getCurrentThreadCpuTime();
            bytes = value.length;
            if (i >= 0) {
                encode[i] = (b - a) / 1e6;
                decode[i] = (d - b) / 1e6;
            }
        }
        Arrays.sort(encode);
        Arrays.sort(decode);
        return new Cost(bytes, encode[MEASURED / 2], decode[MEASURED / 2]);
    }

    /** Times as the sensor turns: the car's own motion needs them. */
    private static PointCloud recordedSweep() throws IOException {
        String data = System.getenv("AZIMUTH_DATA");
        assumeTrue(data != null, "AZIMUTH_DATA is not set: recorded sweep not measured");
        Path file = Path.of(data, "drives/kitti_0005/velodyne/0000000060.bin");
        assumeTrue(Files.exists(file), file + " is absent: recorded sweep not measured");
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        PointCloud p = new PointCloud(in.remaining() / 16);
        while (in.remaining() >= 16) {
            float x = in.getFloat();
            float y = in.getFloat();
            double turn = 0.5 - Math.atan2(y, x) / (2 * Math.PI);
            p.add(x, y, in.getFloat(), in.getFloat(), 0, (int) (turn * Sweeps.DURATION));
        }
        p.declare(false, true);
        return p;
    }
}
