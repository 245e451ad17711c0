package io.azimuth.connectors.wire;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Recognition;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.tracking.Motion;
import io.azimuth.perception.tracking.Track;
import io.azimuth.registration.odometry.OdometryEstimate;
import io.azimuth.registration.recovery.JudgedPose;
import io.azimuth.registration.recovery.PoseVerdict;
import io.azimuth.registration.recovery.Sighting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private interface Parser<M> {
        M parse(byte[] bytes) throws IOException;
    }

    @Test
    void detectionsComeBack() {
        forAll(
                200,
                rnd -> {
                    Origin origin = origin(rnd);
                    var detections = some(rnd, () -> detection(rnd));
                    long start = rnd.nextLong();

                    var back =
                            sent(
                                    DetectionMessages.toProto(
                                            origin, start, start + 1, "geometric", detections),
                                    Contract.DetectionSet::toByteArray,
                                    Contract.DetectionSet::parseFrom);

                    assertThat(DetectionMessages.fromProto(back)).isEqualTo(detections);
                    assertThat(DetectionMessages.origin(back)).isEqualTo(origin);
                    assertThat(back.getStartNs()).isEqualTo(start);
                    assertThat(back.getEndNs()).isEqualTo(start + 1);
                });
    }

    @Test
    void aDetectionWhoseCropNobodyAskedCostsNoByteMoreThanBefore() {
        Detection plain = new Detection(box(new Random(1)), ObjectClass.CAR, 0.5, true, 9, 3);
        Detection recognised =
                new Detection(
                        plain.box(),
                        ObjectClass.CAR,
                        0.5,
                        true,
                        9,
                        3,
                        new Recognition("car", 0.9f, 2, -1, new byte[7], new byte[64]));

        Contract.Detection before = only(plain);

        assertThat(before.getAllFields().keySet()).allMatch(f -> f.getNumber() <= 6);
        assertThat(only(recognised).getSerializedSize() - before.getSerializedSize())
                .isEqualTo(66 + 5 + 15 + 9);
    }

    @Test
    void aCropWithoutAnEmbeddingOrOfStrangeLengthIsToldApart() {
        Contract.Detection.Builder crop =
                only(detection(new Random(3))).toBuilder()
                        .clearEmbedding()
                        .clearCropChances()
                        .setCropClass("car");

        assertThat(DetectionMessages.fromProto(set(crop)).get(0).recognition()).isNotNull();
        crop.setEmbedding(com.google.protobuf.ByteString.copyFrom(new byte[63]));
        assertRefused(() -> DetectionMessages.fromProto(set(crop)));
        crop.clearEmbedding().setCropScore(Float.NaN);
        assertRefused(() -> DetectionMessages.fromProto(set(crop)));
    }

    private static Contract.Detection only(Detection d) {
        Origin origin = new Origin("e", "v", "s", "d", 1);
        return DetectionMessages.toProto(origin, 0, 1, "geometric", java.util.List.of(d))
                .getDetections(0);
    }

    private static Contract.DetectionSet set(Contract.Detection.Builder d) {
        return Contract.DetectionSet.newBuilder()
                .setEventId("id-1")
                .setSensorId("veh/top")
                .setSeq(12)
                .addDetections(d)
                .build();
    }

    @Test
    void tracksComeBack() {
        forAll(
                200,
                rnd -> {
                    Origin origin = origin(rnd);
                    var tracks = some(rnd, () -> track(rnd));
                    long stamp = rnd.nextLong();

                    var back =
                            sent(
                                    TrackMessages.toProto(origin, stamp, tracks),
                                    Contract.TrackSet::toByteArray,
                                    Contract.TrackSet::parseFrom);

                    assertThat(TrackMessages.fromProto(back)).isEqualTo(tracks);
                    assertThat(TrackMessages.origin(back)).isEqualTo(origin);
                    assertThat(back.getStampNs()).isEqualTo(stamp);
                });
    }

    @Test
    void posesComeBack() {
        forAll(
                200,
                rnd -> {
                    Origin origin = origin(rnd);
                    OdometryEstimate estimate = estimate(rnd, origin.seq());
                    RigidTransform mount = transform(rnd);

                    var back =
                            sent(
                                    PoseMessages.toProto(origin, estimate, mount, 7),
                                    Contract.PoseEstimate::toByteArray,
                                    Contract.PoseEstimate::parseFrom);

                    OdometryEstimate got = PoseMessages.fromProto(back);
                    assertThat(got)
                            .usingRecursiveComparison()
                            .ignoringFields("odomFromSensor")
                            .isEqualTo(estimate);
                    assertClose(got.odomFromSensor(), estimate.odomFromSensor());
                    assertClose(PoseMessages.egoFromSensor(back), mount);
                    assertThat(PoseMessages.origin(back)).isEqualTo(origin);
                    assertThat(back.getMissingBefore()).isEqualTo(7);
                });
    }

    @Test
    void fatesComeBack() {
        forAll(
                50,
                rnd -> {
                    Origin origin = origin(rnd);
                    Contract.Fate fate = Contract.Fate.forNumber(1 + rnd.nextInt(5));
                    long age = rnd.nextLong();

                    var back =
                            sent(
                                    FateMessages.toProto(origin, fate, "BAD_CRC", age),
                                    Contract.SweepFate::toByteArray,
                                    Contract.SweepFate::parseFrom);

                    assertThat(FateMessages.origin(back)).isEqualTo(origin);
                    assertThat(back.getFate()).isEqualTo(fate);
                    assertThat(back.getReason()).isEqualTo("BAD_CRC");
                    assertThat(back.getAgeMs()).isEqualTo(age);
                });
    }

    @Test
    void classesHaveTheSameNamesInTheContract() {
        for (ObjectClass c : ObjectClass.values()) {
            assertThat(GeometryMessages.toProto(c).name()).isEqualTo(c.name());
            assertThat(GeometryMessages.objectClass(GeometryMessages.toProto(c).getNumber()))
                    .isEqualTo(c);
        }
        assertThat(GeometryMessages.objectClass(99)).isEqualTo(ObjectClass.UNKNOWN);
    }

    @Test
    void verdictsComeBackAndAddNothingElse() {
        Random rnd = new Random(4);
        Origin origin = origin(rnd);
        OdometryEstimate estimate = estimate(rnd, 3);
        Sighting seen = new Sighting(RigidTransform.IDENTITY, 42, 0.5, 0.8, 0.3);
        for (PoseVerdict verdict : PoseVerdict.values()) {
            for (JudgedPose.Reason reason : JudgedPose.Reason.values()) {
                JudgedPose pose = new JudgedPose(estimate, verdict, reason, seen);

                var message = PoseMessages.toProto(origin, pose, RigidTransform.IDENTITY, 1);

                assertThat(PoseMessages.verdict(message)).isEqualTo(verdict);
                assertThat(message.getReason())
                        .isEqualTo(reason == JudgedPose.Reason.NONE ? "" : reason.name());
                assertThat(message.getSighting().getSeq()).isEqualTo(42);
                assertThat(message.toBuilder().clearVerdict().clearReason().clearSighting().build())
                        .isEqualTo(
                                PoseMessages.toProto(origin, estimate, RigidTransform.IDENTITY, 1));
            }
        }
    }

    @Test
    void aPoseWithoutAVerdictIsJudgedByItsFlags() {
        var plain = Contract.PoseEstimate.newBuilder();

        assertThat(PoseMessages.verdict(plain.build())).isEqualTo(PoseVerdict.TRACKING);
        assertThat(PoseMessages.verdict(plain.setDegenerate(true).build()))
                .isEqualTo(PoseVerdict.DEGENERATE);
        assertThat(PoseMessages.verdict(plain.setDiscontinuity(true).build()))
                .isEqualTo(PoseVerdict.INITIALISING);
        assertThat(PoseMessages.verdict(plain.setHeld(true).build())).isEqualTo(PoseVerdict.HELD);
        assertThat(PoseMessages.verdict(plain.setVerdictValue(99).build()))
                .as("of a later release")
                .isEqualTo(PoseVerdict.HELD);
    }

    @Test
    void whatIsNoDetectionTrackOrPoseIsNamed() {
        RandomGenerator rnd = new Random(1);
        Origin origin = new Origin("id-1", "veh", "veh/top", "drive", 12);
        var noBox = Contract.Box.newBuilder().setLength(-1).build();
        var detections =
                DetectionMessages.toProto(origin, 1, 2, "d", java.util.List.of(detection(rnd)))
                        .toBuilder();
        detections.getDetectionsBuilder(0).setBox(noBox);
        var tracks = TrackMessages.toProto(origin, 1, java.util.List.of(track(rnd))).toBuilder();
        tracks.getTracksBuilder(0).setBox(noBox);
        var pose =
                PoseMessages.toProto(origin, estimate(rnd, 12), RigidTransform.IDENTITY, 0)
                        .toBuilder();

        assertRefused(() -> DetectionMessages.fromProto(detections.build()));
        assertRefused(() -> TrackMessages.fromProto(tracks.build()));
        assertRefused(() -> PoseMessages.fromProto(pose.clone().clearTwist().build()));
        assertRefused(() -> PoseMessages.fromProto(pose.clone().addCovariance(1).build()));
        assertRefused(() -> PoseMessages.fromProto(pose.clone().clearOdomFromSensor().build()));
        assertRefused(() -> PoseMessages.egoFromSensor(pose.clone().clearEgoFromSensor().build()));
    }

    private static void assertRefused(Supplier<?> read) {
        assertThatThrownBy(read::get)
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("veh/top/12")
                .hasMessageContaining("id-1");
    }

    private static <M> M sent(M message, Function<M, byte[]> bytes, Parser<M> parser) {
        try {
            return parser.parse(bytes.apply(message));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> java.util.List<T> some(RandomGenerator rnd, Supplier<T> one) {
        return Stream.generate(one).limit(rnd.nextInt(6)).toList();
    }

    private static Origin origin(RandomGenerator rnd) {
        return new Origin(
                "e" + rnd.nextInt(),
                "v\u00e9" + rnd.nextInt(9),
                "s" + rnd.nextInt(9),
                "d" + rnd.nextInt(9),
                rnd.nextLong(Long.MAX_VALUE));
    }

    private static Detection detection(RandomGenerator rnd) {
        return new Detection(
                box(rnd),
                objectClass(rnd),
                rnd.nextDouble(),
                rnd.nextBoolean(),
                rnd.nextInt(5000),
                rnd.nextLong(-100_000_000, 100_000_000),
                rnd.nextBoolean() ? null : recognition(rnd));
    }

    private static Recognition recognition(RandomGenerator rnd) {
        byte[] chances = new byte[rnd.nextInt(9)];
        byte[] embedding = new byte[rnd.nextBoolean() ? 0 : Recognition.EMBEDDING_LENGTH];
        rnd.nextBytes(chances);
        rnd.nextBytes(embedding);
        return new Recognition(
                rnd.nextBoolean() ? "pole" : "large_vehicle",
                rnd.nextFloat(),
                rnd.nextFloat(-15, 15),
                rnd.nextFloat(-9, 9),
                chances,
                embedding);
    }

    private static Track track(RandomGenerator rnd) {
        return new Track(
                rnd.nextLong(Long.MAX_VALUE),
                objectClass(rnd),
                box(rnd),
                rnd.nextGaussian(),
                rnd.nextGaussian(),
                rnd.nextDouble(),
                rnd.nextBoolean(),
                rnd.nextInt(1000),
                rnd.nextInt(10),
                Motion.values()[rnd.nextInt(3)]);
    }

    private static OdometryEstimate estimate(RandomGenerator rnd, long seq) {
        return new OdometryEstimate(
                seq,
                rnd.nextLong(),
                transform(rnd),
                rnd.doubles(6).toArray(),
                rnd.doubles(36).toArray(),
                rnd.nextDouble(),
                rnd.nextDouble(),
                rnd.nextInt(100),
                rnd.nextBoolean(),
                rnd.nextBoolean(),
                rnd.nextBoolean());
    }

    private static ObjectClass objectClass(RandomGenerator rnd) {
        return ObjectClass.values()[rnd.nextInt(ObjectClass.values().length)];
    }

    private static OrientedBox box(RandomGenerator rnd) {
        return new OrientedBox(
                rnd.nextGaussian() * 50,
                rnd.nextGaussian() * 50,
                rnd.nextGaussian(),
                rnd.nextDouble(0.1, 12),
                rnd.nextDouble(0.1, 3),
                rnd.nextDouble(0.1, 4),
                rnd.nextDouble(-3.1, 3.1));
    }

    private static RigidTransform transform(RandomGenerator rnd) {
        return RigidTransform.ofYawPitchRoll(
                rnd.nextDouble(-3.1, 3.1),
                rnd.nextDouble(-1.5, 1.5),
                rnd.nextDouble(-3.1, 3.1),
                rnd.nextGaussian() * 100,
                rnd.nextGaussian() * 100,
                rnd.nextGaussian());
    }

    private static void assertClose(RigidTransform got, RigidTransform want) {
        assertThat(got.toRows()).containsExactly(want.toRows(), within(1e-14));
    }
}
