package io.azimuth.connectors.packets;

/**
 * Where a laser of a Velodyne sensor points and how its measurements are corrected. The rest after
 * the height is an HDL-64's, unit by unit; zero elsewhere. Source: HDL-64E S2 and S3 user manuals,
 * "db.xml calibration parameters".
 *
 * @param elevationRad upwards
 * @param azimuthRad against the turning direction (counter-clockwise seen from above)
 * @param heightM of the point of leaving over the sensor's centre, along the axis
 * @param sideM of the point of leaving, to the left of the beam
 * @param distanceM added to the range, of far points if {@code twoPoints}
 * @param distanceXM the same near 2.4 m across, if {@code twoPoints}
 * @param distanceYM the same near 1.93 m ahead, if {@code twoPoints}
 * @param twoPoints whether the range's correction depends on the range
 * @param leastIntensity of corrected intensities, 0 to 255
 * @param mostIntensity of corrected intensities, 0 to 255
 * @param focalM range at which the receiver's lens is in focus
 * @param focalSlope how intensity falls away from there
 */
record VelodyneLaser(
        double elevationRad,
        double azimuthRad,
        double heightM,
        double sideM,
        double distanceM,
        double distanceXM,
        double distanceYM,
        boolean twoPoints,
        double leastIntensity,
        double mostIntensity,
        double focalM,
        double focalSlope) {

    private static final double MOST_INTENSITY = 255;

    /** A laser whose ranges and intensities need no correction. */
    static VelodyneLaser of(double elevationDeg, double azimuthDeg, double heightMm) {
        return new VelodyneLaser(
                Math.toRadians(elevationDeg),
                Math.toRadians(azimuthDeg),
                1e-3 * heightMm,
                0,
                0,
                0,
                0,
                false,
                0,
                MOST_INTENSITY,
                0,
                0);
    }

    /** The same at another height. */
    VelodyneLaser atHeight(double metres) {
        return new VelodyneLaser(
                elevationRad,
                azimuthRad,
                metres,
                sideM,
                distanceM,
                distanceXM,
                distanceYM,
                twoPoints,
                leastIntensity,
                mostIntensity,
                focalM,
                focalSlope);
    }

    /** Whether there is more to it than two angles and a height. */
    boolean corrected() {
        return sideM != 0
                || distanceM != 0
                || twoPoints
                || leastIntensity > 0
                || mostIntensity < MOST_INTENSITY
                || focalM != 0
                || focalSlope != 0;
    }
}
