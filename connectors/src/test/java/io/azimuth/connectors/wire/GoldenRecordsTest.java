package io.azimuth.connectors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.tracking.Motion;
import io.azimuth.perception.tracking.Track;
import io.azimuth.registration.odometry.OdometryEstimate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of another writer: what we write has the same bytes, what we read the same values. */
class GoldenRecordsTest {
    private static final JsonNode TWIN = Golden.TWIN;

    @ParameterizedTest
    @ValueSource(strings = {"spherical", "steps", "floats"})
    void sweepHasTheGoldenBytes(String name) {
        byte[] value = new SweepCodec().encode(Golden.sweep(name), Golden.encoding(name), 0);

        assertThat(value).isEqualTo(Golden.bytes(name + ".bin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spherical", "steps", "floats"})
    void goldenSweepHasTheTwinsValues(String name) {
        Sweep want = Golden.sweep(name);
        PointCloud got = new PointCloud();

        Sweep sweep = new SweepCodec().decode(Golden.bytes(name + ".bin"), got);

        assertThat(Origin.of("golden", sweep)).isEqualTo(Golden.origin());
        assertThat(sweep.startNanos()).isEqualTo(Golden.startNanos());
        assertThat(sweep.endNanos()).isEqualTo(Golden.endNanos());
        assertThat(sweep.sector()).isEqualTo(want.sector());
        assertThat(sweep.beams()).isEqualTo(want.beams());
        assertThat(sweep.egoFromSensor().toRows())
                .containsExactly(want.egoFromSensor().toRows(), within(1e-15));
        assertThat(got.size()).isEqualTo(want.points().size());
        for (int i = 0; i < got.size(); i++) {
            assertThat(point(got, i)).containsExactly(point(want.points(), i), within(1e-6f));
            assertThat(got.ringOf(i)).isEqualTo(want.points().ringOf(i));
            assertThat(got.timeOffsetNanos()[i]).isEqualTo(want.points().timeOffsetNanos()[i]);
        }
    }

    @Test
    void detectionsAreGolden() throws IOException {
        List<Detection> detections = new ArrayList<>();
        for (JsonNode d : TWIN.get("detections")) {
            detections.add(
                    new Detection(
                            Golden.box(d.get(0)),
                            Golden.objectClass(d.get(1)),
                            d.get(2).asDouble(),
                            d.get(3).asBoolean(),
                            d.get(4).asInt(),
                            d.get(5).asLong()));
        }
        byte[] golden = Golden.bytes("detections.bin");

        Contract.DetectionSet read = Contract.DetectionSet.parseFrom(golden);

        assertThat(
                        DetectionMessages.toProto(
                                        Golden.origin(),
                                        Golden.startNanos(),
                                        Golden.endNanos(),
                                        TWIN.get("detector").asText(),
                                        detections)
                                .toByteArray())
                .isEqualTo(golden);
        assertThat(DetectionMessages.fromProto(read)).isEqualTo(detections);
        assertThat(DetectionMessages.origin(read)).isEqualTo(Golden.origin());
        assertThat(read.getDetector()).isEqualTo("geometric");
    }

    @Test
    void poseIsGolden() throws IOException {
        OdometryEstimate estimate =
                new OdometryEstimate(
                        Golden.origin().seq(),
                        Golden.endNanos(),
                        Golden.transform("odom_from_sensor"),
                        Golden.doubles(TWIN.get("twist")),
                        Golden.doubles(TWIN.get("covariance")),
                        TWIN.get("inlier_ratio").asDouble(),
                        TWIN.get("rmse_m").asDouble(),
                        TWIN.get("iterations").asInt(),
                        TWIN.get("degenerate").asBoolean(),
                        TWIN.get("discontinuity").asBoolean(),
                        TWIN.get("held").asBoolean());
        byte[] golden = Golden.bytes("pose.bin");

        Contract.PoseEstimate read = Contract.PoseEstimate.parseFrom(golden);

        assertThat(
                        PoseMessages.toProto(
                                        Golden.origin(),
                                        estimate,
                                        Golden.transform("ego_from_sensor"),
                                        TWIN.get("missing_before").asLong())
                                .toByteArray())
                .isEqualTo(golden);
        assertThat(PoseMessages.fromProto(read))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-15, Double.class)
                .isEqualTo(estimate);
        assertThat(PoseMessages.origin(read)).isEqualTo(Golden.origin());
        assertThat(PoseMessages.egoFromSensor(read).toRows())
                .containsExactly(Golden.transform("ego_from_sensor").toRows(), within(1e-15));
        assertThat(read.getMissingBefore()).isEqualTo(3);
    }

    @Test
    void tracksAreGolden() throws IOException {
        JsonNode t = TWIN.get("track");
        List<Track> tracks =
                List.of(
                        new Track(
                                t.get(0).asLong(),
                                Golden.objectClass(t.get(1)),
                                Golden.box(t.get(2)),
                                t.get(3).asDouble(),
                                t.get(4).asDouble(),
                                t.get(5).asDouble(),
                                t.get(6).asBoolean(),
                                t.get(7).asInt(),
                                t.get(8).asInt(),
                                Motion.UNKNOWN)); // as written before there was motion
        byte[] golden = Golden.bytes("tracks.bin");

        Contract.TrackSet read = Contract.TrackSet.parseFrom(golden);

        assertThat(TrackMessages.toProto(Golden.origin(), Golden.endNanos(), tracks).toByteArray())
                .isEqualTo(golden);
        assertThat(TrackMessages.fromProto(read)).isEqualTo(tracks);
        assertThat(TrackMessages.origin(read)).isEqualTo(Golden.origin());
        assertThat(read.getStampNs()).isEqualTo(Golden.endNanos());
    }

    @Test
    void fateIsGolden() throws IOException {
        Contract.SweepFate fate =
                FateMessages.toProto(
                        Golden.origin(),
                        Contract.Fate.valueOf(TWIN.get("fate").asText()),
                        TWIN.get("reason").asText(),
                        TWIN.get("age_ms").asLong());

        assertThat(fate.toByteArray()).isEqualTo(Golden.bytes("fate.bin"));
        assertThat(FateMessages.origin(Contract.SweepFate.parseFrom(Golden.bytes("fate.bin"))))
                .isEqualTo(Golden.origin());
    }

    private static float[] point(PointCloud c, int i) {
        return new float[] {c.x()[i], c.y()[i], c.z()[i], c.intensity()[i]};
    }
}
