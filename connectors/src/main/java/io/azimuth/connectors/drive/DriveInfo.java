package io.azimuth.connectors.drive;

import java.util.List;

/**
 * What a drive is, for people and for the pipeline.
 *
 * @param format name of the layout, e.g. {@code recorded-drive}
 * @param guess which files gave the layout away
 * @param deskew whether the points of a sweep are in the moving sensor's frame and carry times
 * @param deskewReason why
 * @param sensors in the order of {@link SweepKey#sensor()}
 * @param periodSeconds of one rotation
 * @param sweeps number of sweeps, all sensors together
 */
public record DriveInfo(
        String format,
        String guess,
        boolean deskew,
        String deskewReason,
        List<DriveSensor> sensors,
        double periodSeconds,
        int sweeps) {

    public DriveInfo {
        sensors = List.copyOf(sensors);
    }

    /**
     * One line, e.g. {@code format kitti-odometry (guessed from ...), 1101 sweeps, 10.0 Hz, ...}.
     */
    public String summary() {
        return "format %s (guessed from %s), %d sweeps, %.1f Hz, %d sensor%s, deskew: %s (%s)"
                .formatted(
                        format,
                        guess,
                        sweeps,
                        1 / periodSeconds,
                        sensors.size(),
                        sensors.size() == 1 ? "" : "s",
                        deskew ? "on" : "off",
                        deskewReason);
    }
}
