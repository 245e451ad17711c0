package io.azimuth.connectors.dataset;

/**
 * What the index says of a frame beside its parts and motion.
 *
 * @param town seed of the simulated town; -1 for a recorded drive
 * @param sensor number of a {@link SensorChoice}; -1 for a recorded drive
 * @param sensorLabel the sensor's group in histograms
 * @param rings beams; 0 where unknown
 * @param sizes number of a size region; -1 for a recorded drive
 * @param heightM of the sensor over the road (simulated) or on the vehicle
 * @param pitchRad of the sensor on the vehicle
 * @param rollRad of the sensor on the vehicle
 * @param rangeSigmaM noise of the range; 0 where unknown
 */
record FrameHeader(
        long town,
        int sensor,
        String sensorLabel,
        int rings,
        int sizes,
        double heightM,
        double pitchRad,
        double rollRad,
        double rangeSigmaM) {
    static FrameHeader of(FramePlan plan, int slot) {
        Mount mount = plan.mounts().get(slot);
        return new FrameHeader(
                plan.town().seed(),
                mount.kind().ordinal(),
                mount.kind().label(),
                mount.kind().rings(),
                plan.town().sizes().ordinal(),
                mount.heightM(),
                mount.pitchRad(),
                mount.rollRad(),
                mount.rangeSigmaM());
    }
}
