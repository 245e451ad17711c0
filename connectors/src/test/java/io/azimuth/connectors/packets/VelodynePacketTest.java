package io.azimuth.connectors.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.testing.Property;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class VelodynePacketTest {
    private static final List<VelodyneModel> ONE_BANK =
            List.of(
                    VelodyneModel.VLP_16,
                    VelodyneModel.PUCK_HI_RES,
                    VelodyneModel.HDL_32E,
                    VelodyneModel.VLP_32C);
    private static final long HALF_HOUR_NANOS = VelodynePacket.HOUR_NANOS / 2;

    @Test
    void theHourIsTheOneNearestToTheEstimate() {
        Property.forAll(
                500,
                rnd -> {
                    long truth = rnd.nextLong(4_000_000_000_000_000L) * 1000;
                    long estimate = truth + rnd.nextLong(-HALF_HOUR_NANOS + 1, HALF_HOUR_NANOS);
                    long micros = truth % VelodynePacket.HOUR_NANOS / 1000;
                    assertThat(VelodynePacket.nearest(micros, estimate)).isEqualTo(truth);
                });
    }

    @Test
    void pointsLieAtTheirRangeBetweenTheAzimuthsOfTheirBlockAndTheNext() {
        Property.forAll(
                60,
                rnd -> {
                    check(rnd, ONE_BANK.get(rnd.nextInt(ONE_BANK.size())));
                });
    }

    private static void check(RandomGenerator rnd, VelodyneModel model) {
        int azimuth = rnd.nextInt(VelodynePacket.TURN);
        int gap = rnd.nextInt(1, 200);
        int[] ranges = new int[VelodynePacket.BLOCKS * VelodynePacket.RETURNS_PER_BLOCK];
        byte[] packet = packet(rnd, azimuth, gap, ranges);
        PointCloud cloud = new PointCloud();
        List<VelodyneLaser> lasers = model.lasers();
        new VelodynePoints(model.timing(0), lasers, model.metresPerUnit)
                .add(packet, 0, 0, VelodynePacket.BLOCKS, 5000, 0, cloud);

        assertThat(cloud.size()).isEqualTo(ranges.length);
        for (int k = 0; k < cloud.size(); k++) {
            VelodyneLaser laser = lasers.get(k % lasers.size());
            double x = cloud.x()[k];
            double y = cloud.y()[k];
            double z = cloud.z()[k] - laser.heightM();
            double range = ranges[k] * model.metresPerUnit;
            assertThat(Math.sqrt(x * x + y * y + z * z)).isCloseTo(range, within(1e-4));
            assertThat(Math.asin(z / range)).isCloseTo(laser.elevationRad(), within(1e-3));
            assertThat(cloud.ringOf(k)).isEqualTo(VelodynePoints.ring(lasers, k % lasers.size()));
            double turned = Math.toDegrees(Math.atan2(-y, x) + laser.azimuthRad()) * 100;
            double sinceBlock = turned - azimuth - gap * (k / VelodynePacket.RETURNS_PER_BLOCK);
            double wrapped = Math.floorMod(Math.round(sinceBlock * 100), 3_600_000L) / 100.0;
            assertThat(wrapped > 35_999 ? 0 : wrapped).isBetween(0.0, gap + 1.0);
            if (k > 0) {
                assertThat(cloud.timeOffsetNanos()[k])
                        .isGreaterThanOrEqualTo(cloud.timeOffsetNanos()[k - 1]);
            }
        }
        assertThat(cloud.timeOffsetNanos()[0]).isEqualTo(5000);
    }

    private static byte[] packet(RandomGenerator rnd, int azimuth, int gap, int[] ranges) {
        ByteBuffer out = ByteBuffer.allocate(VelodynePacket.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int block = 0; block < VelodynePacket.BLOCKS; block++) {
            int here = (azimuth + block * gap) % VelodynePacket.TURN;
            out.putShort((short) 0xeeff).putShort((short) here);
            for (int i = 0; i < VelodynePacket.RETURNS_PER_BLOCK; i++) {
                int range = rnd.nextInt(500, 65_536);
                ranges[block * VelodynePacket.RETURNS_PER_BLOCK + i] = range;
                out.putShort((short) range).put((byte) rnd.nextInt(256));
            }
        }
        out.putInt(rnd.nextInt(1_000_000_000)).put((byte) 0x37).put((byte) 0x22);
        return out.array();
    }
}
