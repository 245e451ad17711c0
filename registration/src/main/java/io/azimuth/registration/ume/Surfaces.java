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
    static Surfaces of(UmeScan scan) {
        return new Surfaces(
                scan.x,
                scan.y,
                scan.z,
                scan.features.normals,
                scan.features.planarity,
                scan.standing,
                scan.size);
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
