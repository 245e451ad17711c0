package io.azimuth.connectors.wire;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SweepCodecTest {
    private final SweepCodec codec = new SweepCodec();
    private final PointCloud reuse = new PointCloud();

    @Test
    void floatsComeBackBitForBit() {
        forAll(
                60,
                rnd -> {
                    boolean ring = rnd.nextBoolean();
                    boolean time = rnd.nextBoolean();
                    Sweep sweep = Sweeps.loose(rnd, rnd.nextInt(1, 2000), 400, ring, time);

                    Sweep back =
                            codec.decode(
                                    codec.encode(sweep, SweepEncoding.XYZ_F32, rnd.nextInt(4)),
                                    reuse);

                    assertHeaderEquals(back, sweep);
                    PointCloud want = sweep.points();
                    assertThat(reuse.size()).isEqualTo(want.size());
                    assertThat(reuse.hasRing()).isEqualTo(ring);
                    assertThat(reuse.hasTime()).isEqualTo(time);
                    for (int i = 0; i < want.size(); i++) {
                        assertThat(reuse.x()[i]).isEqualTo(want.x()[i]);
                        assertThat(reuse.y()[i]).isEqualTo(want.y()[i]);
                        assertThat(reuse.z()[i]).isEqualTo(want.z()[i]);
                        assertThat(reuse.intensity()[i]).isEqualTo(want.intensity()[i]);
                        assertThat(!ring || reuse.ring()[i] == want.ring()[i]).isTrue();
                        assertThat(!time || reuse.timeOffsetNanos()[i] == want.timeOffsetNanos()[i])
                                .isTrue();
                    }
                });
    }

    @Test
    void wholeStepsComeBackWithinHalfAStep() {
        forAll(
                60,
                rnd -> {
                    double reach = rnd.nextDouble(5, 250);
                    Sweep sweep = Sweeps.loose(rnd, rnd.nextInt(1, 2000), reach, true, true);

                    codec.decode(codec.encode(sweep, SweepEncoding.XYZ_I16, 1), reuse);

                    PointCloud want = sweep.points();
                    float half = 0.0005f * CartesianColumns.stepMm(want) + 2e-5f;
                    for (int i = 0; i < want.size(); i++) {
                        assertThat(reuse.x()[i]).isCloseTo(want.x()[i], within(half));
                        assertThat(reuse.y()[i]).isCloseTo(want.y()[i], within(half));
                        assertThat(reuse.z()[i]).isCloseTo(want.z()[i], within(half));
                        assertThat(reuse.intensity()[i])
                                .isCloseTo(want.intensity()[i], within(1e-6f));
                        assertThat(reuse.ringOf(i)).isEqualTo(want.ringOf(i));
                        assertThat(reuse.timeOffsetNanos()[i])
                                .isCloseTo(want.timeOffsetNanos()[i], within(764));
                    }
                });
    }

    @Test
    void ringGridComesBackWithinItsSteps() {
        forAll(
                30,
                rnd -> {
                    Sweep sweep = Sweeps.onBeams(rnd);
                    byte[] value = codec.encode(sweep);

                    Sweep back = codec.decode(value, reuse);

                    assertThat(encodingOf(value)).isEqualTo(Contract.Encoding.SPHERICAL_U16);
                    assertThat(back.beams()).isEqualTo(Sweeps.BEAMS);
                    PointCloud want = sweep.points();
                    assertThat(reuse.size()).isEqualTo(want.size());
                    for (int i = 0; i < want.size(); i++) {
                        double range = Math.hypot(want.x()[i], want.y()[i]);
                        double bound = 0.0021 + 5e-5 * range;
                        double off =
                                Math.hypot(reuse.x()[i] - want.x()[i], reuse.y()[i] - want.y()[i]);
                        assertThat(off).isLessThan(bound);
                        assertThat((double) reuse.z()[i]).isCloseTo(want.z()[i], within(bound));
                        assertThat(reuse.ringOf(i)).isEqualTo(want.ringOf(i));
                        assertThat(reuse.timeOffsetNanos()[i]).isEqualTo(want.timeOffsetNanos()[i]);
                    }
                });
    }

    @Test
    void decodedAndEncodedAgainGivesTheSameBytes() {
        forAll(
                20,
                rnd -> {
                    byte[] once = codec.encode(Sweeps.onBeams(rnd));

                    Sweep back = codec.decode(once, reuse);

                    assertThat(codec.encode(back)).isEqualTo(once);
                });
    }

    @Test
    void encodingFollowsTheSource() {
        RandomGenerator rnd = new Random(1);
        Sweep onBeams = Sweeps.onBeams(rnd);
        PointCloud bent = onBeams.points().copy();
        bent.z()[10] += 0.5f;

        assertThat(encodingOf(codec.encode(onBeams))).isEqualTo(Contract.Encoding.SPHERICAL_U16);
        assertThat(encodingOf(codec.encode(Sweeps.of(bent, Sweeps.BEAMS))))
                .isEqualTo(Contract.Encoding.XYZ_I16);
        assertThat(encodingOf(codec.encode(Sweeps.loose(rnd, 10, 5000, false, false))))
                .isEqualTo(Contract.Encoding.XYZ_F32);
        assertThatThrownBy(
                        () ->
                                codec.encode(
                                        Sweeps.of(bent, Sweeps.BEAMS),
                                        SweepEncoding.SPHERICAL_U16,
                                        1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("XYZ_I16");
    }

    @Test
    void pointsThatAreNoNumbersAreLeftOut() {
        PointCloud cloud = new PointCloud();
        cloud.add(Float.NaN, 0, 0, 0);
        cloud.add(1, 2, 3, 0);
        cloud.add(0, Float.NEGATIVE_INFINITY, 0, 0);

        codec.decode(codec.encode(Sweeps.of(cloud, null)), reuse);

        assertThat(reuse.size()).isEqualTo(1);
        assertThat(reuse.x()[0]).isEqualTo(1);
    }

    @Test
    void decodingAllocatesNoPointsAfterWarmUp() {
        byte[] value = codec.encode(Sweeps.loose(new Random(3), 100_000, 100, true, true));
        for (int i = 0; i < 5; i++) {
            codec.decode(value, reuse);
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        codec.decode(value, reuse);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    }

    static Stream<Arguments> spoilt() {
        return Stream.of(
                Arguments.of(SweepFault.BAD_TIMES, (Spoil) m -> m.setEndNs(m.getStartNs())),
                Arguments.of(
                        SweepFault.BAD_TIMES,
                        (Spoil) m -> m.setEndNs(m.getStartNs() + 11_000_000_000L)),
                Arguments.of(SweepFault.NOT_A_SWEEP, (Spoil) Contract.Sweep.Builder::clearSensorId),
                Arguments.of(SweepFault.NOT_A_SWEEP, (Spoil) m -> m.setDriveId("x".repeat(200))),
                Arguments.of(SweepFault.UNSUPPORTED_VERSION, (Spoil) m -> m.setRevision(9)),
                Arguments.of(SweepFault.UNREADABLE_SOURCE, (Spoil) m -> m.setUnreadable("disk")),
                Arguments.of(SweepFault.UNKNOWN_ENCODING, (Spoil) m -> m.setEncodingValue(77)),
                Arguments.of(SweepFault.UNKNOWN_ENCODING, (Spoil) m -> m.setCodecValue(77)),
                Arguments.of(SweepFault.TOO_LARGE, (Spoil) m -> m.setPointCount(1 << 30)),
                Arguments.of(SweepFault.TOO_LARGE, (Spoil) m -> m.setRawLen(-5)),
                Arguments.of(SweepFault.EMPTY, (Spoil) m -> m.setPointCount(0)),
                Arguments.of(SweepFault.LENGTH_MISMATCH, (Spoil) m -> m.setPointCount(99)),
                Arguments.of(
                        SweepFault.LENGTH_MISMATCH, (Spoil) m -> m.setRawLen(m.getRawLen() + 1)),
                Arguments.of(SweepFault.LENGTH_MISMATCH, (Spoil) m -> m.removeColumns(0)),
                Arguments.of(SweepFault.BAD_CRC, (Spoil) m -> m.setCrc32C(m.getCrc32C() + 1)),
                Arguments.of(
                        SweepFault.BAD_CALIBRATION,
                        (Spoil) m -> m.setSectorCount(5).setSectorIndex(9)),
                Arguments.of(
                        SweepFault.BAD_CALIBRATION,
                        (Spoil) m -> m.getEgoFromSensorBuilder().setQw(Double.NaN)));
    }

    interface Spoil {
        Object apply(Contract.Sweep.Builder message);
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void eachFaultHasItsCode(SweepFault fault, Spoil spoil) throws Exception {
        byte[] good = codec.encode(Sweeps.loose(new Random(5), 100, 50, true, true));
        Contract.Sweep.Builder message = Contract.Sweep.parseFrom(good).toBuilder();
        spoil.apply(message);

        MalformedSweepException thrown = rejection(message.build().toByteArray());

        assertThat(thrown.fault()).isEqualTo(fault);
        assertThat(thrown.getMessage()).contains("sweep ");
    }

    @Test
    void bombsTruncationAndRubbishHaveTheirCodes() throws Exception {
        byte[] good = codec.encode(Sweeps.loose(new Random(5), 1000, 50, true, true));

        assertThat(rejection(new byte[0]).fault()).isEqualTo(SweepFault.EMPTY);
        assertThat(rejection(new byte[SweepCodec.MAX_VALUE_BYTES + 1]).fault())
                .isEqualTo(SweepFault.TOO_LARGE);
        assertThat(rejection(Arrays.copyOf(good, good.length / 2)).fault())
                .isEqualTo(SweepFault.TRUNCATED);
        assertThat(rejection("rubbish, not protobuf".getBytes()).fault())
                .isIn(SweepFault.NOT_A_SWEEP, SweepFault.TRUNCATED);
        PointCloud many = new PointCloud(SweepCodec.MAX_POINTS);
        many.resize(1_900_000);
        Sweep zeros = Sweeps.of(many, null);
        assertThat(rejection(codec.encode(zeros, SweepEncoding.XYZ_F32, 1)).fault())
                .as("30 MB of zeros in a few kilobytes")
                .isEqualTo(SweepFault.TOO_LARGE);
    }

    @Test
    void whatTheSourceCouldNotReadSaysSo() {
        Origin origin = new Origin("id", "veh", "veh/top", "drive", 3);
        byte[] value = codec.encodeUnreadable(origin, 1, 2, "a.bin: 9 bytes over");

        MalformedSweepException thrown = rejection(value);

        assertThat(thrown.fault()).isEqualTo(SweepFault.UNREADABLE_SOURCE);
        assertThat(thrown.getMessage()).contains("a.bin: 9 bytes over");
        assertThat(thrown.origin()).isEqualTo(origin.withEventId(""));
    }

    private MalformedSweepException rejection(byte[] value) {
        MalformedSweepException thrown =
                catchThrowableOfType(
                        MalformedSweepException.class, () -> codec.decode(value, reuse));
        assertThat(thrown).isNotNull();
        return thrown;
    }

    private static Contract.Encoding encodingOf(byte[] value) {
        try {
            return Contract.Sweep.parseFrom(value).getEncoding();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertHeaderEquals(Sweep got, Sweep want) {
        assertThat(got.vehicleId()).isEqualTo(want.vehicleId());
        assertThat(got.sensorId()).isEqualTo(want.sensorId());
        assertThat(got.driveId()).isEqualTo(want.driveId());
        assertThat(got.seq()).isEqualTo(want.seq());
        assertThat(got.startNanos()).isEqualTo(want.startNanos());
        assertThat(got.endNanos()).isEqualTo(want.endNanos());
        assertThat(got.sector()).isEqualTo(want.sector());
        assertThat(got.egoFromSensor().toRows())
                .containsExactly(want.egoFromSensor().toRows(), within(1e-12));
    }
}
