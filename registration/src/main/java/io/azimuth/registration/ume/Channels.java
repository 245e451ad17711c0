package io.azimuth.registration.ume;

/**
 * The invariant weights of a scan's points: 5 surface classes times 4 soft bins of height above the
 * local ground, thinned where points stand densely. Kept sparse, since few of the 20 are not tiny.
 */
final class Channels {
    static final int HEIGHT_BINS = 4;
    static final int COUNT = SurfaceFeatures.CLASSES * HEIGHT_BINS;

    private static final double[] CENTRES_M = {0.7, 1.8, 3.2, 5.5};
    private static final double SIGMA_M = 0.6;
    private static final double TINY = 0.01;

    /** Entries of point i stand at {@code starts[i] .. starts[i + 1]}. */
    final int[] starts;

    final int[] channel;
    final double[] weight;

    Channels(SurfaceFeatures features, double[] heightM, boolean[] standing, int size) {
        starts = new int[size + 1];
        int[] ids = new int[size * COUNT];
        double[] weights = new double[size * COUNT];
        double[] bins = new double[HEIGHT_BINS];
        int n = 0;
        for (int i = 0; i < size; i++) {
            starts[i] = n;
            if (!standing[i] || features.neighbours[i] < 1) {
                continue;
            }
            softBins(heightM[i], bins);
            double scale = 1 / Math.sqrt(features.neighbours[i]);
            for (int c = 0; c < SurfaceFeatures.CLASSES; c++) {
                double share = features.classes[SurfaceFeatures.CLASSES * i + c];
                for (int b = 0; b < HEIGHT_BINS; b++) {
                    double w = share * bins[b];
                    if (w > TINY) {
                        ids[n] = c * HEIGHT_BINS + b;
                        weights[n++] = w * scale;
                    }
                }
            }
        }
        starts[size] = n;
        channel = java.util.Arrays.copyOf(ids, n);
        weight = java.util.Arrays.copyOf(weights, n);
    }

    /** Soft-max of the squared distances, so that a height beyond the last bin still counts. */
    private static void softBins(double heightM, double[] out) {
        double nearest = Double.MAX_VALUE;
        for (double c : CENTRES_M) {
            nearest = Math.min(nearest, Math.abs(heightM - c));
        }
        double sum = 0;
        for (int b = 0; b < HEIGHT_BINS; b++) {
            double e = heightM - CENTRES_M[b];
            out[b] = Math.exp((nearest * nearest - e * e) / (2 * SIGMA_M * SIGMA_M));
            sum += out[b];
        }
        for (int b = 0; b < HEIGHT_BINS; b++) {
            out[b] /= sum;
        }
    }
}
