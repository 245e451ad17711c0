package io.azimuth.perception.evaluation;

import io.azimuth.perception.evaluation.Matching.Verdict;
import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.ObjectClass;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Scores of detections against labelled boxes, one row a class or class group. Detections of all
 * sweeps are pooled. Sources: Everingham et al., PASCAL VOC (2010) for the area under the
 * interpolated curve; Simonelli et al. (2019) for 40 recall points; Caesar et al., nuScenes (CVPR
 * 2020) for the AP by centre distance and the errors at 2 m. Immutable, thread-safe.
 *
 * @param rows by label
 */
public record DetectionScores(List<Row> rows) {
    /** Centre distances, metres, over which nuScenes' AP is averaged. */
    public static final List<Double> NUSCENES_DISTANCES_M = List.of(0.5, 1.0, 2.0, 4.0);

    private static final double ERROR_DISTANCE_M = 2;

    /**
     * What to judge.
     *
     * @param grouped one row a {@link ClassGroup}, else one a class
     * @param region what counts
     * @param minScore threshold for recall, precision, bins and errors; AP uses all scores
     * @param distanceM centre distance for recall and precision
     * @param vehicleIou BEV overlap for a vehicle's AP; others need {@code otherIou}
     */
    public record Options(
            boolean grouped,
            EvaluationRegion region,
            double minScore,
            double distanceM,
            double vehicleIou,
            double otherIou) {
        public static Options of(EvaluationRegion region) {
            return new Options(true, region, 0.3, 1.0, 0.5, 0.3);
        }
    }

    /**
     * @param label class or group
     * @param wanted boxes of the truth that count
     * @param bevAp area under the interpolated precision-recall curve, BEV overlap
     * @param bevApR40 the same by 40 recall points, as KITTI
     * @param nuscenesAp mean over 0.5, 1, 2 and 4 m
     * @param nuscenesAps at 0.5, 1, 2 and 4 m
     * @param all at the score threshold
     * @param by the same, split
     * @param errors of boxes matched within 2 m at the score threshold
     */
    public record Row(
            String label,
            int wanted,
            double bevAp,
            double bevApR40,
            double nuscenesAp,
            List<Double> nuscenesAps,
            Counts all,
            Breakdown by,
            Errors errors) {}

    /**
     * The same boxes split three ways. A found or missed box belongs where its label is, a false
     * one where it is itself.
     *
     * @param rangeM 0-20, 20-40, 40-60 m from the sensor
     * @param points 5-20, 20-100 and more LiDAR points in the label; labels whose points were not
     *     counted are in none. A false box has no label, so {@code falseBoxes} is 0 and precision
     *     NaN
     * @param azimuthDeg eight octants from straight ahead to the left, the fifth (157.5 - 202.5)
     *     lies across the seam
     */
    public record Breakdown(List<Counts> rangeM, List<Counts> points, List<Counts> azimuthDeg) {
        public Breakdown {
            rangeM = List.copyOf(rangeM);
            points = List.copyOf(points);
            azimuthDeg = List.copyOf(azimuthDeg);
        }
    }

    /**
     * Boxes found, boxes missed and false boxes of {@code [from, to)}.
     *
     * @param falseKnown false where false boxes belong to no bin, as by points of the label
     */
    public record Counts(
            double from, double to, boolean falseKnown, int found, int missed, int falseBoxes) {
        /** Share of the truth that was found; NaN if there is none. */
        public double recall() {
            return found / (double) (found + missed);
        }

        /** Share of the detections that are true; NaN if there are none or false ones unknown. */
        public double precision() {
            return !falseKnown ? Double.NaN : found / (double) (found + falseBoxes);
        }
    }

    /**
     * Mean errors over matched boxes; NaN if there are none.
     *
     * @param translationM centre distance seen from above
     * @param scale 1 - IoU of the boxes with centres and yaws aligned
     * @param yawRad shortest turn, in [0, pi]
     * @param axisRad the same with front and back taken as equal, in [0, pi/2]
     */
    public record Errors(
            int matched, double translationM, double scale, double yawRad, double axisRad) {}

    public DetectionScores {
        rows = List.copyOf(rows);
    }

    /**
     * Scores {@code detections}; give only detections of sweeps that are labelled, for each one
     * without a match counts as false.
     */
    public static DetectionScores of(
            List<LabelledBox> truth, List<ScoredBox> detections, Options options) {
        TreeSet<String> labels = new TreeSet<>();
        truth.forEach(b -> addLabel(labels, label(b.objectClass(), options)));
        detections.forEach(d -> addLabel(labels, label(d.objectClass(), options)));
        List<Row> rows = new ArrayList<>();
        for (String label : labels) {
            List<LabelledBox> want = new ArrayList<>();
            List<ScoredBox> got = new ArrayList<>();
            truth.stream()
                    .filter(b -> label.equals(label(b.objectClass(), options)))
                    .forEach(want::add);
            detections.stream()
                    .filter(d -> label.equals(label(d.objectClass(), options)))
                    .forEach(got::add);
            rows.add(row(label, want, got, options));
        }
        return new DetectionScores(rows);
    }

