package io.azimuth.connectors.wire;

import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.tracking.Motion;
import io.azimuth.perception.tracking.Track;
import java.util.ArrayList;
import java.util.List;

/** A vehicle's tracks at one instant, to and from {@code TrackSet}. Stateless, thread-safe. */
public final class TrackMessages {
    private TrackMessages() {}

    /**
     * @param origin the sweep whose detections updated the tracks
     * @param stampNanos the instant that the boxes hold for
     */
    public static Contract.TrackSet toProto(Origin origin, long stampNanos, List<Track> tracks) {
        Contract.TrackSet.Builder out =
                Contract.TrackSet.newBuilder()
                        .setEventId(origin.eventId())
                        .setVehicleId(origin.vehicleId())
                        .setSensorId(origin.sensorId())
                        .setDriveId(origin.driveId())
                        .setSeq(origin.seq())
                        .setStampNs(stampNanos);
        for (Track t : tracks) {
            out.addTracks(
                    Contract.Track.newBuilder()
                            .setId(t.id())
                            .setObjectClass(GeometryMessages.toProto(t.objectClass()))
                            .setBox(GeometryMessages.toProto(t.box()))
                            .setVelocityX(t.velocityX())
                            .setVelocityY(t.velocityY())
                            .setScore(t.score())
                            .setHeadingKnown(t.headingKnown())
                            .setHits(t.hits())
                            .setMissed(t.missed())
                            .setMotion(toProto(t.motion())));
        }
        return out.build();
    }

    /**
     * The tracks in their order.
     *
     * @throws MalformedDataException if one of them is no track
     */
    public static List<Track> fromProto(Contract.TrackSet set) {
        try {
            List<Track> out = new ArrayList<>(set.getTracksCount());
            for (Contract.Track t : set.getTracksList()) {
                out.add(
                        new Track(
                                t.getId(),
                                GeometryMessages.objectClass(t.getObjectClassValue()),
                                GeometryMessages.fromProto(t.getBox()),
                                t.getVelocityX(),
                                t.getVelocityY(),
                                t.getScore(),
                                t.getHeadingKnown(),
                                t.getHits(),
                                t.getMissed(),
                                motion(t.getMotion())));
            }
            return List.copyOf(out);
        } catch (IllegalArgumentException e) {
            throw GeometryMessages.malformed(origin(set), "tracks", e);
        }
    }

    private static Contract.TrackMotion toProto(Motion motion) {
        return switch (motion) {
            case UNKNOWN -> Contract.TrackMotion.TRACK_MOTION_UNKNOWN;
            case STATIC -> Contract.TrackMotion.STATIC;
            case MOVING -> Contract.TrackMotion.MOVING;
        };
    }

    /** What a later release may say besides is unknown to this one. */
    private static Motion motion(Contract.TrackMotion motion) {
        return switch (motion) {
            case STATIC -> Motion.STATIC;
            case MOVING -> Motion.MOVING;
            case TRACK_MOTION_UNKNOWN, UNRECOGNIZED -> Motion.UNKNOWN;
        };
    }

    public static Origin origin(Contract.TrackSet set) {
        return new Origin(
                set.getEventId(),
                set.getVehicleId(),
                set.getSensorId(),
                set.getDriveId(),
                set.getSeq());
    }
}
