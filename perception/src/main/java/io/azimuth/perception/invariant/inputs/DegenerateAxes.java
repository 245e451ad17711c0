package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.geometry.eigen.SymmetricEigen3;

/** When eigenvalues define no axes. Source: study of crop encoders, section 4.3. */
final class DegenerateAxes {
    private static final double ALIKE = 1e-6;
    private static final double NO_EXTENT = 1e-18;

    private DegenerateAxes() {}

    /** The two lower ones are alike: a line, whose normal may be anything across it. */
    static boolean isLine(double[] rising) {
        return rising[1] - rising[0] <= ALIKE * rising[2];
    }

    /** All are alike, or there is no extent at all. */
    static boolean isIsotropic(double[] rising) {
        return rising[2] <= NO_EXTENT
                || (isLine(rising) && rising[2] - rising[1] <= ALIKE * rising[2]);
    }

    /** Zeroes axes that might as well be any others, from the given one on. */
    static void clear(SymmetricEigen3 of, int from) {
        double[] l = of.values();
        for (int k = from; k < 3; k++) {
            boolean below = k > from && l[k] - l[k - 1] <= ALIKE * l[2];
            boolean above = k < 2 && l[k + 1] - l[k] <= ALIKE * l[2];
            if (below || above || l[2] <= NO_EXTENT) {
                java.util.Arrays.fill(of.vectors(), 3 * k, 3 * k + 3, 0);
            }
        }
    }
}
