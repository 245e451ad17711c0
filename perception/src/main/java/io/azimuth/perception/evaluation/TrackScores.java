package io.azimuth.perception.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * CLEAR MOT and identity scores of tracks by centre distance seen from above. Sources: Bernardin,
 * Stiefelhagen, "Evaluating multiple object tracking performance" (2008); Ristani et al.,
 * "Performance measures and a data set for multi-target, multi-camera tracking" (2016) for IDF1.
 * Immutable, thread-safe.
 *
 * <p>A pair of the last sighting goes on while it is near enough (of two objects that claim one
 * track the nearer gets it); the rest is joined by the assignment with most pairs and, among those,
 * the least total distance. Only boxes of one {@link ClassGroup} match; boxes of class unknown are
 * never scored. Neutral truth (outside the region, or without identity) takes part in the
 * assignment, so that its track is not false, but counts nowhere. For the identity scores the boxes
 * of neutral truth and the unmatched ones that cannot be false are left out beforehand.
 *
 * @param wanted boxes of the truth that count
 * @param misses of them without a track
 * @param falseBoxes track boxes that match no truth
 * @param idSwitches an object is followed by another track than at its last sighting, however long
 *     ago that was
 * @param fragmentations an object is lost and found again
 * @param mota {@code 1 - (misses + falseBoxes + idSwitches) / wanted}; NaN if nothing is wanted
 * @param motpM mean centre distance of matched boxes, metres; NaN if there are none
 * @param objects objects of the truth that count in at least one sweep
 * @param mostlyTracked of them followed in at least 80 % of their boxes
 * @param mostlyLost of them followed in less than 20 %
 * @param identity agreement of whole tracks with whole objects
 */
public record TrackScores(
        int wanted,
        int misses,
        int falseBoxes,
        int idSwitches,
        int fragmentations,
        double mota,
        double motpM,
        int objects,
        int mostlyTracked,
        int mostlyLost,
        Identity identity) {

    /**
     * Boxes explained if every object may have one track only and every track one object only, in
     * the best of all such pairings.
     *
     * @param truePositives boxes explained
     * @param truthBoxes boxes of the truth that count
     * @param trackBoxes boxes of tracks that count
     */
    public record Identity(int truePositives, int truthBoxes, int trackBoxes) {
        /** {@code 2 TP / (truth + tracks)}; NaN if there are neither. */
        public double f1() {
            return 2.0 * truePositives / (truthBoxes + trackBoxes);
        }

        /** Share of the track boxes that are explained; NaN if there are none. */
        public double precision() {
            return truePositives / (double) trackBoxes;
        }

        /** Share of the truth that is explained; NaN if there is none. */
        public double recall() {
            return truePositives / (double) truthBoxes;
        }
    }

    /** Scores the sweeps that hold truth; see the other method for drives with empty ones. */
    public static TrackScores of(
            List<LabelledBox> truth,
            List<ScoredBox> tracks,
            EvaluationRegion region,
            double distanceM) {
        TreeSet<Long> judged = new TreeSet<>();
        truth.forEach(b -> judged.add(b.sweep()));
        return of(truth, tracks, judged, region, distanceM);
    }

    /**
     * Scores tracks over the judged sweeps; boxes of other sweeps are left out.
     *
     * @param tracks boxes with their track's name, in the frame of the truth
     * @param judgedSweeps sweeps that were labelled, those without any object included
     * @param distanceM largest centre distance of a match, metres
     * @throws IllegalArgumentException if the distance is not above 0, a track box has no name, or
     *     a name stands twice in one sweep
     */
    public static TrackScores of(
            List<LabelledBox> truth,
            List<ScoredBox> tracks,
            Collection<Long> judgedSweeps,
            EvaluationRegion region,
            double distanceM) {
        if (!(distanceM > 0 && distanceM < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "match distance is " + distanceM + " m, expected a finite number above 0");
        }
        TreeMap<Long, TrackedSweep> sweeps = new TreeMap<>();
        judgedSweeps.forEach(s -> sweeps.put(s, new TrackedSweep(s)));
        for (LabelledBox box : truth) {
            TrackedSweep sweep = sweeps.get(box.sweep());
            if (sweep != null && ClassGroup.of(box.objectClass()) != null) {
                sweep.add(box);
            }
        }
        for (ScoredBox box : tracks) {
            TrackedSweep sweep = sweeps.get(box.sweep());
            if (sweep != null && ClassGroup.of(box.objectClass()) != null) {
                sweep.add(box);
            }
        }
        ClearMot clear = new ClearMot(region, distanceM);
        IdentityCounts identity = new IdentityCounts();
        for (TrackedSweep sweep : sweeps.values()) {
            sweep.sort();
            clear.add(sweep, identity);
        }
        return clear.scores(identity.best());
    }

    /**
     * The same for each class group by itself, in the order of {@link ClassGroup}. A group of which
     * there is neither truth nor track is absent.
     */
    public static SortedMap<ClassGroup, TrackScores> byGroup(
            List<LabelledBox> truth,
            List<ScoredBox> tracks,
            Collection<Long> judgedSweeps,
            EvaluationRegion region,
            double distanceM) {
        Map<ClassGroup, List<LabelledBox>> want = new EnumMap<>(ClassGroup.class);
        Map<ClassGroup, List<ScoredBox>> got = new EnumMap<>(ClassGroup.class);
        for (LabelledBox box : truth) {
            ClassGroup group = ClassGroup.of(box.objectClass());
            if (group != null) {
                want.computeIfAbsent(group, g -> new ArrayList<>()).add(box);
            }
        }
        for (ScoredBox box : tracks) {
            ClassGroup group = ClassGroup.of(box.objectClass());
            if (group != null) {
                got.computeIfAbsent(group, g -> new ArrayList<>()).add(box);
            }
        }
        SortedMap<ClassGroup, TrackScores> out = new TreeMap<>();
        for (ClassGroup group : ClassGroup.values()) {
            List<LabelledBox> labels = want.getOrDefault(group, List.of());
            List<ScoredBox> boxes = got.getOrDefault(group, List.of());
            if (!labels.isEmpty() || !boxes.isEmpty()) {
                out.put(group, of(labels, boxes, judgedSweeps, region, distanceM));
            }
        }
        return out;
    }
}
