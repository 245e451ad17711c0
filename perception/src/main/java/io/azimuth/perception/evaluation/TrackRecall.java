package io.azimuth.perception.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Recall of real recordings, where few objects stay in view for long: the mean over tracks of each
 * track's own recall, so that a long track does not outvote a short one. A box is found if a
 * detection of its class group lies within {@link Options#distanceM} of its centre; boxes that
 * count take their detections first, in the order of the list, best score first. A detection of
 * another group takes the box as well (it is not false), but does not find it.
 *
 * @param meanRecall mean over tracks; 0 if there is none
 * @param tracks each track's recall, worst first
 * @param unmatched detections in view that match no box, of all judged sweeps
 * @param falsePerSweep how many there are a judged sweep
 */
public record TrackRecall(
        double meanRecall, List<Entry> tracks, List<ScoredBox> unmatched, double falsePerSweep) {
    private static final int THRESHOLDS = 100;

    /** One track's share of boxes found. */
    public record Entry(ClassGroup group, String track, int boxes, double recall) {}

    /**
     * @param minScore detections below it are left out
     * @param distanceM centre distance of a match, metres
     */
    public record Options(EvaluationRegion region, double minScore, double distanceM) {
        /** At least 50 points, 40 m, the front camera's view, score 0.3, 1 m. */
        public static Options kitti() {
            return new Options(EvaluationRegion.frontCamera(50, 40), 0.3, 1.0);
        }
    }

    private record Key(ClassGroup group, String track) implements Comparable<Key> {
        @Override
        public int compareTo(Key o) {
            int byGroup = group.compareTo(o.group);
            return byGroup != 0 ? byGroup : track.compareTo(o.track);
        }
    }

    public TrackRecall {
        tracks = List.copyOf(tracks);
        unmatched = List.copyOf(unmatched);
    }

    /** Judges only sweeps that hold a label. */
    public static TrackRecall of(
            List<LabelledBox> truth, List<ScoredBox> detections, Options options) {
        TreeSet<Long> sweeps = new TreeSet<>();
        truth.stream()
                .filter(b -> ClassGroup.of(b.objectClass()) != null)
                .forEach(b -> sweeps.add(b.sweep()));
        return of(truth, detections, options, sweeps);
    }

    /**
     * The best mean recall over score thresholds 0, 0.01, .. 1 with at most so many false boxes a
     * sweep, so that no threshold need be argued about; {@code minScore} of the options is not
     * used.
     *
     * @param mostFalse false boxes a sweep
     */
    public static double bestRecall(
            List<LabelledBox> truth,
            List<ScoredBox> detections,
            Options options,
            Set<Long> judgedSweeps,
            double mostFalse) {
        double best = 0;
        for (int k = 0; k <= THRESHOLDS; k++) {
            Options at = new Options(options.region, k / (double) THRESHOLDS, options.distanceM);
            TrackRecall r = of(truth, detections, at, judgedSweeps);
            if (r.falsePerSweep <= mostFalse) {
                best = Math.max(best, r.meanRecall);
            }
        }
        return best;
    }

    /**
     * @param judgedSweeps all sweeps that were labelled, those in which there was nothing to label
     *     included: a detection there is false
     */
    public static TrackRecall of(
            List<LabelledBox> truth,
            List<ScoredBox> detections,
            Options options,
            Set<Long> judgedSweeps) {
        Map<Long, List<ScoredBox>> free = new HashMap<>(); // looked up by sweep, never iterated
        List<ScoredBox> ranked = new ArrayList<>(detections);
        ranked.sort(
                Comparator.comparingDouble((ScoredBox d) -> -d.score())); // ties keep their order
        for (ScoredBox d : ranked) {
            if (d.score() >= options.minScore) {
                free.computeIfAbsent(d.sweep(), s -> new ArrayList<>()).add(d);
            }
        }
        TreeMap<Key, int[]> found = new TreeMap<>(); // boxes, found
        for (LabelledBox box : byImportance(truth, options.region)) {
            ClassGroup group = ClassGroup.of(box.objectClass());
            if (group == null) {
                continue;
            }
            List<ScoredBox> candidates = free.getOrDefault(box.sweep(), List.of());
            ScoredBox same = firstNear(candidates, box, group, options.distanceM);
            ScoredBox near =
                    same != null ? same : firstNear(candidates, box, null, options.distanceM);
            if (options.region.keeps(box)) {
                int[] count = found.computeIfAbsent(new Key(group, box.track()), k -> new int[2]);
                count[0]++;
                count[1] += same != null ? 1 : 0;
            }
            if (near != null) {
                candidates.remove(near);
            }
        }
        List<ScoredBox> unmatched = new ArrayList<>();
        for (long sweep : new TreeSet<>(judgedSweeps)) {
            for (ScoredBox d : free.getOrDefault(sweep, List.of())) {
                if (options.region.countsFalse(d.box())) {
                    unmatched.add(d);
                }
            }
        }
        return summary(found, unmatched, judgedSweeps.size());
    }

    private static TrackRecall summary(
            TreeMap<Key, int[]> found, List<ScoredBox> unmatched, int sweeps) {
        List<Entry> entries = new ArrayList<>();
        double sum = 0;
        for (Map.Entry<Key, int[]> e : found.entrySet()) {
            int[] count = e.getValue();
            double recall = count[1] / (double) count[0];
            sum += recall;
            entries.add(new Entry(e.getKey().group, e.getKey().track, count[0], recall));
        }
        entries.sort(Comparator.comparingDouble(Entry::recall));
        double mean = entries.isEmpty() ? 0 : sum / entries.size();
        double falsePerSweep = unmatched.size() / (double) Math.max(1, sweeps);
        return new TrackRecall(mean, entries, unmatched, falsePerSweep);
    }

    private static List<LabelledBox> byImportance(
            List<LabelledBox> truth, EvaluationRegion region) {
        List<LabelledBox> sorted = new ArrayList<>(truth);
        sorted.sort(Comparator.comparing((LabelledBox b) -> !region.keeps(b)));
        return sorted;
    }

    private static @Nullable ScoredBox firstNear(
            List<ScoredBox> ranked, LabelledBox box, @Nullable ClassGroup group, double metres) {
        for (ScoredBox d : ranked) {
            double dx = d.box().x() - box.box().x();
            double dy = d.box().y() - box.box().y();
            boolean groupFits = group == null || ClassGroup.of(d.objectClass()) == group;
            if (groupFits && Math.hypot(dx, dy) <= metres) {
                return d;
            }
        }
        return null;
    }
}
