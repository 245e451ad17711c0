package io.azimuth.perception.evaluation.kitti;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Average precision by KITTI's rules: thresholds at the scores of hits that come nearest to 41
 * evenly spaced recalls, precision made monotone, averaged over the 40 recalls above 0. A label of
 * the neighbour class or beyond the difficulty is neutral, as is what is matched to it; detections
 * that are too low in the image are never false. Immutable, thread-safe.
 *
 * @param rows one a class, difficulty and overlap
 */
public record KittiScores(List<Row> rows) {
    private static final int STEPS = 40;

    /**
     * What is counted.
     *
     * @param minOverlap that a match must exceed
     * @param dontCareIsNeutral whether a detection that lies in a {@code DontCare} region of the
     *     image is neutral. The benchmark applies those regions to its image metric only, for they
     *     have no box: false gives its figures
     */
    public record Rule(
            KittiClass of,
            KittiDifficulty difficulty,
            double minOverlap,
            boolean dontCareIsNeutral) {
        /** The benchmark's. */
        public static Rule of(KittiClass kittiClass, KittiDifficulty difficulty) {
            return new Rule(kittiClass, difficulty, kittiClass.minOverlap(), false);
        }
    }

    /**
     * @param wanted labels that count
     * @param bevR40 by overlap seen from above, in [0, 1]; NaN if nothing is wanted
     * @param volumeR40 by overlap in space
     * @param bevR11 at 11 recalls, 0 included, as before 2019; for comparison only
     */
    public record Row(Rule rule, int wanted, double bevR40, double volumeR40, double bevR11) {}

    public KittiScores {
        rows = List.copyOf(rows);
    }

    /** All classes and difficulties, cars also at an overlap of 0.5. */
    public static KittiScores of(List<KittiLabel> labels, List<KittiDetection> detections) {
        List<Rule> rules = new ArrayList<>();
        for (KittiClass c : KittiClass.values()) {
            for (KittiDifficulty d : KittiDifficulty.values()) {
                rules.add(Rule.of(c, d));
            }
        }
        for (KittiDifficulty d : KittiDifficulty.values()) {
            rules.add(new Rule(KittiClass.CAR, d, 0.5, false));
        }
        return of(labels, detections, rules);
    }

    /** Scores by the given rules; frames without labels count with what was detected there. */
    public static KittiScores of(
            List<KittiLabel> labels, List<KittiDetection> detections, List<Rule> rules) {
        List<Row> rows = new ArrayList<>();
        for (Rule rule : rules) {
            List<KittiFrame> bev = frames(labels, detections, rule, true);
            double[] fromAbove = precisions(bev);
            double[] inSpace = precisions(frames(labels, detections, rule, false));
            int wanted = bev.stream().mapToInt(KittiFrame::wanted).sum();
            rows.add(
                    new Row(
                            rule,
                            wanted,
                            wanted == 0 ? Double.NaN : mean(fromAbove, 1, 1),
                            wanted == 0 ? Double.NaN : mean(inSpace, 1, 1),
                            wanted == 0 ? Double.NaN : mean(fromAbove, 0, 4)));
        }
        return new KittiScores(rows);
    }

    private static List<KittiFrame> frames(
            List<KittiLabel> labels, List<KittiDetection> detections, Rule rule, boolean bev) {
        Map<Long, List<KittiLabel>> wanted = new TreeMap<>();
        Map<Long, List<KittiDetection>> found = new TreeMap<>();
        labels.forEach(l -> wanted.computeIfAbsent(l.frame(), f -> new ArrayList<>()).add(l));
        detections.forEach(d -> found.computeIfAbsent(d.frame(), f -> new ArrayList<>()).add(d));
        TreeSet<Long> all = new TreeSet<>(wanted.keySet());
        all.addAll(found.keySet());
        List<KittiFrame> out = new ArrayList<>();
        for (long frame : all) {
            out.add(
                    new KittiFrame(
                            wanted.getOrDefault(frame, List.of()),
                            found.getOrDefault(frame, List.of()),
                            rule,
                            bev));
        }
        return out;
    }

    /** Monotone precision at recalls 0, 1/40, .. 1; 0 where the recall is not reached. */
    private static double[] precisions(List<KittiFrame> frames) {
        double[] out = new double[STEPS + 1];
        double[] thresholds = thresholds(frames);
        for (int k = 0; k < thresholds.length; k++) {
            int[] counts = new int[2]; // hits, false
            for (KittiFrame frame : frames) {
                frame.count(thresholds[k], counts);
            }
            out[k] = counts[0] == 0 ? 0 : counts[0] / (double) (counts[0] + counts[1]);
        }
        for (int k = thresholds.length - 2; k >= 0; k--) {
            out[k] = Math.max(out[k], out[k + 1]);
        }
        return out;
    }

    /** Scores of hits at which the recall comes nearest to each step. */
    private static double[] thresholds(List<KittiFrame> frames) {
        int wanted = frames.stream().mapToInt(KittiFrame::wanted).sum();
        double[] hits = new double[wanted];
        int n = 0;
        for (KittiFrame frame : frames) {
            n = frame.hits(hits, n);
        }
        Arrays.sort(hits, 0, n);
        double[] out = new double[STEPS + 1];
        int used = 0;
        double recall = 0;
        for (int i = 0; i < n && used <= STEPS; i++) {
            double here = (i + 1) / (double) wanted;
            double next = i < n - 1 ? (i + 2) / (double) wanted : here;
            if (next - recall < recall - here && i < n - 1) {
                continue;
            }
            out[used++] = hits[n - 1 - i];
            recall += 1.0 / STEPS;
        }
        return Arrays.copyOf(out, used);
    }

    private static double mean(double[] precisions, int from, int step) {
        double sum = 0;
        int n = 0;
        for (int k = from; k <= STEPS; k += step, n++) {
            sum += precisions[k];
        }
        return sum / n;
    }
}
