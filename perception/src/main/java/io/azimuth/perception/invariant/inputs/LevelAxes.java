package io.azimuth.perception.invariant.inputs;

/** Covariances of what is seen from above. */
final class LevelAxes {
    private LevelAxes() {}

    /**
     * {@code P C P} with {@code P = I - up up^T}: its lowest eigenvalue is 0 along {@code up}, the
     * others are those of the horizontal extent.
     */
    static void flatten(double[] c, double[] up, double[] out) {
        double ux = up[0];
        double uy = up[1];
        double uz = up[2];
        double x = c[0] * ux + c[1] * uy + c[2] * uz;
        double y = c[1] * ux + c[3] * uy + c[4] * uz;
        double z = c[2] * ux + c[4] * uy + c[5] * uz;
        double h = x * ux + y * uy + z * uz;
        out[0] = c[0] - 2 * x * ux + h * ux * ux;
        out[1] = c[1] - x * uy - y * ux + h * ux * uy;
        out[2] = c[2] - x * uz - z * ux + h * ux * uz;
        out[3] = c[3] - 2 * y * uy + h * uy * uy;
        out[4] = c[4] - y * uz - z * uy + h * uy * uz;
        out[5] = c[5] - 2 * z * uz + h * uz * uz;
    }
}
