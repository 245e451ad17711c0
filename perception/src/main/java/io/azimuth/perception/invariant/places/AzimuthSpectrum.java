package io.azimuth.perception.invariant.places;

/**
 * Magnitudes of the first frequencies over azimuth of each row of a map: the same for a shifted
 * row. Stateless.
 */
final class AzimuthSpectrum {
    static final int FREQUENCIES = 16;

    private static final double[] COS = new double[ConcentricMap.DIRECTIONS];
    private static final double[] SIN = new double[ConcentricMap.DIRECTIONS];

    static {
        for (int k = 0; k < COS.length; k++) {
            double angle = 2 * Math.PI * k / COS.length;
            COS[k] = StrictMath.cos(angle);
            SIN[k] = StrictMath.sin(angle);
        }
    }

    private AzimuthSpectrum() {}

    /** {@code [row][frequency]} of a map's rows. */
    static float[] of(float[] map) {
        int n = ConcentricMap.DIRECTIONS;
        int rows = map.length / n;
        float[] out = new float[rows * FREQUENCIES];
        for (int r = 0; r < rows; r++) {
            for (int f = 0; f < FREQUENCIES; f++) {
                double re = 0;
                double im = 0;
                for (int k = 0; k < n; k++) {
                    double v = map[r * n + k];
                    int at = f * k % n;
                    re += v * COS[at];
                    im -= v * SIN[at];
                }
                out[r * FREQUENCIES + f] = (float) (Math.sqrt(re * re + im * im) / n);
            }
        }
        return out;
    }
}
