package io.azimuth.jobs.detectors;

import io.azimuth.jobs.report.DetectionPictures;
import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.DetectionScores.Counts;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.MatchRule;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.ObjectClass;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The figures of one detector in a {@link DetectorCell} by name. */
final class DetectorFigures {
    private static final int FEW_POINTS = 5;
    private static final double VEHICLE_RANGE_M = 50; // nuScenes' ranges
    private static final double OTHER_RANGE_M = 40;
    private static final int MEASURED_POINTS = 20;
    private static final int MANY_POINTS = 50;
    private static final double NEAR_M = 40;
    private static final double FIRM_IOU = 0.7;
    private static final double FAIR_IOU = 0.5;
    private static final double ERROR_M = 2;
    private static final int SEAM_OCTANT = 4;

    private final List<LabelledBox> truth;
    private final List<ScoredBox> found;
    private final SortedMap<String, Double> out = new TreeMap<>();

    private DetectorFigures(List<LabelledBox> truth, List<ScoredBox> found) {
        this.truth = truth;
        this.found = found;
    }

    static SortedMap<String, Double> of(List<LabelledBox> truth, List<ScoredBox> found) {
        DetectorFigures figures = new DetectorFigures(truth, found);
        figures.centres(ClassGroup.VEHICLE, VEHICLE_RANGE_M);
        figures.centres(ClassGroup.PERSON, OTHER_RANGE_M);
        figures.centres(ClassGroup.CYCLIST, OTHER_RANGE_M);
        figures.sure();
        figures.cars();
        return figures.out;
    }

    private void centres(ClassGroup group, double rangeM) {
        EvaluationRegion region = EvaluationRegion.allRound(FEW_POINTS, rangeM);
        List<LabelledBox> want = truth(group);
        List<ScoredBox> got = found(group);
        DetectionScores.Row row =
                DetectionScores.of(want, got, DetectionScores.Options.of(region))
                        .row(group.label());
        if (row == null) {
            return;
        }
        String name = group.label() + ".";
        out.put(name + "boxes", (double) row.wanted());
        out.put(name + "ap", row.nuscenesAp());
        for (int i = 0; i < row.nuscenesAps().size(); i++) {
            out.put(
                    name + "ap_%sm".formatted(DetectionScores.NUSCENES_DISTANCES_M.get(i)),
                    row.nuscenesAps().get(i));
        }
        out.put(name + "recall", row.all().recall());
        out.put(name + "precision", row.all().precision());
        octants(name, row.by().azimuthDeg());
        out.put(
                name + "calibration_error",
                DetectionPictures.calibrationError(group, truth, found, region));
        errors(name, want, got, region);
    }

    private void octants(String name, List<Counts> octants) {
        int foundElsewhere = 0;
        int wantedElsewhere = 0;
        for (int i = 0; i < octants.size(); i++) {
            if (i != SEAM_OCTANT) {
                foundElsewhere += octants.get(i).found();
                wantedElsewhere += octants.get(i).found() + octants.get(i).missed();
            }
        }
        out.put(name + "recall_at_seam", octants.get(SEAM_OCTANT).recall());
        out.put(name + "recall_elsewhere", foundElsewhere / (double) wantedElsewhere);
    }

    /**
     * Medians over boxes within 2 m at the default score; the heading's mean as nuScenes has it.
     */
    private void errors(
            String name, List<LabelledBox> want, List<ScoredBox> got, EvaluationRegion region) {
        double least = DetectionScores.Options.of(region).minScore();
        List<Double> centre = new ArrayList<>();
        List<Double> axis = new ArrayList<>();
        double yaw = 0;
        for (DetectionScores.Judged j :
                DetectionScores.judge(
                                want,
                                got.stream().filter(b -> b.score() >= least).toList(),
                                MatchRule.centreDistance(ERROR_M),
                                region)
                        .detections()) {
            LabelledBox label = j.truth();
            if (label != null) {
                var a = j.detection().box();
                var b = label.box();
                centre.add(Math.hypot(a.x() - b.x(), a.y() - b.y()));
                axis.add(Angles.axisDistance(a.yawRad(), b.yawRad()));
                yaw += Math.abs(Angles.difference(a.yawRad(), b.yawRad()));
            }
        }
        out.put(name + "error_centre_m", median(centre));
        out.put(name + "error_axis_rad", median(axis));
        out.put(name + "error_yaw_rad", yaw / axis.size());
    }

    /** At the default score, of what has many points and is near. */
    private void sure() {
        EvaluationRegion near = EvaluationRegion.allRound(MANY_POINTS, NEAR_M);
        for (DetectionScores.Row row :
                DetectionScores.of(truth, found, DetectionScores.Options.of(near)).rows()) {
            out.put("near." + row.label() + ".recall", row.all().recall());
            out.put("near." + row.label() + ".precision", row.all().precision());
        }
    }

    /** Cars alone: other vehicles are neither asked for nor held against. */
    private void cars() {
        List<LabelledBox> cars = new ArrayList<>();
        for (LabelledBox b : truth(ClassGroup.VEHICLE)) {
            boolean car = b.objectClass() == ObjectClass.CAR;
            cars.add(car ? b : new LabelledBox(b.sweep(), b.track(), b.objectClass(), b.box(), 0));
        }
        List<ScoredBox> got = found(ClassGroup.VEHICLE);
        EvaluationRegion wide = EvaluationRegion.allRound(FEW_POINTS, VEHICLE_RANGE_M);
        double sum = 0;
        for (double distance : DetectionScores.NUSCENES_DISTANCES_M) {
            sum +=
                    DetectionScores.averagePrecision(
                            cars, got, MatchRule.centreDistance(distance), wide);
        }
        out.put("car.ap", sum / DetectionScores.NUSCENES_DISTANCES_M.size());
        EvaluationRegion near = EvaluationRegion.allRound(MEASURED_POINTS, NEAR_M);
        for (double iou : new double[] {FAIR_IOU, FIRM_IOU}) {
            String at = "_%.0f".formatted(100 * iou);
            out.put(
                    "car.bev" + at,
                    DetectionScores.r40(cars, got, MatchRule.bevOverlap(iou), near));
            out.put(
                    "car.3d" + at,
                    DetectionScores.r40(cars, got, MatchRule.volumeOverlap(iou), near));
        }
    }

    private List<LabelledBox> truth(ClassGroup group) {
        return truth.stream().filter(b -> ClassGroup.of(b.objectClass()) == group).toList();
    }

    private List<ScoredBox> found(ClassGroup group) {
        return found.stream().filter(b -> ClassGroup.of(b.objectClass()) == group).toList();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
