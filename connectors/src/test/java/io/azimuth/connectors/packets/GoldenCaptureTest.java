package io.azimuth.connectors.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenCaptureTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "legacy.pcap",
                "single.pcap",
                "dual.pcapng",
                "low.pcap",
                "fusa.pcapng",
                "vlp16.pcap",
                "vlp16_dual.pcapng",
                "hdl32e.pcap"
            })
    void pointsAreThoseThatTheGeneratorMeant(String name) throws IOException {
        List<GoldenCapture.Row> rows = GoldenCapture.rows(name);
        PointCloud cloud = new PointCloud();
        int row = 0;
        try (PacketCapture capture = open(name)) {
            assertThat(capture.size()).isEqualTo(rows.get(rows.size() - 1).sweep() + 1);
            for (int i = 0; i < capture.size(); i++) {
                capture.read(i, cloud);
                for (int k = 0; k < cloud.size(); k++) {
                    GoldenCapture.Row want = rows.get(row++);
                    assertThat(want.sweep()).isEqualTo(i);
                    assertThat((double) cloud.x()[k]).isCloseTo(want.x(), within(2e-5));
                    assertThat((double) cloud.y()[k]).isCloseTo(want.y(), within(2e-5));
                    assertThat((double) cloud.z()[k]).isCloseTo(want.z(), within(2e-5));
                    assertThat((double) cloud.intensity()[k])
                            .isCloseTo(want.intensity(), within(1e-6));
                    assertThat(cloud.ringOf(k)).isEqualTo(want.ring());
                    assertThat(capture.startNanos(i) + cloud.timeOffsetNanos()[k])
                            .isEqualTo(want.nanos());
                    assertThat(capture.startNanos(i) + cloud.timeOffsetNanos()[k])
                            .isLessThan(capture.endNanos(i));
                }
            }
        }
        assertThat(row).isEqualTo(rows.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"single.pcap", "low.pcap", "dual.pcapng", "vlp16_dual.pcapng"})
    void sweepsCanBeReadInAnyOrder(String name) throws IOException {
        try (PacketCapture capture = open(name)) {
            PointCloud first = new PointCloud();
            PointCloud again = new PointCloud();
            capture.read(0, first);
            capture.read(capture.size() - 1, again);
            capture.read(0, again);
            assertThat(again.copy().x()).isEqualTo(first.copy().x());
            assertThat(again.copy().timeOffsetNanos()).isEqualTo(first.copy().timeOffsetNanos());
        }
    }

    @Test
    void framesThatWrapKeepTheirCountAndPeriod() throws IOException {
        try (PacketCapture capture = open("single.pcap")) {
            assertThat(capture.seq(0)).isEqualTo(1); // 0 was partial
            assertThat(capture.seq(1)).isEqualTo(2);
            assertThat(capture.seq(2)).isEqualTo(3);
            assertThat(capture.periodNanos()).isEqualTo(100_000_000L);
        }
    }

    @Test
    void whatWasLeftOutIsSaid() throws IOException {
        try (PacketCapture capture = open("hdl32e.pcap")) {
            assertThat(capture.notes())
                    .anyMatch(n -> n.startsWith("the last record is cut off at byte "))
                    .anyMatch(n -> n.contains("partial sweeps"));
            assertThat(capture.description()).isEqualTo("pcap of Velodyne HDL-32E");
        }
        try (PacketCapture capture = open("dual.pcapng")) {
            assertThat(capture.notes()).anyMatch(n -> n.contains("of two returns the first"));
            assertThat(capture.description()).contains("RNG19_RFL8_SIG16_NIR16_DUAL");
        }
    }

    private PacketCapture open(String name) throws IOException {
        return Objects.requireNonNull(PacketCapture.open(GoldenCapture.copy(name, folder), null));
    }
}
