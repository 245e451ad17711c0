package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Returns;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.objects.ReturnsSampler;
import io.azimuth.perception.tracking.TrackerState;
import io.azimuth.registration.odometry.KeyFrame;
import io.azimuth.registration.odometry.OdometryState;
import io.azimuth.registration.odometry.ReducedSweep;
import io.azimuth.registration.recovery.FitLevel;
import io.azimuth.registration.recovery.JudgedPose;
import io.azimuth.registration.recovery.Place;
import io.azimuth.registration.recovery.RecoveryState;
import io.azimuth.registration.recovery.Search;
import io.azimuth.registration.recovery.Sighting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordSerializerTest {
    static Stream<Arguments> values() {
        Random rnd = new Random(7);
        SensorState sensor =
                SensorState.EMPTY
                        .withLog("d0", SequenceLog.startingWith(9))
                        .withLog("d1", SequenceLog.startingWith(3).with(8))
                        .withLastEnd(123)
                        .withOdometry(recovery(rnd));
        double[] track = rnd.doubles(TrackerState.VALUES_PER_TRACK).toArray();
        double[] seen = rnd.doubles(TrackerState.VALUES_WITH_APPEARANCE).toArray();
        double[] piece = rnd.doubles(5 + 3 * 7).toArray();
        VehicleState vehicle =
                new VehicleState(
                        "s1",
                        new RigPose(5, rnd.doubles(12).toArray(), new double[6], new double[12]),
                        77,
                        78,
                        new TrackerState(
                                4, 77, List.of(track, seen), List.of(new double[0], piece)));
        return Stream.of(
                Arguments.of(new SweepProductSerializer(), aProduct(50, 3, rnd)),
                Arguments.of(
                        new PlacedSweepSerializer(), Samples.placed("v", "s1", 3, Samples.EPOCH)),
                Arguments.of(new SensorStateSerializer(), sensor),
                Arguments.of(new VehicleStateSerializer(), vehicle),
                Arguments.of(
                        new OutRecordSerializer(),
                        new OutRecord(
                                "t",
                                3,
                                new byte[] {1},
                                new byte[] {2, 3},
                                List.of(new OutRecord.Header("h", new byte[] {4})))));
    }

    private static RecoveryState recovery(Random rnd) {
        OdometryState odometry = odometry(rnd);
        KeyFrame frame = odometry.keyFrames().get(0);
        RigidTransform relation = RigidTransform.ofYawPitchRoll(0.5, 0, 0.1, 7, 8, 9);
        Search search =
                new Search(
                        JudgedPose.Reason.JUMP,
                        5,
                        6,
                        relation,
                        2,
                        List.of(new Sighting(relation, 7, 0.5, 0.7, 0.2)));
        return new RecoveryState(
                odometry, List.of(new Place(1, frame)), new FitLevel(4, 0.9, 0.03), 3, search);
    }

    private static OdometryState odometry(Random rnd) {
        ReducedSweep reduced = Samples.reduced(3, Samples.EPOCH, 20, rnd);
        RigidTransform pose = RigidTransform.ofYawPitchRoll(1, 0.2, -0.3, 4, 5, 6);
        return new OdometryState(
                3,
                4,
                pose,
                rnd.doubles(6).toArray(),
                1,
                0.25,
                List.of(new KeyFrame(pose, reduced.x(), reduced.y(), reduced.z())),
                reduced);
    }

    private static SweepProduct aProduct(int points, int detections, Random rnd) {
        return new SweepProduct(
                Samples.tag("v", "s1", 3, Samples.EPOCH),
                RigidTransform.ofYaw(0.3, 1, 2, 3),
                Samples.reduced(3, Samples.EPOCH, points, rnd),
                Samples.cars(detections, rnd));
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void bytesGiveBackAValueThatGivesTheSameBytes(RecordSerializer<T> serializer, T value)
            throws IOException {
        byte[] once = bytes(serializer, value);

        T back = serializer.deserialize(new DataInputDeserializer(once));

        assertThat(bytes(serializer, back)).isEqualTo(once);
        assertThat(back).usingRecursiveComparison().isEqualTo(value);
    }

    @Test
    void aSensorStoredBeforePlacesWereKeptResumesWithoutAny() throws IOException {
        OdometryState odometry = odometry(new Random(3));
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeByte(1);
        out.writeInt(0); // drives
        out.writeLong(123);
        OdometryStateForm.write(odometry, out);

        SensorState back =
                new SensorStateSerializer()
                        .deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

        assertThat(back.lastEndNanos()).isEqualTo(123);
        assertThat(back.odometry())
                .usingRecursiveComparison()
                .isEqualTo(RecoveryState.of(odometry));
    }

    @Test
    void aVehicleStoredBeforeTracksHadLooksResumesAsItWas() throws IOException {
        double[] track = new Random(4).doubles(TrackerState.VALUES_PER_TRACK).toArray();
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeByte(1);
        out.writeUTF("s1");
        out.writeLong(5);
        for (int length : new int[] {12, 6, 12}) {
            Fields.writeDoubles(new double[length], out);
        }
        out.writeLong(77);
        out.writeLong(78);
        out.writeLong(4); // next id
        out.writeLong(77);
        out.writeInt(1);
        Fields.writeDoubles(track, out);

        VehicleState back =
                new VehicleStateSerializer()
                        .deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

        assertThat(back.tracker()).isEqualTo(TrackerState.withoutPieces(4, 77, List.of(track)));
        assertThat(back.lastSeenNanos()).isEqualTo(78);
    }

    @Test
    void aVehicleStoredBeforeTracksFollowedPointsResumesWithoutAny() throws IOException {
        double[] track = new Random(4).doubles(TrackerState.VALUES_WITH_APPEARANCE).toArray();
        VehicleState now =
                new VehicleState(
                        "s1",
                        RigPose.NONE,
                        7,
                        8,
                        TrackerState.withoutPieces(4, 77, List.of(track)));
        byte[] bytes = bytes(new VehicleStateSerializer(), now);
        byte[] before = Arrays.copyOf(bytes, bytes.length - Integer.BYTES); // one empty piece
        before[0] = 2;

        assertThat(new VehicleStateSerializer().deserialize(new DataInputDeserializer(before)))
                .usingRecursiveComparison()
                .isEqualTo(now);
    }

    @Test
    void aSweepThatWaitedBeforeCropsWereRecognisedIsReadAsItWas() throws IOException {
        PlacedSweep want = Samples.placed("v", "s1", 3, Samples.EPOCH);
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeByte(1);
        Fields.writeTag(want.tag(), out);
        Fields.writeDoubles(want.egoFromSensor(), out);
        Fields.writeDoubles(want.odomFromSensor(), out);
        Fields.writeDoubles(want.twist(), out);
        out.writeLong(want.stampNanos());
        out.writeBoolean(want.discontinuity());
        out.writeFloat(want.odometryMillis());
        out.writeInt(1);
        for (double v : new double[] {10, 2, -0.9, 4.2, 1.8, 1.5, 0.3}) {
            out.writeDouble(v);
        }
        out.writeByte(1); // a car
        out.writeDouble(0.8);
        out.writeBoolean(true);
        out.writeInt(55);
        out.writeLong(50_000_000L);

        PlacedSweep back =
                new PlacedSweepSerializer()
                        .deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

        assertThat(back.detections()).containsExactly(Samples.car(10, 2));
        assertThat(back.tag()).isEqualTo(want.tag());
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void everyTruncationThrows(RecordSerializer<T> serializer, T value) throws IOException {
        byte[] whole = bytes(serializer, value);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(cut)))
                    .as("first %d of %d bytes", length, whole.length)
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void aLaterVersionIsRefused(RecordSerializer<T> serializer, T value) throws IOException {
        byte[] bytes = bytes(serializer, value);
        bytes[0] = (byte) (serializer.version() + 1);

        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version " + (serializer.version() + 1));
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void aStoredSnapshotRestoresACompatibleSerializer(RecordSerializer<T> serializer, T value)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<T> stored =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());

        TypeSerializer<T> restored = stored.restoreSerializer();
        assertThat(restored).isEqualTo(serializer);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(stored)
                                .isCompatibleAsIs())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void aSnapshotOfALaterReleaseIsIncompatible(RecordSerializer<T> serializer, T value)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeInt(serializer.version() + 1);
        TypeSerializerSnapshot<T> later = serializer.snapshotConfiguration();
        later.readSnapshot(
                1, new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(later)
                                .isIncompatible())
                .isTrue();
    }

    @Test
    void theLargestProductFitsItsEdge() throws IOException {
        SweepProduct cars = aProduct(ReducedSweep.MAX_POINTS, 1000, new Random(1));
        List<Detection> all =
                new ArrayList<>(cars.detections().stream().map(Samples::recognised).toList());
        for (int i = 0; Returns.MAX_POINTS * i < ReturnsSampler.MAX_SWEEP_POINTS; i++) {
            all.set(i, Samples.withReturns(all.get(i), Returns.MAX_POINTS));
        }
        SweepProduct largest =
                new SweepProduct(cars.tag(), cars.egoFromSensor(), cars.reduced(), all);

        assertThat(largest.detections()).hasSize(SweepProduct.MAX_DETECTIONS);
        assertThat(bytes(new SweepProductSerializer(), largest))
                .hasSizeLessThanOrEqualTo(SweepProduct.MAX_BYTES);
    }

    @Test
    void aRawSweepCannotBeSerialized() {
        assertThatThrownBy(() -> bytes(new IntakeSerializer(), null))
                .hasMessageContaining("raw sweep");
    }

    static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }
}
