package io.azimuth.connectors.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole rotations of sensors whose firing sequences fill several blocks, cut into sweeps. */
class VelodyneRotationTest {
    private static final int[] FLAGS = {0xeeff, 0xddff, 0xccff, 0xbbff};
    private static final int HEADERS = 14 + 20 + 8;
    private static final double RANGE_UNITS = 5_000;

    @TempDir private Path folder;

    @Test
    void aVls128InDualReturnModeHasOneSequenceAPacketAndLosesNone() throws IOException {
        Path file = write(4, 1, true, 19.2, 160 / 3.0, 0xa1, 4_700);
        try (PacketCapture capture = Objects.requireNonNull(PacketCapture.open(file, null))) {
            check(capture, 1_875, 4 * 32, 0.004);
            assertThat(capture.description()).contains("VLS-128, dual returns");
        }
    }

    @Test
    void aVls128InSingleReturnModeHasThree() throws IOException {
        Path file = write(4, 3, false, 19.2, 160, 0xa1, 1_570);
        try (PacketCapture capture = Objects.requireNonNull(PacketCapture.open(file, null))) {
            check(capture, 1_875, 4 * 32, 0.004);
        }
    }

    @Test
    void anHdl64SaysNothingOfItselfButItsBlocksDo() throws IOException {
        Path calibration = folder.resolve("unit.yaml");
        try (InputStream in =
                VelodyneRotationTest.class.getResourceAsStream("/golden/velodyne/hdl64.yaml")) {
            Files.write(calibration, Objects.requireNonNull(in).readAllBytes());
        }
        Path file = write(2, 6, false, 20.736, 345.6, -1, 725);
        try (PacketCapture capture =
                Objects.requireNonNull(PacketCapture.open(file, calibration))) {
            check(capture, 1_736, 2 * 32, 0.002);
        }
    }

    /** Two whole sweeps of a tenth of a second; what is at both ends is less than half of one. */
    private static void check(
            PacketCapture capture, int sequences, int lasers, double metresPerUnit)
            throws IOException {
        assertThat(capture.size()).isEqualTo(2);
        assertThat(capture.periodNanos()).isCloseTo(100_000_000L, within(100_000L));
        assertThat(capture.notes()).noneMatch(n -> n.contains("lack columns"));
        PointCloud cloud = new PointCloud();
        for (int i = 0; i < 2; i++) {
            capture.read(i, cloud);
            assertThat(cloud.size()).isCloseTo(sequences * lasers, within(lasers));
            assertThat(capture.endNanos(i) - capture.startNanos(i))
                    .isCloseTo(100_000_000L, within(100_000L));
            boolean[] rings = new boolean[lasers];
            double previous = -1;
            for (int k = 0; k < cloud.size(); k++) {
                rings[cloud.ringOf(k)] = true;
                double x = cloud.x()[k];
                double y = cloud.y()[k];
                double range = Math.sqrt(x * x + y * y + cloud.z()[k] * cloud.z()[k]);
                assertThat(range).isCloseTo(RANGE_UNITS * metresPerUnit, within(2.0));
                assertThat(cloud.timeOffsetNanos()[k]).isBetween(0, 100_100_000);
                // Against the azimuth that its time tells: beams point up to 8 degrees aside.
                double turned = 3.6e-6 * cloud.timeOffsetNanos()[k];
                double azimuth = Math.toDegrees(Math.atan2(-y, x));
                double off = Math.IEEEremainder(azimuth - turned, 360);
                assertThat(Math.abs(off)).isLessThan(8.5);
                previous = Math.max(previous, turned);
            }
            assertThat(previous).isCloseTo(360, within(0.5));
            assertThat(rings).doesNotContain(false);
        }
    }

    /** Packets of one return a laser at the same range, from 270 degrees on. */
    private Path write(
            int banks,
            int groups,
            boolean dual,
            double gap,
            double packetMicros,
            int product,
            int packets)
            throws IOException {
        int record = 16 + HEADERS + VelodynePacket.BYTES;
        ByteBuffer out = ByteBuffer.allocate(24 + packets * record).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        out.putInt(65_535).putInt(1);
        for (int p = 0; p < packets; p++) {
            long micros = Math.round(p * packetMicros);
            out.putInt((int) (1_700_049_600 + micros / 1_000_000))
                    .putInt((int) (micros % 1_000_000));
            out.putInt(record - 16).putInt(record - 16);
            headers(out);
            double azimuth = 27_000 + p * groups * gap;
            int start = out.position();
            for (int g = 0; g < groups; g++) {
                int here = (int) Math.round(azimuth + g * gap) % VelodynePacket.TURN;
                for (int b = 0; b < banks * (dual ? 2 : 1); b++) {
                    out.putShort((short) FLAGS[dual ? b / 2 : b]).putShort((short) here);
                    for (int i = 0; i < VelodynePacket.RETURNS_PER_BLOCK; i++) {
                        out.putShort((short) RANGE_UNITS).put((byte) 200);
                    }
                }
            }
            out.position(start + VelodynePacket.BLOCKS * VelodynePacket.BLOCK_BYTES);
            out.putInt((int) micros).put((byte) (product < 0 ? p : dual ? 0x39 : 0x37));
            out.put((byte) (product < 0 ? 7 * p : product));
        }
        return Files.write(folder.resolve("rotations.pcap"), out.array());
    }

    private static void headers(ByteBuffer out) {
        int udp = 8 + VelodynePacket.BYTES;
        out.order(ByteOrder.BIG_ENDIAN);
        out.position(out.position() + 12);
        out.putShort((short) 0x0800);
        out.put((byte) 0x45).put((byte) 0).putShort((short) (20 + udp)).putInt(0x00010000);
        out.put((byte) 64).put((byte) 17).putShort((short) 0).putInt(0x0a000001).putInt(0x0a000002);
        out.putShort((short) 2368).putShort((short) 2368).putShort((short) udp).putShort((short) 0);
        out.order(ByteOrder.LITTLE_ENDIAN);
    }
}
