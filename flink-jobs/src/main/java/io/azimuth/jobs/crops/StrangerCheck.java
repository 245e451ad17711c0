package io.azimuth.jobs.crops;

import io.azimuth.connectors.crops.CropTable;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How well a score tells crops of classes that were never taught (strangers) from those that were.
 * Crops without points have no score and are left out.
 */
public final class StrangerCheck {
    private static final double TOLD = 0.95;
    private static final int CHUNK = 32;

    /**
     * What was found. Scores above 0 call a crop a stranger.
     *
     * @param known taught crops with a score
     * @param strangers others with a score
     * @param auroc chance that a stranger has a higher score than a taught crop, ties half
     * @param told share of the strangers above 0
     * @param refused share of the taught crops above 0
     * @param refusedAt95 share of the taught crops that are refused if 95 % of strangers are told
     */
    public record Result(
            int known,
            int strangers,
            double auroc,
            double told,
            double refused,
            double refusedAt95) {}

    private StrangerCheck() {}

    /** Scores of a set's crops, in order, without those of crops that have no points. */
    public static double[] scores(
            CropEncoder encoder, ToDoubleFunction<Encoding> score, CropTable table) {
        double[] out = new double[table.size()];
        int n = 0;
        for (int from = 0; from < table.size(); from += CHUNK) {
            List<Crop> chunk = new ArrayList<>();
            for (int i = from; i < Math.min(from + CHUNK, table.size()); i++) {
                if (table.points(i) > 0) {
                    chunk.add(table.crop(i));
                }
            }
            for (Encoding e : encoder.encode(chunk)) {
                out[n++] = score.applyAsDouble(e);
            }
        }
        return Arrays.copyOf(out, n);
    }

    /**
     * Compares two sets of scores, one of each at least.
     *
     * @throws IllegalArgumentException if one is empty
     */
    public static Result compare(double[] known, double[] strangers) {
        if (known.length == 0 || strangers.length == 0) {
            throw new IllegalArgumentException(
                    "%d known crops and %d strangers have points, expected 1 of each at least"
                            .formatted(known.length, strangers.length));
        }
        double[] k = known.clone();
        double[] s = strangers.clone();
        Arrays.sort(k);
        Arrays.sort(s);
        double threshold = s[(int) ((1 - TOLD) * (s.length - 1))];
        return new Result(
                k.length,
                s.length,
                auroc(k, s),
                1 - share(s, 0, true),
                1 - share(k, 0, true),
                1 - share(k, threshold, false));
    }

    /** Of sorted scores. */
    private static double auroc(double[] known, double[] strangers) {
        double sum = 0;
        for (double s : strangers) {
            sum += (share(known, s, false) + share(known, s, true)) / 2;
        }
        return sum / strangers.length;
    }

    /** Share of sorted scores below a value, or at most it. */
    private static double share(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean under = orEqual ? sorted[middle] <= value : sorted[middle] < value;
            low = under ? middle + 1 : low;
            high = under ? high : middle;
        }
        return (double) low / sorted.length;
    }
}
