package io.azimuth.perception.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * CLEAR MOT scores of tracks by centre distance. Source: Bernardin, Stiefelhagen, "Evaluating
 * multiple object tracking performance" (2008); differs: pairs that do not go on from the sweep
 * before are joined greedily, nearest first, instead of by a global assignment. Immutable.
 *
 * @param wanted boxes of the truth that count
 * @param misses of them without a track
 * @param falseBoxes track boxes that match no truth
 * @param idSwitches an object is followed by another track than before
 * @param fragmentations an object is lost and found again
 * @param mota {@code 1 - (misses + falseBoxes + idSwitches) / wanted}; NaN if nothing is wanted
 * @param motpM mean centre distance of matched boxes, metres; NaN if there are none
 * @param mostlyTracked objects followed in at least 80 % of their boxes
 * @param mostlyLost objects followed in less than 20 %
 */
public record TrackScores(
        int wanted,
        int misses,
        int falseBoxes,
        int idSwitches,
        int fragmentations,
        double mota,
        double motpM,
        int mostlyTracked,
        int mostlyLost) {

    private record Pair(LabelledBox truth, ScoredBox box, double distanceM) {}

    /** What is known of one object of the truth. */
    private static final class History {
        private int boxes;
        private int followed;
        private @Nullable String lastTrack;
        private boolean lost;
    }

    /** Sweeps, misses and matches counted so far. */
    private static final class Tally {
        private final TreeMap<String, History> objects = new TreeMap<>();
        private int falseBoxes;
        private int switches;
        private int fragments;
        private int matches;
        private double distanceM;
    }

    /**
     * Scores tracks over the sweeps that hold truth; boxes of other sweeps are left out.
     *
     * @param tracks boxes with their track's name
     * @param distanceM largest centre distance of a match, metres
     */
    public static TrackScores of(
            List<LabelledBox> truth,
            List<ScoredBox> tracks,
            EvaluationRegion region,
            double distanceM) {
        TreeMap<Long, List<LabelledBox>> wantBySweep = new TreeMap<>();
        Map<Long, List<ScoredBox>> gotBySweep = new HashMap<>(); // looked up, never iterated
        for (LabelledBox box : truth) {
            wantBySweep.computeIfAbsent(box.sweep(), s -> new ArrayList<>()).add(box);
        }
        for (ScoredBox box : tracks) {
            gotBySweep.computeIfAbsent(box.sweep(), s -> new ArrayList<>()).add(box);
        }
        Tally tally = new Tally();
        for (Map.Entry<Long, List<LabelledBox>> e : wantBySweep.entrySet()) {
            List<ScoredBox> got = gotBySweep.getOrDefault(e.getKey(), List.of());
            addSweep(tally, e.getValue(), got, region, distanceM);
        }
        return summary(tally);
    }

    private static void addSweep(
            Tally tally,
            List<LabelledBox> want,
            List<ScoredBox> got,
            EvaluationRegion region,
            double distanceM) {
        Map<LabelledBox, Pair> matched = match(tally, want, got, distanceM);
        Set<ScoredBox> used = new HashSet<>();
        for (Pair pair : matched.values()) {
            used.add(pair.box); // a set: the order does not matter
        }
        for (ScoredBox box : got) {
            tally.falseBoxes += !used.contains(box) && region.countsFalse(box.box()) ? 1 : 0;
        }
        for (LabelledBox box : want) {
            if (region.keeps(box)) {
                count(tally, box, matched.get(box));
            }
        }
    }

    private static void count(Tally tally, LabelledBox box, @Nullable Pair pair) {
        History object = tally.objects.computeIfAbsent(box.track(), t -> new History());
        object.boxes++;
        if (pair == null) {
            object.lost = object.lastTrack != null;
            return;
        }
        object.followed++;
        tally.matches++;
        tally.distanceM += pair.distanceM;
        boolean switched = object.lastTrack != null && !object.lastTrack.equals(pair.box.track());
        tally.switches += switched ? 1 : 0;
        tally.fragments += object.lost ? 1 : 0;
        object.lost = false;
        object.lastTrack = pair.box.track();
    }

    private static Map<LabelledBox, Pair> match(
            Tally tally, List<LabelledBox> want, List<ScoredBox> got, double distanceM) {
        List<Pair> pairs = new ArrayList<>();
        for (LabelledBox truth : want) {
            for (ScoredBox box : got) {
                double d =
                        Math.hypot(
                                truth.box().x() - box.box().x(), truth.box().y() - box.box().y());
                ClassGroup group = ClassGroup.of(truth.objectClass());
                if (d <= distanceM && group == ClassGroup.of(box.objectClass())) {
                    pairs.add(new Pair(truth, box, d));
                }
            }
        }
        pairs.sort(
                Comparator.comparing((Pair p) -> !goesOn(tally, p))
                        .thenComparingDouble(Pair::distanceM)
                        .thenComparing(p -> p.truth.track())
                        .thenComparing(p -> p.box.track()));
        Map<LabelledBox, Pair> out = new HashMap<>();
        Set<ScoredBox> used = new HashSet<>();
        for (Pair pair : pairs) {
            if (!out.containsKey(pair.truth) && used.add(pair.box)) {
                out.put(pair.truth, pair);
            }
        }
        return out;
    }

    private static boolean goesOn(Tally tally, Pair pair) {
        History object = tally.objects.get(pair.truth.track());
        return object != null && pair.box.track().equals(object.lastTrack);
    }

    private static TrackScores summary(Tally tally) {
        int wanted = 0;
        int followed = 0;
        int mostlyTracked = 0;
        int mostlyLost = 0;
        for (History object : tally.objects.values()) {
            wanted += object.boxes;
            followed += object.followed;
            mostlyTracked += object.followed >= 0.8 * object.boxes ? 1 : 0;
            mostlyLost += object.followed < 0.2 * object.boxes ? 1 : 0;
        }
        int misses = wanted - followed;
        int wrong = misses + tally.falseBoxes + tally.switches;
        return new TrackScores(
                wanted,
                misses,
                tally.falseBoxes,
                tally.switches,
                tally.fragments,
                wanted == 0 ? Double.NaN : 1 - wrong / (double) wanted,
                tally.matches == 0 ? Double.NaN : tally.distanceM / tally.matches,
                mostlyTracked,
                mostlyLost);
    }
}
