package io.azimuth.perception.geometry;

import org.jspecify.annotations.Nullable;

/**
 * One rotation of one spinning LiDAR, in the sensor's own moving frame.
 *
 * @param vehicleId the vehicle that carries the sensor
 * @param sensorId unique among all sensors of a fleet, e.g. {@code veh-07/top}
 * @param driveId the recording or run that the sweep belongs to
 * @param seq position in the drive, from 0; strictly increasing per sensor
 * @param startNanos measuring time of the first column, nanoseconds since the epoch
 * @param endNanos end of the rotation, after {@code startNanos}
 * @param sector which part of the rotation this is
 * @param egoFromSensor where the sensor sits on the vehicle
 * @param beams the sensor's firing pattern where it is known; clouds that came as bare x, y, z have
 *     none
 * @param points shared, not copied: the receiver must not keep it beyond the sweep's processing
 *     unless the producer says that it never reuses it
 */
public record Sweep(
        String vehicleId,
        String sensorId,
        String driveId,
        long seq,
        long startNanos,
        long endNanos,
        Sector sector,
        RigidTransform egoFromSensor,
        @Nullable BeamTable beams,
        PointCloud points) {

    /** Longest rotation that is taken for real: ten seconds. */
    public static final long MAX_DURATION_NANOS = 10_000_000_000L;

    public Sweep {
        long duration = endNanos - startNanos;
        if (!(duration > 0 && duration <= MAX_DURATION_NANOS)) {
            throw new IllegalArgumentException(
                    "sweep %s/%d: ends %d ns after its start, expected 1 .. %d ns"
                            .formatted(sensorId, seq, duration, MAX_DURATION_NANOS));
        }
        if (seq < 0) {
            throw new IllegalArgumentException(
                    "sweep of %s: seq is %d, expected 0 or more".formatted(sensorId, seq));
        }
    }

    /** The instant that poses and labels refer to: half-way between start and end. */
    public long midNanos() {
        return startNanos + (endNanos - startNanos) / 2;
    }

    public long durationNanos() {
        return endNanos - startNanos;
    }

    /**
     * Part {@code index} of {@code count} equal parts of a rotation, in measuring order; {@link
     * #WHOLE} is a whole sweep.
     */
    public record Sector(int index, int count) {
        public static final Sector WHOLE = new Sector(0, 1);

        public Sector {
            if (count < 1 || count > 64 || index < 0 || index >= count) {
                throw new IllegalArgumentException(
                        "sector "
                                + index
                                + " of "
                                + count
                                + ": expected a count of 1 .. 64 and an index below it");
            }
        }

        public boolean isWhole() {
            return count == 1;
        }
    }
}
