package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.wire.DetectionMessages;
import io.azimuth.connectors.wire.EventIds;
import io.azimuth.connectors.wire.FateMessages;
import io.azimuth.connectors.wire.Origin;
import io.azimuth.connectors.wire.PoseMessages;
import io.azimuth.connectors.wire.SweepHeaders;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.connectors.wire.TrackMessages;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.tracking.Track;
import io.azimuth.registration.recovery.JudgedPose;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the records of the result topics. What is measured goes to headers, never to a value, so
 * that equal input gives equal values. Results of a sensor go to the partition that its sweeps came
 * from; tracks go by the hash of their vehicle.
 *
 * @param detector name of the detector
 */
record ResultRecords(String detector, String modelDigest, String configDigest)
        implements Serializable {

    OutRecord detections(SweepTag tag, List<Detection> detections) {
        Origin origin = derived(tag, "detections");
        byte[] value =
                DetectionMessages.toProto(
                                origin, tag.startNanos(), tag.endNanos(), detector, detections)
                        .toByteArray();
        List<OutRecord.Header> headers = headers(origin, SweepHeaders.DETECTIONS_TYPE, tag);
        return new OutRecord(
                Topics.DETECTIONS, tag.partition(), utf8(origin.sensorId()), value, headers);
    }

    /** Keyed by sensor: each has an odometry of its own, and the order within a key is fixed. */
    OutRecord pose(
            SweepTag tag,
            JudgedPose pose,
            RigidTransform egoFromSensor,
            long missingBefore,
            float odometryMillis) {
        Origin origin = derived(tag, "pose");
        byte[] value =
                PoseMessages.toProto(origin, pose, egoFromSensor, missingBefore).toByteArray();
        List<OutRecord.Header> headers = headers(origin, SweepHeaders.POSE_TYPE, tag);
        headers.add(StageHeaders.header(StageHeaders.ODOMETRY_MILLIS, odometryMillis));
        return new OutRecord(
                Topics.POSES, tag.partition(), utf8(origin.sensorId()), value, headers);
    }

    OutRecord tracks(PlacedSweep sweep, long stampNanos, List<Track> tracks, float trackMillis) {
        Origin origin = derived(sweep.tag(), "tracks");
        byte[] value = TrackMessages.toProto(origin, stampNanos, tracks).toByteArray();
        List<OutRecord.Header> headers = headers(origin, SweepHeaders.TRACKS_TYPE, sweep.tag());
        headers.add(StageHeaders.header(StageHeaders.ODOMETRY_MILLIS, sweep.odometryMillis()));
        headers.add(StageHeaders.header(StageHeaders.TRACK_MILLIS, trackMillis));
        return new OutRecord(
                Topics.TRACKS, OutRecord.BY_KEY, utf8(origin.vehicleId()), value, headers);
    }

    /**
     * @param reason code of the fault, or empty
     * @param ageMillis wall clock minus the sweep's end
     */
    OutRecord fate(
            Origin origin, int partition, Contract.Fate fate, String reason, long ageMillis) {
        byte[] value = FateMessages.toProto(origin, fate, reason, ageMillis).toByteArray();
        return new OutRecord(
                Topics.ACCOUNTING, partition, utf8(origin.sensorId()), value, List.of());
    }

    private Origin derived(SweepTag tag, String stage) {
        Origin sweep = tag.origin();
        return sweep.withEventId(
                EventIds.of(
                        sweep.driveId(),
                        sweep.sensorId(),
                        sweep.seq(),
                        stage,
                        modelDigest,
                        configDigest));
    }

    private static List<OutRecord.Header> headers(Origin origin, String type, SweepTag tag) {
        List<OutRecord.Header> out = new ArrayList<>(16);
        new SweepHeaders(origin, type, tag.endNanos(), tag.sentNanos())
                .write((name, value) -> out.add(new OutRecord.Header(name, value)));
        out.add(StageHeaders.header(StageHeaders.DECODE_MILLIS, tag.decodeMillis()));
        out.add(StageHeaders.header(StageHeaders.DETECT_MILLIS, tag.detectMillis()));
        return out;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
