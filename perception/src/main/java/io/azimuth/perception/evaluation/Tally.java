package io.azimuth.perception.evaluation;

import io.azimuth.perception.evaluation.DetectionScores.Breakdown;
import io.azimuth.perception.evaluation.DetectionScores.Counts;
import io.azimuth.perception.evaluation.Matching.Verdict;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** Counts what a matching found, missed and made up, as a whole and in parts. */
final class Tally {
    private static final double[] RANGE_EDGES_M = {0, 20, 40, 60};
    private static final double[] POINT_EDGES = {5, 20, 100, Double.POSITIVE_INFINITY};
    private static final int OCTANTS = 8;
    private static final double OCTANT_RAD = 2 * Math.PI / OCTANTS;

    private Tally() {}

    static Counts all(Matching matching) {
        int[] found = new int[1];
        int[] missed = new int[1];
        int[] extra = new int[1];
        fill(matching, b -> 0, b -> 0, found, missed, extra);
        return new Counts(0, Double.POSITIVE_INFINITY, true, found[0], missed[0], extra[0]);
    }

    static Breakdown split(Matching matching) {
        return new Breakdown(
                byEdges(matching, RANGE_EDGES_M, b -> b.box().rangeM(), OrientedBox::rangeM),
                byEdges(matching, POINT_EDGES, LabelledBox::points, b -> Double.NaN),
                byOctant(matching));
    }

    private static List<Counts> byEdges(
            Matching matching,
            double[] edges,
            ToDoubleFunction<LabelledBox> ofLabel,
            ToDoubleFunction<OrientedBox> ofFalse) {
        int n = edges.length - 1;
        int[] found = new int[n];
        int[] missed = new int[n];
        int[] extra = new int[n];
        fill(
                matching,
                b -> bin(edges, ofLabel.applyAsDouble(b)),
                b -> bin(edges, ofFalse.applyAsDouble(b)),
                found,
                missed,
                extra);
        boolean falseKnown = edges != POINT_EDGES;
        List<Counts> out = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            out.add(new Counts(edges[i], edges[i + 1], falseKnown, found[i], missed[i], extra[i]));
        }
        return out;
    }

    private static List<Counts> byOctant(Matching matching) {
        int[] found = new int[OCTANTS];
        int[] missed = new int[OCTANTS];
        int[] extra = new int[OCTANTS];
        fill(matching, b -> octant(b.box()), Tally::octant, found, missed, extra);
        List<Counts> out = new ArrayList<>();
        for (int i = 0; i < OCTANTS; i++) {
            double middle = 360.0 / OCTANTS * i;
            double half = 180.0 / OCTANTS;
            out.add(new Counts(middle - half, middle + half, true, found[i], missed[i], extra[i]));
        }
        return out;
    }

    /** The octant around 0, 45, .. 315 degrees: the one behind is whole. */
    private static int octant(OrientedBox box) {
        double azimuth = Math.atan2(box.y(), box.x());
        return Math.floorMod((int) Math.floor(azimuth / OCTANT_RAD + 0.5), OCTANTS);
    }

    /** The bin whose edges enclose the value, or -1. */
    private static int bin(double[] edges, double value) {
        for (int i = 0; i + 1 < edges.length; i++) {
            if (value >= edges[i] && value < edges[i + 1]) {
                return i;
            }
        }
        return -1;
    }

    private static void fill(
            Matching matching,
            ToIntFunction<LabelledBox> ofLabel,
            ToIntFunction<OrientedBox> ofFalse,
            int[] found,
            int[] missed,
            int[] extra) {
        for (LabelledBox b : matching.wanted) {
            add(missed, ofLabel.applyAsInt(b), 1);
        }
        for (Verdict v : matching.verdicts) {
            LabelledBox truth = v.truth();
            if (truth == null) {
                add(extra, ofFalse.applyAsInt(v.detection().box()), 1);
            } else {
                add(found, ofLabel.applyAsInt(truth), 1);
                add(missed, ofLabel.applyAsInt(truth), -1);
            }
        }
    }

    private static void add(int[] counts, int bin, int by) {
        if (bin >= 0) {
            counts[bin] += by;
        }
    }
}
