package io.azimuth.connectors.wire;

import io.azimuth.connectors.wire.proto.Contract;

/** What became of one sweep, to and from {@code SweepFate}. Stateless, thread-safe. */
public final class FateMessages {
    private FateMessages() {}

    /**
     * @param reason code of the fault for a dead sweep, else empty
     * @param ageMillis wall clock minus the sweep's end; left out of comparisons
     */
    public static Contract.SweepFate toProto(
            Origin origin, Contract.Fate fate, String reason, long ageMillis) {
        return Contract.SweepFate.newBuilder()
                .setEventId(origin.eventId())
                .setVehicleId(origin.vehicleId())
                .setSensorId(origin.sensorId())
                .setDriveId(origin.driveId())
                .setSeq(origin.seq())
                .setFate(fate)
                .setReason(reason)
                .setAgeMs(ageMillis)
                .build();
    }

    public static Origin origin(Contract.SweepFate f) {
        return new Origin(
                f.getEventId(), f.getVehicleId(), f.getSensorId(), f.getDriveId(), f.getSeq());
    }
}
