package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.KittiLabels;
import io.azimuth.connectors.drive.SensorTruth;
import io.azimuth.jobs.report.DetectionPictures;
import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.DetectionScores.Counts;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.evaluation.TrackRecall;
import io.azimuth.perception.evaluation.kitti.ImageBox;
import io.azimuth.perception.evaluation.kitti.KittiCamera;
import io.azimuth.perception.evaluation.kitti.KittiDetection;
import io.azimuth.perception.evaluation.kitti.KittiScores;
import io.azimuth.perception.evaluation.nuscenes.NuScenesBox;
import io.azimuth.perception.evaluation.nuscenes.NuScenesScores;
import io.azimuth.perception.evaluation.places.DistinctPlaces;
import io.azimuth.perception.geometry.ObjectClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The figures of each way to score detections, by the names that {@code --require} takes. */
final class DetectionBenchmark {
    private static final double TRACK_RANGE_M = 40;
    private static final int TRACK_POINTS = 50;

    private DetectionBenchmark() {}

    /** Ours: all truth of the drive. */
    static void own(
            SensorTruth truth,
            List<ScoredBox> boxes,
            EvaluationRegion region,
            SortedMap<String, Double> figures) {
        DetectionScores scores =
                DetectionScores.of(truth.boxes(), boxes, DetectionScores.Options.of(region));
        for (DetectionScores.Row row : scores.rows()) {
            String name = row.label() + ".";
            figures.put(name + "boxes", (double) row.wanted());
            figures.put(name + "recall", row.all().recall());
            figures.put(name + "precision", row.all().precision());
            figures.put(name + "ap_bev", row.bevAp());
            figures.put(name + "ap_bev_r40", row.bevApR40());
            figures.put(name + "ap_nuscenes", row.nuscenesAp());
            figures.put(name + "error_translation_m", row.errors().translationM());
            figures.put(name + "error_scale", row.errors().scale());
            figures.put(name + "error_yaw_rad", row.errors().yawRad());
            figures.put(name + "error_axis_rad", row.errors().axisRad());
            ClassGroup group = ClassGroup.valueOf(row.label().toUpperCase(Locale.ROOT));
            figures.put(
                    name + "calibration_error",
                    DetectionPictures.calibrationError(group, truth.boxes(), boxes, region));
            for (Counts bin : row.by().rangeM()) {
                bin(figures, name + span(bin) + "_m.", bin);
            }
            for (Counts bin : row.by().points()) {
                figures.put(name + span(bin) + "_points.recall", bin.recall());
            }
            if (!truth.frontViewOnly()) {
                for (Counts bin : row.by().azimuthDeg()) {
                    double middle = (bin.from() + bin.to()) / 2;
                    bin(figures, name + "azimuth_%.0f.".formatted(middle), bin);
                }
            }
        }
        if (truth.boxes().stream().anyMatch(b -> !b.track().isEmpty())) {
            tracks(truth, boxes, region, figures);
        }
    }

    private static void bin(SortedMap<String, Double> figures, String name, Counts bin) {
        figures.put(name + "recall", bin.recall());
        figures.put(name + "precision", bin.precision());
    }

    private static String span(Counts bin) {
        return Double.isInfinite(bin.to())
                ? String.format(Locale.ROOT, "over_%.0f", bin.from())
                : String.format(Locale.ROOT, "%.0f_%.0f", bin.from(), bin.to());
    }

