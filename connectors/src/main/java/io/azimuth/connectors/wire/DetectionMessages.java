package io.azimuth.connectors.wire;

import com.google.protobuf.ByteString;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Recognition;
import io.azimuth.perception.geometry.MalformedDataException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
            Contract.Detection.Builder one =
                    Contract.Detection.newBuilder()
                            .setBox(GeometryMessages.toProto(d.box()))
                            .setObjectClass(GeometryMessages.toProto(d.objectClass()))
                            .setScore(d.score())
                            .setHeadingKnown(d.headingKnown())
                            .setPoints(d.points())
                            .setTimeOffsetNs(d.timeOffsetNanos());
            if (d.recognition() != null) {
                put(d.recognition(), one);
            }
            out.addDetections(one);
        }
        return out.build();
    }

    private static void put(Recognition r, Contract.Detection.Builder to) {
        to.setEmbedding(ByteString.copyFrom(r.embedding()))
                .setCropClass(r.label())
                .setCropScore(r.score())
                .setCropUnknown(r.unknownScore())
                .setCropEvidence(r.evidence())
                .setCropChances(ByteString.copyFrom(r.chances()));
    }

    private static @Nullable Recognition recognition(Contract.Detection d) {
        return d.getCropClass().isEmpty()
                ? null
                : new Recognition(
                        d.getCropClass(),
                        d.getCropScore(),
                        d.getCropEvidence(),
                        d.getCropUnknown(),
                        d.getCropChances().toByteArray(),
                        d.getEmbedding().toByteArray());
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
                                d.getTimeOffsetNs(),
                                recognition(d)));
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
