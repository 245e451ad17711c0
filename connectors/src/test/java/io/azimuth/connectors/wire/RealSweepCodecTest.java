package io.azimuth.connectors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** On a recording: needs its folder in the environment variable AZIMUTH_DATA. */
class RealSweepCodecTest {
    private static final int WARM_UP = 40;
    private static final int MEASURED = 60;

    @Test
    void realSweepIsSmallAndCheap(TestReporter reporter) throws Exception {
        String data = System.getenv("AZIMUTH_DATA");
        assumeTrue(data != null, "AZIMUTH_DATA is not set: no recording to encode");
        Path folder = Path.of(data, "drives", "kitti_0005");
        assumeTrue(Files.isDirectory(folder), folder + " is absent: no recording to encode");
        PointCloud cloud = new PointCloud();
        PointCloud back = new PointCloud();
        SweepCodec codec = new SweepCodec();
        try (Drive drive = Drives.open(folder)) {
            long[] encode = new long[MEASURED];
            long[] decode = new long[MEASURED];
            long bytes = 0;
            for (int i = 0; i < WARM_UP + MEASURED; i++) {
                Sweep sweep = drive.read(i, cloud);
                long t0 = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                byte[] value = codec.encode(sweep);
                long t1 = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                codec.decode(value, back);
                long t2 = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                assertThat(back.size()).isEqualTo(cloud.size());
                if (i >= WARM_UP) {
                    encode[i - WARM_UP] = t1 - t0;
                    decode[i - WARM_UP] = t2 - t1;
                    bytes += value.length;
                }
            }
            Arrays.sort(encode);
            Arrays.sort(decode);
            String figures =
                    "%d points, %d bytes, encode %.2f ms, decode %.2f ms"
                            .formatted(
                                    back.size(),
                                    bytes / MEASURED,
                                    encode[MEASURED / 2] / 1e6,
                                    decode[MEASURED / 2] / 1e6);
            reporter.publishEntry("codec", figures);
            assertThat(bytes / MEASURED).as(figures).isLessThan(500_000);
            // ten times the usual: a busy machine must not fail it, a quadratic loop should
            assertThat(decode[MEASURED / 2]).as(figures).isLessThan(40_000_000L);
            assertThat(encode[MEASURED / 2]).as(figures).isLessThan(80_000_000L);
        }
    }
}
