package io.azimuth.perception.evaluation;

import java.util.List;

/** A precision-recall curve: one point a detection, by falling score. */
final class PrecisionRecall {
    private static final int NUSCENES_POINTS = 101;
    private static final int NUSCENES_FIRST = 11; // recalls up to 0.1 do not count
    private static final double NUSCENES_MIN_PRECISION = 0.1;

    private final double[] precision;
    private final double[] recall;
    private final double[] envelope; // best precision at this recall or beyond

    private PrecisionRecall(double[] precision, double[] recall) {
        this.precision = precision;
        this.recall = recall;
        this.envelope = precision.clone();
        for (int i = envelope.length - 2; i >= 0; i--) {
            envelope[i] = Math.max(envelope[i], envelope[i + 1]);
        }
    }

    static PrecisionRecall of(Matching matching) {
        List<Matching.Verdict> verdicts = matching.verdicts;
        int wanted = matching.wanted.size();
        double[] precision = new double[wanted == 0 ? 0 : verdicts.size()];
        double[] recall = new double[precision.length];
        int hits = 0;
        for (int i = 0; i < precision.length; i++) {
            hits += verdicts.get(i).hit() ? 1 : 0;
            precision[i] = hits / (double) (i + 1);
            recall[i] = hits / (double) wanted;
        }
        return new PrecisionRecall(precision, recall);
    }

    /** Area under the interpolated curve; 0 if there is nothing to find or nothing was found. */
    double area() {
        double sum = 0;
        double before = 0;
        for (int i = 0; i < recall.length; i++) {
            sum += (recall[i] - before) * envelope[i];
            before = recall[i];
        }
        return sum;
    }

    /** Mean interpolated precision at recalls 1/n, 2/n, ... 1 (KITTI with n = 40). */
    double atRecallPoints(int n) {
        double sum = 0;
        int i = 0;
        for (int k = 1; k <= n; k++) {
            while (i < recall.length && recall[i] * n < k - 1e-9) {
                i++;
            }
            sum += i < recall.length ? envelope[i] : 0;
        }
        return sum / n;
    }

    /** nuScenes: precision interpolated linearly at 101 recalls, those above 0.1, less 0.1. */
    double nuscenes() {
        double sum = 0;
        for (int k = NUSCENES_FIRST; k < NUSCENES_POINTS; k++) {
            double p = interpolated(k / (double) (NUSCENES_POINTS - 1));
            sum += Math.max(0, p - NUSCENES_MIN_PRECISION);
        }
        double ap = sum / (NUSCENES_POINTS - NUSCENES_FIRST) / (1 - NUSCENES_MIN_PRECISION);
        return Math.min(1, ap); // the sum rounds to above
    }

    private double interpolated(double at) {
        int n = recall.length;
        if (n == 0 || at > recall[n - 1]) {
            return 0;
        }
        int above = 0; // first point whose recall exceeds
        while (above < n && recall[above] <= at) {
            above++;
        }
        if (above == 0) {
            return precision[0];
        }
        if (above == n) {
            return precision[n - 1];
        }
        double share = (at - recall[above - 1]) / (recall[above] - recall[above - 1]);
        return precision[above - 1] + share * (precision[above] - precision[above - 1]);
    }
}
