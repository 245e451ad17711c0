package io.azimuth.jobs.worlds;

import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.DetectionScores.Counts;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.MatchRule;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.evaluation.TrajectoryError;
import io.azimuth.perception.geometry.ObjectClass;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The figures of a {@link WorldCell} by name. */
final class WorldScores {
    private static final double MIN_SCORE = 0.3;
    private static final double DISTANCE_M = 1;
    private static final int FEW_POINTS = 5;
    private static final double RANGE_M = 60;
    private static final int MANY_POINTS = 50;
    private static final double NEAR_M = 40;
    private static final double LEAST_PRECISION = 0.6;

    private WorldScores() {}

    static SortedMap<String, Double> of(WorldCell cell) {
        SortedMap<String, Double> out = new TreeMap<>();
        out.put("sweeps_scored", (double) cell.detected);
        detection(cell, EvaluationRegion.allRound(FEW_POINTS, RANGE_M), "", true, out);
        detection(cell, EvaluationRegion.allRound(MANY_POINTS, NEAR_M), "near_50.", false, out);
        cars(cell, out);
        out.put("ground.f1", cell.ground.f1());
        out.put("ground.precision", cell.ground.precision());
        out.put("ground.recall", cell.ground.recall());
        odometry(cell.trajectories, out);
        out.put("odometry.held", (double) cell.held);
        return out;
    }

    private static void detection(
            WorldCell cell,
            EvaluationRegion region,
            String prefix,
            boolean split,
            SortedMap<String, Double> out) {
        DetectionScores scores =
                DetectionScores.of(
                        cell.truth,
                        cell.found,
                        new DetectionScores.Options(true, region, MIN_SCORE, DISTANCE_M, 0.5, 0.3));
        for (DetectionScores.Row row : scores.rows()) {
            String name = prefix + row.label() + ".";
            out.put(name + "boxes", (double) row.wanted());
            out.put(name + "recall", row.all().recall());
            out.put(name + "precision", row.all().precision());
            out.put(name + "ap_bev", row.bevAp());
            out.put(name + "ap_nuscenes", row.nuscenesAp());
            if (split) {
                for (Counts bin : row.by().rangeM()) {
                    String span = String.format(Locale.ROOT, "%.0f_%.0f_m.", bin.from(), bin.to());
                    out.put(name + span + "boxes", (double) bin.found() + bin.missed());
                    out.put(name + span + "recall", bin.recall());
                    out.put(name + span + "precision", bin.precision());
                }
            }
        }
    }

    /**
     * Recall of cars alone, at the usual score and at the lowest score that keeps the precision;
     * what finds them may be called any vehicle.
     */
    private static void cars(WorldCell cell, SortedMap<String, Double> out) {
        List<LabelledBox> vehicles =
                cell.truth.stream()
                        .filter(b -> ClassGroup.of(b.objectClass()) == ClassGroup.VEHICLE)
                        .toList();
        List<ScoredBox> boxes =
                cell.found.stream()
                        .filter(b -> ClassGroup.of(b.objectClass()) == ClassGroup.VEHICLE)
                        .toList();
        DetectionScores.Judgement judged =
                DetectionScores.judge(
                        vehicles,
                        boxes,
                        MatchRule.centreDistance(DISTANCE_M),
                        EvaluationRegion.allRound(MANY_POINTS, NEAR_M));
        double wanted = judged.wanted().stream().filter(WorldScores::isCar).count();
        int sure = 0;
        int hits = 0;
        int all = 0;
        int cars = 0;
        double best = 0;
        for (DetectionScores.Judged d : judged.detections()) { // by falling score
            all++;
            hits += d.hit() ? 1 : 0;
            cars += isCar(d.truth()) ? 1 : 0;
            sure = d.detection().score() >= MIN_SCORE ? cars : sure;
            best = hits >= LEAST_PRECISION * all ? cars : best;
        }
        out.put("near_50.car.boxes", wanted);
        out.put("near_50.car.recall", sure / wanted);
        out.put("near_50.car.recall_at_precision_60", best / wanted);
    }

    private static boolean isCar(@Nullable LabelledBox box) {
        return box != null && box.objectClass() == ObjectClass.CAR;
    }

    private static void odometry(List<TrajectoryError> all, SortedMap<String, Double> out) {
        out.put("odometry.path_m", all.stream().mapToDouble(TrajectoryError::pathM).sum());
        out.put("odometry.drift_percent", mean(all, TrajectoryError::driftPercent));
        out.put("odometry.segment_percent", mean(all, TrajectoryError::translationPercent));
        out.put("odometry.segment_deg_per_100m", mean(all, TrajectoryError::rotationDegPer100m));
        out.put("odometry.ate_m", mean(all, TrajectoryError::ateM));
        out.put(
                "odometry.worst_drift_percent",
                all.stream().mapToDouble(TrajectoryError::driftPercent).max().orElse(Double.NaN));
    }

    /** Mean over the drives; those too short for a segment have none. */
    private static double mean(List<TrajectoryError> all, ToDoubleFunction<TrajectoryError> of) {
        return all.stream()
                .mapToDouble(of)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }
}
