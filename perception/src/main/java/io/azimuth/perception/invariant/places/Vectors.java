package io.azimuth.perception.invariant.places;

/** Inner products and lengths in double precision, summed in order. */
final class Vectors {
    private Vectors() {}

    /** The same direction with length 1, in place; zero stays zero. */
    static float[] normalised(float[] v) {
        double sum = dot(v, 0, v, 0, v.length);
        double scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
        for (int i = 0; i < v.length; i++) {
            v[i] = (float) (v[i] * scale);
        }
        return v;
    }

    static double dot(float[] a, int fromA, float[] b, int fromB, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (double) a[fromA + i] * b[fromB + i];
        }
        return sum;
    }
}
