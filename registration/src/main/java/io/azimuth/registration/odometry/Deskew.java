package io.azimuth.registration.odometry;

/**
 * Moves the points of a sweep to where they would be had all been measured at mid-sweep, under a
 * constant twist: {@code q = exp((s - 0.5) xi) p}. Sine and cosine are series, exact to 1e-9 up to a
 * turn of half a circle a sweep, so that results do not depend on the platform's library.
 */
final class Deskew {
    private Deskew() {}

    /**
     * @param index which points of the sweep; the first {@code size} entries
     * @param xi motion over the whole sweep (wx, wy, wz, vx, vy, vz), rad and m
     * @param x results, metres
     */
    static void apply(
            ReducedSweep sweep, int[] index, int size, double[] xi, float[] x, float[] y, float[] z) {
        short[] xs = sweep.x();
        short[] ys = sweep.y();
        short[] zs = sweep.z();
        short[] ts = sweep.time();
        double step = sweep.stepM();
        double wx = xi[0];
        double wy = xi[1];
        double wz = xi[2];
        double w2 = wx * wx + wy * wy + wz * wz;
        double ux = wy * xi[5] - wz * xi[4]; // w x v
        double uy = wz * xi[3] - wx * xi[5];
        double uz = wx * xi[4] - wy * xi[3];
        double uux = wy * uz - wz * uy; // w x (w x v)
        double uuy = wz * ux - wx * uz;
        double uuz = wx * uy - wy * ux;
        boolean timed = sweep.timed();
        for (int k = 0; k < size; k++) {
            int i = index[k];
            double px = xs[i] * step;
            double py = ys[i] * step;
            double pz = zs[i] * step;
            double tau = timed ? (ts[i] & 0xffff) * (1.0 / 65535) - 0.5 : 0;
            double u = tau * tau * w2;
            double a = tau * (1 - u / 6 * (1 - u / 20 * (1 - u / 42 * (1 - u / 72))));
            double b = tau * tau * 0.5 * (1 - u / 12 * (1 - u / 30 * (1 - u / 56 * (1 - u / 90))));
            double c =
                    tau * tau * tau / 6 * (1 - u / 20 * (1 - u / 42 * (1 - u / 72 * (1 - u / 110))));
            double cx = wy * pz - wz * py;
            double cy = wz * px - wx * pz;
            double cz = wx * py - wy * px;
            x[k] = (float) (px + a * cx + b * (wy * cz - wz * cy) + tau * xi[3] + b * ux + c * uux);
            y[k] = (float) (py + a * cy + b * (wz * cx - wx * cz) + tau * xi[4] + b * uy + c * uuy);
            z[k] = (float) (pz + a * cz + b * (wx * cy - wy * cx) + tau * xi[5] + b * uz + c * uuz);
        }
    }
}
