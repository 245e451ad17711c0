package io.azimuth.jobs.crops;

import io.azimuth.connectors.crops.CropTable;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What turning a crop changes of an encoder's answer: nothing, if the encoder is exact. Each crop
 * is encoded as it lies, then under turns of the encoder's group (of SO(3), if it has none), its
 * points in another order, and moved as well unless coordinates are rounded.
 */
public final class TurnCheck {
    /** A lead of the best class that a turn must not overturn. */
    public static final double MARGIN = 1e-3;

    private static final double FARTHEST_M = 50;

    /**
     * What was found.
     *
     * @param compared turned crops
     * @param p95 of the largest change of a class's probability
     * @param max of the same
     * @param flips decisions that changed although the best class led by more than {@link #MARGIN}
     */
    public record Result(int crops, int compared, double p95, double max, int flips) {}

    private final CropEncoder encoder;
    private final int turns;
    private final boolean rounded;

    /**
     * @param encoder stays the caller's to close
     * @param turns of each crop
     * @param rounded whether coordinates are rounded to float32 after the turn, as a file would
     *     hold them
     */
    public TurnCheck(CropEncoder encoder, int turns, boolean rounded) {
        this.encoder = encoder;
        this.turns = turns;
        this.rounded = rounded;
    }

    /**
     * Checks crops evenly spread over a set.
     *
     * @param crops that many, or all if there are fewer; 1 at least
     */
    public Result check(CropTable table, int crops, long seed) {
        int n = Math.min(crops, table.size());
        SplittableRandom random = new SplittableRandom(seed);
        double[] changes = new double[n * turns];
        int flips = 0;
        for (int i = 0; i < n; i++) {
            Crop crop = table.crop((int) ((long) i * table.size() / n));
            List<Crop> turned = new ArrayList<>();
            for (int t = 0; t < turns; t++) {
                turned.add(turned(crop, random));
            }
            double[] still = encoder.encode(List.of(crop)).get(0).probabilities();
            for (int t = 0; t < turns; t++) {
                double[] found = encoder.encode(List.of(turned.get(t))).get(0).probabilities();
                changes[i * turns + t] = largestChange(still, found);
                flips += lead(still) > MARGIN && top(found) != top(still) ? 1 : 0;
            }
        }
        Arrays.sort(changes);
        int last = changes.length - 1;
        return new Result(n, changes.length, changes[(int) (0.95 * last)], changes[last], flips);
    }

    private Crop turned(Crop crop, SplittableRandom random) {
        Crop moved = crop.in(turn(random));
        double[][] p = {moved.x(), moved.y(), moved.z()};
        shuffle(p, random);
        Crop out = new Crop(p[0], p[1], p[2], moved.sensor(), moved.up());
        if (!rounded) {
            double[] by = new double[3];
            for (int k = 0; k < 3; k++) {
                by[k] = random.nextDouble(-FARTHEST_M, FARTHEST_M);
            }
            return out.in(RigidTransform.translation(by[0], by[1], by[2]));
        }
        for (double[] axis : p) {
            for (int i = 0; i < axis.length; i++) {
                axis[i] = (float) axis[i];
            }
        }
        return out;
    }

    private RigidTransform turn(SplittableRandom random) {
        if (encoder.info().group() == SymmetryGroup.YAW) {
            return RigidTransform.ofYaw(random.nextDouble(-Math.PI, Math.PI), 0, 0, 0);
        }
        return CropTurns.drawn(random);
    }

    private static void shuffle(double[][] p, SplittableRandom random) {
        for (int i = p[0].length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            for (double[] axis : p) {
                double held = axis[i];
                axis[i] = axis[j];
                axis[j] = held;
            }
        }
    }

    private static double largestChange(double[] a, double[] b) {
        double most = 0;
        for (int c = 0; c < a.length; c++) {
            most = Math.max(most, Math.abs(a[c] - b[c]));
        }
        return most;
    }

    private static double lead(double[] p) {
        double[] sorted = p.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - 1] - sorted[sorted.length - 2];
    }

    private static int top(double[] p) {
        int best = 0;
        for (int c = 1; c < p.length; c++) {
            best = p[c] > p[best] ? c : best;
        }
        return best;
    }
}
