package io.azimuth.perception.ground;

/**
 * Settings of the ground estimate.
 *
 * @param sectors azimuth sectors of the profile, 16 .. 1440
 * @param maxRangeM the profile's reach; beyond it the last value holds
 * @param maxSlope steepest ground that is believed, metres per metre
 * @param minSensorHeightM least height of the sensor over the ground
 * @param maxSensorHeightM greatest height of the sensor over the ground
 */
public record GroundConfig(
        int sectors,
        double maxRangeM,
        double maxSlope,
        double minSensorHeightM,
        double maxSensorHeightM) {
    public GroundConfig {
        require(sectors >= 16 && sectors <= 1440, "sectors", sectors, "16 .. 1440");
        require(maxRangeM >= 10 && maxRangeM <= 300, "maxRangeM", maxRangeM, "10 .. 300");
        require(maxSlope > 0 && maxSlope <= 0.5, "maxSlope", maxSlope, "above 0, up to 0.5");
        require(minSensorHeightM >= 0, "minSensorHeightM", minSensorHeightM, "0 or more");
        require(
                maxSensorHeightM > minSensorHeightM && maxSensorHeightM <= 20,
                "maxSensorHeightM",
                maxSensorHeightM,
                "above minSensorHeightM, up to 20");
    }

    /** 180 sectors to 80 m, slopes to 18 %, sensor 0.3 to 5 m over the ground. */
    public static GroundConfig defaults() {
        return new GroundConfig(180, 80, 0.18, 0.3, 5);
    }

    private static void require(boolean ok, String name, double value, String expected) {
        if (!ok) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
