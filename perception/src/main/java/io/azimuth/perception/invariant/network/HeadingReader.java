package io.azimuth.perception.invariant.network;

/**
 * Reads a network's heading: cosine and sine of twice the angle between the object's axis and the
 * line from the sensor to its centroid, and what speaks for the front at that angle.
 */
final class HeadingReader {
    private HeadingReader() {}

    /** Yaw of the line of sight about {@code up} from +x, radians; NaN if it is vertical. */
    static double azimuth(double[] sight, double[] up) {
        // +x made horizontal; of an up near +x, +y
        int axis = Math.abs(up[0]) < 0.9 ? 0 : 1;
        double[] x = new double[3];
        double size = 0;
        for (int k = 0; k < 3; k++) {
            x[k] = (k == axis ? 1 : 0) - up[axis] * up[k];
            size += x[k] * x[k];
        }
        double forward = (sight[0] * x[0] + sight[1] * x[1] + sight[2] * x[2]) / Math.sqrt(size);
        double left =
                (sight[0] * (up[1] * x[2] - up[2] * x[1])
                                + sight[1] * (up[2] * x[0] - up[0] * x[2])
                                + sight[2] * (up[0] * x[1] - up[1] * x[0]))
                        / Math.sqrt(size);
        return forward == 0 && left == 0 ? Double.NaN : StrictMath.atan2(left, forward);
    }

    /** Heading about up, in [-pi, pi). */
    static double yaw(double azimuth, double cos2, double sin2, double front) {
        double yaw = azimuth + StrictMath.atan2(sin2, cos2) / 2 + (front < 0 ? Math.PI : 0);
        return yaw - 2 * Math.PI * Math.floor((yaw + Math.PI) / (2 * Math.PI));
    }

    static double axisCertainty(double cos2, double sin2) {
        return Math.min(1, Math.sqrt(cos2 * cos2 + sin2 * sin2));
    }

    static double frontCertainty(double front) {
        return 1 / (1 + StrictMath.exp(-Math.abs(front)));
    }
}
