package io.azimuth.perception.invariant.inputs;

/**
 * Who comes first among points that are equally far from something. An index alone would break
 * invariance on grids: so distance to the sensor, then to the centroid, then the index. Source:
 * study of crop encoders, section 4.4.
 */
final class TieOrder {
    /**
     * Distances to sensor and centroid that differ by less are equal. Like the ratio below above
     * what rounding an object's coordinates to float32 changes: else ties of gridded data would
     * fall either way once they are turned.
     */
    static final double SAME_M = 1e-6;

    /** Squared distances whose ratio differs from 1 by less are equal. */
    static final double SAME_RATIO = 1e-6;

    private TieOrder() {}

    /** Whether point j comes before point i. */
    static boolean precedes(Cloud cloud, int j, int i) {
        double sensor = cloud.toSensor[j] - cloud.toSensor[i];
        if (Math.abs(sensor) > SAME_M) {
            return sensor < 0;
        }
        double centre = cloud.toCentre[j] - cloud.toCentre[i];
        if (Math.abs(centre) > SAME_M) {
            return centre < 0;
        }
        return j < i;
    }

    /** Whether j, at squared distance dj, comes before i at squared distance di: nearest first. */
    static boolean nearer(Cloud cloud, int j, double dj, int i, double di) {
        double difference = dj - di;
        if (Math.abs(difference) > SAME_RATIO * Math.max(dj, di)) {
            return difference < 0;
        }
        return precedes(cloud, j, i);
    }
}
