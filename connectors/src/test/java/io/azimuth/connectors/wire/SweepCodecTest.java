package io.azimuth.connectors.wire;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SweepCodecTest {
    /** float32 beyond 64 m resolves 8 micrometres; the rest is the step itself. */
    private static final double FLOAT_SLACK_M = 2e-5;

    private final SweepCodec codec = new SweepCodec();
    private final PointCloud out = new PointCloud();

    @Test
    void float32ComesBackBitByBit() {
        forAll(
                20,
                rnd -> {
                    Sweep sweep = Sweeps.random(rnd, rnd.nextInt(1, 400), 150f);

                    Sweep back = codec.decode(codec.encode(sweep, SweepEncoding.XYZ_F32, 1), out);

                    PointCloud a = sweep.points();
                    assertSameIdentity(sweep, back);
                    assertThat(out.size()).isEqualTo(a.size());
                    assertThat(head(out.x(), out.size())).isEqualTo(head(a.x(), a.size()));
                    assertThat(head(out.y(), out.size())).isEqualTo(head(a.y(), a.size()));
                    assertThat(head(out.z(), out.size())).isEqualTo(head(a.z(), a.size()));
                    assertThat(head(out.intensity(), out.size()))
                            .isEqualTo(head(a.intensity(), a.size()));
                    for (int i = 0; i < a.size(); i++) {
                        assertThat(out.ringOf(i)).isEqualTo(a.ringOf(i));
                        assertThat(out.timeOffsetNanos()[i]).isEqualTo(a.timeOffsetNanos()[i]);
                    }
                });
    }

    @Test
    void int16ComesBackWithinHalfAStep() {
        forAll(
                20,
                rnd -> {
                    float reach = 1 + 600 * rnd.nextFloat();
                    Sweep sweep = Sweeps.random(rnd, rnd.nextInt(1, 400), reach);
                    double half = 0.5e-3 * Math.max(1, Math.ceil(reach * 1000 / 32767));

                    Sweep back =
                            codec.decode(
                                    codec.encode(sweep, SweepEncoding.XYZ_I16, rnd.nextInt(3)),
                                    out);

                    PointCloud a = sweep.points();
                    assertSameIdentity(sweep, back);
                    assertThat(out.size()).isEqualTo(a.size());
                    for (int i = 0; i < a.size(); i++) {
                        assertThat(out.x()[i])
                                .isCloseTo(a.x()[i], within((float) (half + FLOAT_SLACK_M)));
                        assertThat(out.y()[i])
                                .isCloseTo(a.y()[i], within((float) (half + FLOAT_SLACK_M)));
                        assertThat(out.z()[i])
                                .isCloseTo(a.z()[i], within((float) (half + FLOAT_SLACK_M)));
                        assertThat(out.intensity()[i])
                                .isCloseTo(a.intensity()[i], within(0.5f / 255 + 1e-6f));
                        assertThat(out.ringOf(i)).isEqualTo(a.ringOf(i));
                        assertThat(out.timeOffsetNanos()[i])
                                .isCloseTo(a.timeOffsetNanos()[i], within(5_001));
                    }
                });
    }

    @Test
    void sphericalComesBackWithinItsStepsRingByRing() {
        forAll(
                10,
                rnd -> {
                    Sweep sweep = Sweeps.spinning(rnd, rnd.nextInt(1, 33), rnd.nextInt(8, 300));

                    Sweep back =
                            codec.decode(codec.encode(sweep, SweepEncoding.SPHERICAL_U16, 1), out);

                    assertSameIdentity(sweep, back);
                    assertThat(out.size()).isEqualTo(sweep.points().size());
                    assertThat(out.hasRing() && out.hasTime()).isTrue();
                    int[] order = ringMajorOrder(sweep.points());
                    PointCloud a = sweep.points();
                    for (int i = 0; i < out.size(); i++) {
                        int j = order[i];
                        double far = Math.hypot(Math.hypot(a.x()[j], a.y()[j]), a.z()[j]);
                        double bound = 0.002 + far * Math.PI / 65536 + FLOAT_SLACK_M;
                        double dx = out.x()[i] - a.x()[j];
                        double dy = out.y()[i] - a.y()[j];
                        double dz = out.z()[i] - a.z()[j];
                        assertThat(Math.sqrt(dx * dx + dy * dy + dz * dz)).isLessThan(bound);
                        assertThat(out.ringOf(i)).isEqualTo(a.ringOf(j));
                        assertThat(out.timeOffsetNanos()[i]).isEqualTo(a.timeOffsetNanos()[j]);
                    }
                });
    }

    @Test
    void theSourceDecidesTheEncoding() throws Exception {
        Random rnd = new Random(5);

        assertThat(encodingOf(codec.encode(Sweeps.spinning(rnd, 16, 100))))
                .isEqualTo(Contract.Encoding.SPHERICAL_U16);
        assertThat(encodingOf(codec.encode(Sweeps.random(rnd, 100, 80f))))
                .isEqualTo(Contract.Encoding.XYZ_I16);
        assertThat(encodingOf(codec.encode(Sweeps.random(rnd, 100, 2000f))))
                .isEqualTo(Contract.Encoding.XYZ_F32);
    }

    @Test
    void aPointOffItsBeamIsNotForcedOntoTheGrid() {
        Sweep sweep = Sweeps.spinning(new Random(5), 16, 100);
        sweep.points().z()[40] += 0.05f;

        assertThatThrownBy(() -> codec.encode(sweep, SweepEncoding.SPHERICAL_U16, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("point 40 does not lie on beam");
    }

    @Test
    void pointsThatAreNotFiniteAreLeftOut() {
        Sweep sweep = Sweeps.random(new Random(5), 10, 20f);
        sweep.points().y()[3] = Float.NaN;
        sweep.points().x()[9] = Float.NEGATIVE_INFINITY;

        for (SweepEncoding encoding :
                new SweepEncoding[] {SweepEncoding.XYZ_I16, SweepEncoding.XYZ_F32}) {
            codec.decode(codec.encode(sweep, encoding, 1), out);

            assertThat(out.size()).isEqualTo(8);
            assertThat(out.ringOf(3)).isEqualTo(sweep.points().ringOf(4));
        }
    }

    @Test
    void equalSweepsGiveEqualBytesFromAnyCodec() {
        Sweep sweep = Sweeps.spinning(new Random(5), 16, 100);
        byte[] fresh = new SweepCodec().encode(sweep);
        codec.encode(Sweeps.random(new Random(6), 3000, 80f));

        assertThat(codec.encode(sweep)).isEqualTo(fresh);
    }

    @Test
    void decodingAllocatesOnlyTheHeader() {
        Sweep sweep = Sweeps.random(new Random(5), 50_000, 80f);
        byte[] value = codec.encode(sweep);
        for (int i = 0; i < 20; i++) {
            codec.decode(value, out);
        }
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        codec.decode(value, out);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes for 50000 points").isLessThan(8_000);
    }

    private static Contract.Encoding encodingOf(byte[] value) throws Exception {
        return Contract.Sweep.parseFrom(value).getEncoding();
    }

    private static void assertSameIdentity(Sweep a, Sweep b) {
        assertThat(b.vehicleId()).isEqualTo(a.vehicleId());
        assertThat(b.sensorId()).isEqualTo(a.sensorId());
        assertThat(b.driveId()).isEqualTo(a.driveId());
        assertThat(b.seq()).isEqualTo(a.seq());
        assertThat(b.startNanos()).isEqualTo(a.startNanos());
        assertThat(b.endNanos()).isEqualTo(a.endNanos());
        assertThat(b.sector()).isEqualTo(a.sector());
        assertThat(b.beams()).isEqualTo(a.beams());
        assertThat(b.egoFromSensor().times(a.egoFromSensor().inverse()).angleRad())
                .isLessThan(1e-12);
    }

    private static float[] head(float[] v, int n) {
        return Arrays.copyOf(v, n);
    }

    private static int[] ringMajorOrder(PointCloud p) {
        return java.util.stream.IntStream.range(0, p.size())
                .boxed()
                .sorted(
                        (a, b) ->
                                p.ringOf(a) != p.ringOf(b)
                                        ? Integer.compare(p.ringOf(a), p.ringOf(b))
                                        : Integer.compare(
                                                p.timeOffsetNanos()[a], p.timeOffsetNanos()[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
