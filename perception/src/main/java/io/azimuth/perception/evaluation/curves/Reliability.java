package io.azimuth.perception.evaluation.curves;

import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.DetectionScores.Judged;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether scores are probabilities: detections in bins of their score, with the share that is true.
 * Source: Guo et al., On Calibration of Modern Neural Networks (ICML 2017), eq. 3. Immutable,
 * thread-safe.
 *
 * @param bins of equal width from 0 to 1, empty ones included
 * @param expectedError mean over detections of |share true - mean score| of their bin; NaN without
 *     detections
 */
public record Reliability(List<Bin> bins, double expectedError) {
    /**
     * Detections with {@code from <= score < to}, the last bin with 1 too.
     *
     * @param meanScore NaN if there are none, as {@code trueShare}
     */
    public record Bin(double from, double to, int detections, double meanScore, double trueShare) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * @param count of bins, at least 1
     */
    public static Reliability of(DetectionScores.Judgement judgement, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("bins are " + count + ", expected at least 1");
        }
        int[] n = new int[count];
        int[] hits = new int[count];
        double[] scores = new double[count];
        for (Judged d : judgement.detections()) {
            int bin = Math.min(count - 1, (int) (d.detection().score() * count));
            n[bin]++;
            hits[bin] += d.hit() ? 1 : 0;
            scores[bin] += d.detection().score();
        }
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        for (int i = 0; i < count; i++) {
            double mean = scores[i] / n[i];
            double share = hits[i] / (double) n[i];
            bins.add(new Bin(i / (double) count, (i + 1) / (double) count, n[i], mean, share));
            error += n[i] == 0 ? 0 : n[i] * Math.abs(share - mean);
        }
        return new Reliability(bins, error / judgement.detections().size());
    }
}
