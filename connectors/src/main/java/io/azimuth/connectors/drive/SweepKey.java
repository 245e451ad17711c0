package io.azimuth.connectors.drive;

/**
 * Which sweep of a drive this is.
 *
 * @param sensor index into {@link DriveInfo#sensors()}
 * @param seq the drive's own number, strictly increasing within a sensor
 * @param startNanos start of the rotation
 * @param endNanos end of the rotation
 */
public record SweepKey(int sensor, long seq, long startNanos, long endNanos) {}
