package io.azimuth.perception.evaluation.kitti;

import io.azimuth.perception.geometry.BoxOverlap;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.Arrays;
import java.util.List;

/** One frame's labels and detections of one class with their overlaps. */
final class KittiFrame {
    /** What a label or detection is to the count. */
    private enum Part {
        COUNTS,
        NEUTRAL,
        OTHER
    }

    private final Part[] labels;
    private final Part[] detections;
    private final double[] scores;
    private final double[][] overlap; // [label][detection]
    private final boolean[] inDontCare;
    private final double minOverlap;
    private final boolean[] taken;

    KittiFrame(
            List<KittiLabel> labels,
            List<KittiDetection> detections,
            KittiScores.Rule rule,
            boolean bev) {
        List<KittiLabel> objects = labels.stream().filter(l -> l.box() != null).toList();
        this.labels = new Part[objects.size()];
        this.detections = new Part[detections.size()];
        scores = new double[detections.size()];
        overlap = new double[objects.size()][detections.size()];
        inDontCare = new boolean[detections.size()];
        taken = new boolean[detections.size()];
        minOverlap = rule.minOverlap();
        for (int i = 0; i < objects.size(); i++) {
            this.labels[i] = part(objects.get(i), rule);
        }
        for (int j = 0; j < detections.size(); j++) {
            KittiDetection d = detections.get(j);
            scores[j] = d.score();
            this.detections[j] = part(d, rule);
            for (int i = 0; i < objects.size(); i++) {
                overlap[i][j] = overlap(objects.get(i), d, bev);
            }
            for (KittiLabel l : labels) {
                boolean region = l.box() == null && rule.dontCareIsNeutral();
                inDontCare[j] |= region && d.image().coveredBy(l.image()) > minOverlap;
            }
        }
    }

    private static double overlap(KittiLabel label, KittiDetection d, boolean bev) {
        OrientedBox box = label.box();
        if (box == null) {
            return 0;
        }
        return bev ? BoxOverlap.bev(d.box(), box) : BoxOverlap.volume(d.box(), box);
    }

    private static Part part(KittiLabel label, KittiScores.Rule rule) {
        if (rule.of().is(label.type())) {
            return rule.difficulty().includes(label) ? Part.COUNTS : Part.NEUTRAL;
        }
        return rule.of().isNeighbour(label.type()) ? Part.NEUTRAL : Part.OTHER;
    }

    private static Part part(KittiDetection d, KittiScores.Rule rule) {
        if (!rule.difficulty().judges(d)) {
            return Part.NEUTRAL;
        }
        return rule.of().is(d.type()) ? Part.COUNTS : Part.OTHER;
    }

    int wanted() {
        return (int) Arrays.stream(labels).filter(p -> p == Part.COUNTS).count();
    }

    /**
     * Scores of the detections that find a label when no threshold is set: each label takes its
     * surest detection. Returns how many there are.
     */
    int hits(double[] out, int from) {
        Arrays.fill(taken, false);
        int n = from;
        for (int i = 0; i < labels.length; i++) {
            int surest = -1;
            for (int j = 0; j < scores.length && labels[i] != Part.OTHER; j++) {
                boolean meets = detections[j] != Part.OTHER && overlap[i][j] > minOverlap;
                if (!taken[j] && meets && (surest < 0 || scores[j] > scores[surest])) {
                    surest = j;
                }
            }
            if (surest >= 0) {
                taken[surest] = true;
                if (labels[i] == Part.COUNTS && detections[surest] == Part.COUNTS) {
                    out[n++] = scores[surest];
                }
            }
        }
        return n;
    }

    /** Adds found labels and false detections at a threshold to {@code counts}. */
    void count(double threshold, int[] counts) {
        Arrays.fill(taken, false);
        for (int i = 0; i < labels.length; i++) {
            int best = labels[i] == Part.OTHER ? -1 : best(i, threshold);
            if (best >= 0) {
                taken[best] = true;
                boolean hit = labels[i] == Part.COUNTS && detections[best] == Part.COUNTS;
                counts[0] += hit ? 1 : 0;
            }
        }
        for (int j = 0; j < scores.length; j++) {
            boolean judged = detections[j] == Part.COUNTS && scores[j] >= threshold;
            counts[1] += judged && !taken[j] && !inDontCare[j] ? 1 : 0;
        }
    }

    /** The detection that overlaps most; a neutral one only if there is no other. */
    private int best(int label, double threshold) {
        int best = -1;
        for (int j = 0; j < scores.length; j++) {
            boolean open = !taken[j] && detections[j] != Part.OTHER && scores[j] >= threshold;
            if (!open || !(overlap[label][j] > minOverlap)) {
                continue;
            }
            boolean counts = detections[j] == Part.COUNTS;
            boolean neutralHeld = best >= 0 && detections[best] == Part.NEUTRAL;
            if (best < 0 || (counts && (neutralHeld || overlap[label][j] > overlap[label][best]))) {
                best = j;
            }
        }
        return best;
    }
}
