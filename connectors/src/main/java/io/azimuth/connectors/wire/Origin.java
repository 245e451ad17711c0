package io.azimuth.connectors.wire;

import io.azimuth.perception.geometry.Sweep;

/**
 * Which sweep a message is about and under which id.
 *
 * @param eventId see {@link EventIds}; unique per sweep and stage
 * @param seq the sweep's position in its drive
 */
public record Origin(String eventId, String vehicleId, String sensorId, String driveId, long seq) {

    public static Origin of(String eventId, Sweep sweep) {
        return new Origin(
                eventId, sweep.vehicleId(), sweep.sensorId(), sweep.driveId(), sweep.seq());
    }

    public Origin withEventId(String newEventId) {
        return new Origin(newEventId, vehicleId, sensorId, driveId, seq);
    }
}