    /**
     * A detection that counts.
     *
     * @param truth the label that it found, null if it is false
     */
    public record Judged(ScoredBox detection, @Nullable LabelledBox truth) {
        public boolean hit() {
            return truth != null;
        }
    }

    /** Detections by falling score, and the boxes that should have been found. */
    public record Judgement(List<Judged> detections, List<LabelledBox> wanted) {
        public Judgement {
            detections = List.copyOf(detections);
            wanted = List.copyOf(wanted);
        }
    }

    /**
     * Matches all detections to all labels whatever their classes, for curves and for confusions;
     * for one class give only its boxes.
     */
    public static Judgement judge(
            List<LabelledBox> truth,
            List<ScoredBox> detections,
            MatchRule rule,
            EvaluationRegion region) {
        Matching m = Matching.of(truth, detections, rule, region);
        return new Judgement(
                m.verdicts.stream().map(v -> new Judged(v.detection(), v.truth())).toList(),
                m.wanted);
    }

    /** nuScenes' AP of boxes of one class, by any rule of matching. */
    public static double averagePrecision(
            List<LabelledBox> truth,
            List<ScoredBox> detections,
            MatchRule rule,
            EvaluationRegion region) {
        return PrecisionRecall.of(Matching.of(truth, detections, rule, region)).nuscenes();
    }

    /** AP over 40 recall points, as KITTI, of boxes of one class, by any rule of matching. */
    public static double r40(
            List<LabelledBox> truth,
            List<ScoredBox> detections,
            MatchRule rule,
            EvaluationRegion region) {
        return PrecisionRecall.of(Matching.of(truth, detections, rule, region)).atRecallPoints(40);
    }

    /** The row of this label, or null if neither truth nor detections have it. */
    public @Nullable Row row(String label) {
        return rows.stream().filter(r -> r.label().equals(label)).findFirst().orElse(null);
    }

    private static Row row(
            String label, List<LabelledBox> truth, List<ScoredBox> detections, Options o) {
        boolean vehicle =
                label.equals(ClassGroup.VEHICLE.label())
                        || (!o.grouped && ObjectClass.ofLabel(label).isVehicle());
        MatchRule overlap = MatchRule.bevOverlap(vehicle ? o.vehicleIou : o.otherIou);
        PrecisionRecall bev = PrecisionRecall.of(Matching.of(truth, detections, overlap, o.region));
        List<Double> aps = new ArrayList<>();
        double sum = 0;
        for (double distance : NUSCENES_DISTANCES_M) {
            MatchRule rule = MatchRule.centreDistance(distance);
            double ap =
                    PrecisionRecall.of(Matching.of(truth, detections, rule, o.region)).nuscenes();
            aps.add(ap);
            sum += ap;
        }
        List<ScoredBox> sure = detections.stream().filter(d -> d.score() >= o.minScore).toList();
        Matching near = Matching.of(truth, sure, MatchRule.centreDistance(o.distanceM), o.region);
        MatchRule forErrors = MatchRule.centreDistance(ERROR_DISTANCE_M);
        return new Row(
                label,
                near.wanted.size(),
                bev.area(),
                bev.atRecallPoints(40),
                sum / NUSCENES_DISTANCES_M.size(),
                List.copyOf(aps),
                Tally.all(near),
                Tally.split(near),
                errors(Matching.of(truth, sure, forErrors, o.region)));
    }

    private static Errors errors(Matching matching) {
        int n = 0;
        double translation = 0;
        double scale = 0;
        double yaw = 0;
        double axis = 0;
        for (Verdict v : matching.verdicts) {
            if (v.truth() == null) {
                continue;
            }
            var a = v.detection().box();
            var b = v.truth().box();
            n++;
            translation += Math.hypot(a.x() - b.x(), a.y() - b.y());
            double shared =
                    Math.min(a.length(), b.length())
                            * Math.min(a.width(), b.width())
                            * Math.min(a.height(), b.height());
            double both = a.length() * a.width() * a.height() + b.length() * b.width() * b.height();
            scale += 1 - shared / (both - shared);
            yaw += Math.abs(Angles.difference(a.yawRad(), b.yawRad()));
            axis += Angles.axisDistance(a.yawRad(), b.yawRad());
        }
        double count = n; // 0/0 is NaN: no match, no error
        return new Errors(n, translation / count, scale / count, yaw / count, axis / count);
    }

    private static @Nullable String label(ObjectClass objectClass, Options options) {
        ClassGroup group = ClassGroup.of(objectClass);
        if (group == null) {
            return null;
        }
        return options.grouped ? group.label() : objectClass.label();
    }

    private static void addLabel(TreeSet<String> labels, @Nullable String label) {
        if (label != null) {
            labels.add(label);
        }
    }
}
