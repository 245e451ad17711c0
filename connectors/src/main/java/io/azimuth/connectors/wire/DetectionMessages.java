package io.azimuth.connectors.wire;

import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.MalformedDataException;
import java.util.ArrayList;
import java.util.List;

/** Detections of one sweep, to and from {@code DetectionSet}. Stateless, thread-safe. */
public final class DetectionMessages {
    private DetectionMessages() {}

    /**
     * @param detector name of what found them, e.g. {@code geometric}
     */
    public static Contract.DetectionSet toProto(
            Origin origin,
            long startNanos,
            long endNanos,
            String detector,
            List<Detection> detections) {
        Contract.DetectionSet.Builder out =
                Contract.DetectionSet.newBuilder()
                        .setEventId(origin.eventId())
                        .setVehicleId(origin.vehicleId())
                        .setSensorId(origin.sensorId())
                        .setDriveId(origin.driveId())
                        .setSeq(origin.seq())
                        .setStartNs(startNanos)
                        .setEndNs(endNanos)
                        .setDetector(detector);
        for (Detection d : detections) {
            out.addDetections(
                    Contract.Detection.newBuilder()
                            .setBox(GeometryMessages.toProto(d.box()))
                            .setObjectClass(GeometryMessages.toProto(d.objectClass()))
                            .setScore(d.score())
                            .setHeadingKnown(d.headingKnown())
                            .setPoints(d.points())
                            .setTimeOffsetNs(d.timeOffsetNanos()));
        }
        return out.build();
    }

    /**
     * The detections in their order.
     *
     * @throws MalformedDataException if one of them is no detection
     */
    public static List<Detection> fromProto(Contract.DetectionSet set) {
        try {
            List<Detection> out = new ArrayList<>(set.getDetectionsCount());
            for (Contract.Detection d : set.getDetectionsList()) {
                out.add(
                        new Detection(
                                GeometryMessages.fromProto(d.getBox()),
                                GeometryMessages.objectClass(d.getObjectClassValue()),
                                d.getScore(),
                                d.getHeadingKnown(),
                                d.getPoints(),
                                d.getTimeOffsetNs()));
            }
            return List.copyOf(out);
        } catch (IllegalArgumentException e) {
            throw GeometryMessages.malformed(origin(set), "detections", e);
        }
    }

    public static Origin origin(Contract.DetectionSet set) {
        return new Origin(
                set.getEventId(),
                set.getVehicleId(),
                set.getSensorId(),
                set.getDriveId(),
                set.getSeq());
    }
}