    private static void tracks(
            SensorTruth truth,
            List<ScoredBox> boxes,
            EvaluationRegion region,
            SortedMap<String, Double> figures) {
        EvaluationRegion near =
                new EvaluationRegion(
                        TRACK_POINTS,
                        Math.min(TRACK_RANGE_M, region.maxRangeM()),
                        region.halfFovRad());
        TrackRecall.Options options = new TrackRecall.Options(near, 0.3, 1.0);
        TrackRecall recall = TrackRecall.of(truth.boxes(), boxes, options, truth.labelledSweeps());
        figures.put("track_recall", recall.meanRecall());
        figures.put("tracks", (double) recall.tracks().size());
        figures.put("false_per_sweep", recall.falsePerSweep());
        for (int most = 1; most <= 2; most++) {
            figures.put(
                    "track_recall_at_%d_false".formatted(most),
                    TrackRecall.bestRecall(
                            truth.boxes(), boxes, options, truth.labelledSweeps(), most));
        }
        if (!truth.firstFromSweep().isEmpty()) {
            int places = DistinctPlaces.count(recall.unmatched(), truth.firstFromSweep());
            figures.put("false_places", (double) places);
        }
    }

    /** KITTI's: only what the camera sees. */
    static void kitti(KittiLabels truth, List<ScoredBox> boxes, SortedMap<String, Double> figures) {
        List<KittiDetection> seen = new ArrayList<>();
        for (ScoredBox b : boxes) {
            KittiCamera camera = truth.cameras().get(b.sweep());
            String type = kittiType(b.objectClass());
            ImageBox image = camera == null || type == null ? null : camera.project(b.box());
            if (image != null && type != null) {
                seen.add(new KittiDetection(b.sweep(), type, image, b.box(), b.score()));
            }
        }
        for (KittiScores.Row row : KittiScores.of(truth.labels(), seen).rows()) {
            KittiScores.Rule rule = row.rule();
            String of = rule.of().name().toLowerCase(Locale.ROOT);
            boolean lower = rule.minOverlap() != rule.of().minOverlap();
            String name =
                    "%s%s.%s."
                            .formatted(
                                    of,
                                    lower ? "_50" : "",
                                    rule.difficulty().name().toLowerCase(Locale.ROOT));
            figures.put(name + "boxes", (double) row.wanted());
            figures.put(name + "ap_bev_r40", row.bevR40());
            figures.put(name + "ap_3d_r40", row.volumeR40());
            figures.put(name + "ap_bev_r11", row.bevR11());
        }
        figures.put("detections_in_view", (double) seen.size());
    }

    private static @Nullable String kittiType(ObjectClass c) {
        return switch (c) {
            case CAR -> "Car";
            case VAN -> "Van";
            case TRUCK -> "Truck";
            case PEDESTRIAN -> "Pedestrian";
            case CYCLIST -> "Cyclist";
            case BUS, UNKNOWN -> null;
        };
    }

    /** nuScenes'. */
    static void nuscenes(
            SensorTruth truth,
            List<ScoredBox> boxes,
            EvaluationRegion region,
            SortedMap<String, Double> figures) {
        NuScenesScores scores =
                NuScenesScores.of(
                        truth.boxes().stream()
                                .map(NuScenesBox::of)
                                .filter(Objects::nonNull)
                                .toList(),
                        boxes.stream().map(NuScenesBox::of).filter(Objects::nonNull).toList(),
                        new NuScenesScores.Options(region.minPoints(), region.halfFovRad()));
        for (NuScenesScores.Row row : scores.rows()) {
            String name = row.of().label() + ".";
            figures.put(name + "boxes", (double) row.wanted());
            figures.put(name + "ap", row.ap());
            for (int i = 0; i < row.aps().size(); i++) {
                figures.put(
                        name + "ap_%sm".formatted(NuScenesScores.DISTANCES_M.get(i)),
                        row.aps().get(i));
            }
            errors(figures, name, row.errors());
        }
        errors(figures, "mean.", scores.errors());
        figures.put("map", scores.meanAp());
        figures.put("nds", scores.nds());
        figures.put("nds_of_known", scores.ndsOfKnown());
    }

    private static void errors(
            SortedMap<String, Double> figures, String name, NuScenesScores.Errors e) {
        figures.put(name + "ate_m", e.translationM());
        figures.put(name + "ase", e.scale());
        figures.put(name + "aoe_rad", e.yawRad());
        figures.put(name + "ave_mps", e.velocityMps());
    }
}
