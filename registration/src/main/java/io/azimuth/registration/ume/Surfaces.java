package io.azimuth.registration.ume;

/**
 * Points with the surfaces around them, in a scan's level or principal frame, metres.
 *
 * @param normals unit normals, 3 a point
 * @param planarity 0 .. 1, how far a plane describes the surroundings
 * @param standing false for points of the ground, which may not outweigh the others
 * @param size entries in use
 */
record Surfaces(
        double[] x,
        double[] y,
        double[] z,
        float[] normals,
        float[] planarity,
        boolean[] standing,
        int size) {
    /** Ground flatter than this by its own neighbours is described by them. */
    private static final double FLAT = 0.6;

    private static final float RING_PLANARITY = 0.5f;

    /**
     * Far from the sensor ground is seen in lines metres apart whose neighbours fix no plane; what
     * tilts two views of a hill against each other lies there. It takes the slope of the ground
     * around it.
     */
    static Surfaces of(UmeScan scan) {
        float[] normals = scan.features.normals.clone();
        float[] planarity = scan.features.planarity.clone();
        for (int i = 0; i < scan.size; i++) {
            if (!scan.standing[i] && planarity[i] < FLAT) {
                double gx =
                        scan.groundAt(scan.x[i] + 1, scan.y[i])
                                - scan.groundAt(scan.x[i] - 1, scan.y[i]);
                double gy =
                        scan.groundAt(scan.x[i], scan.y[i] + 1)
                                - scan.groundAt(scan.x[i], scan.y[i] - 1);
                double length = Math.sqrt(1 + 0.25 * (gx * gx + gy * gy));
                normals[3 * i] = (float) (-0.5 * gx / length);
                normals[3 * i + 1] = (float) (-0.5 * gy / length);
                normals[3 * i + 2] = (float) (1 / length);
                planarity[i] = RING_PLANARITY;
            }
        }
        return new Surfaces(scan.x, scan.y, scan.z, normals, planarity, scan.standing, scan.size);
    }

    /** Some of the points, in the order given. */
    Surfaces chosen(int[] order) {
        int n = order.length;
        double[] cx = new double[n];
        double[] cy = new double[n];
        double[] cz = new double[n];
        float[] normal = new float[3 * n];
        float[] flat = new float[n];
        boolean[] stands = new boolean[n];
        for (int k = 0; k < n; k++) {
            int i = order[k];
            cx[k] = x[i];
            cy[k] = y[i];
            cz[k] = z[i];
            System.arraycopy(normals, 3 * i, normal, 3 * k, 3);
            flat[k] = planarity[i];
            stands[k] = standing[i];
        }
        return new Surfaces(cx, cy, cz, normal, flat, stands, n);
    }
}
