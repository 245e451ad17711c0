package io.azimuth.perception.evaluation.nuscenes;

import io.azimuth.perception.geometry.OrientedBox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Detection scores by nuScenes' rules: a detection takes the nearest free label of its class, by
 * falling score, if the centres are closer than 0.5, 1, 2 or 4 m; AP is the mean precision over
 * recall, both above 0.1; errors are those of matches at 2 m, averaged over recall. Labels beyond
 * the class's range or with too few points are removed, so that a detection of one is false: that
 * is nuScenes' rule, other than {@link io.azimuth.perception.evaluation.DetectionScores}'s. Ranges
 * are measured from the sensor, nuScenes' from the rear axle. Attributes are not scored. Source:
 * nuscenes-devkit 1.2.0, {@code eval/detection/algo.py}. Immutable, thread-safe.
 *
 * @param rows of the classes that the truth has, in the order of {@link NuScenesClass}
 * @param meanAp mean of the rows' APs; NaN without rows
 * @param errors means of the rows' errors
 * @param nds nuScenes' detection score, with 0 for the attributes and for velocity if unknown, so a
 *     lower bound
 * @param ndsOfKnown the same weighted sum over what is known only
 */
public record NuScenesScores(
        List<Row> rows, double meanAp, Errors errors, double nds, double ndsOfKnown) {
    /** Centre distances, metres, over which AP is averaged. */
    public static final List<Double> DISTANCES_M = List.of(0.5, 1.0, 2.0, 4.0);

    private static final double ERROR_DISTANCE_M = 2;
    private static final int AP_WEIGHT = 5;
    private static final int ERROR_KINDS = 5;

    /**
     * What is judged.
     *
     * @param minPoints labels with fewer points are removed; those not counted are kept
     * @param halfFovRad detections farther to the side are never false, in (0, pi]
     */
    public record Options(int minPoints, double halfFovRad) {
        public Options {
            if (minPoints < 0 || !(halfFovRad > 0 && halfFovRad <= Math.PI)) {
                throw new IllegalArgumentException(
                        "minPoints is %d and halfFovRad %s, expected >= 0 and (0, pi]"
                                .formatted(minPoints, halfFovRad));
            }
        }

        /** The benchmark's: one point, all around. */
        public static Options benchmark() {
            return new Options(1, Math.PI);
        }

        boolean judges(OrientedBox box) {
            return halfFovRad >= Math.PI || Math.abs(Math.atan2(box.y(), box.x())) <= halfFovRad;
        }
    }

    /**
     * @param wanted labels that count
     * @param aps at 0.5, 1, 2 and 4 m
     * @param ap their mean
     */
    public record Row(NuScenesClass of, int wanted, List<Double> aps, double ap, Errors errors) {
        public Row {
            aps = List.copyOf(aps);
        }
    }

    /**
     * Errors of true positives; 1 where recall stays at 0.1 or below.
     *
     * @param translationM ATE
     * @param scale ASE: 1 - IoU of aligned boxes
     * @param yawRad AOE
     * @param velocityMps AVE; NaN if the truth has no velocities
     */
    public record Errors(double translationM, double scale, double yawRad, double velocityMps) {}

    public NuScenesScores {
        rows = List.copyOf(rows);
    }

    public static NuScenesScores of(
            List<NuScenesBox> truth, List<NuScenesBox> detections, Options options) {
        List<Row> rows = new ArrayList<>();
        for (NuScenesClass c : NuScenesClass.values()) {
            List<NuScenesBox> want =
                    inRange(truth, c).stream()
                            .filter(b -> b.points() < 0 || b.points() >= options.minPoints)
                            .toList();
            if (!want.isEmpty()) {
                rows.add(row(c, want, inRange(detections, c), options));
            }
        }
        double meanAp = mean(rows, Row::ap);
        Errors errors =
                new Errors(
                        mean(rows, r -> r.errors.translationM),
                        mean(rows, r -> r.errors.scale),
                        mean(rows, r -> r.errors.yawRad),
                        mean(rows, r -> r.errors.velocityMps));
        boolean velocity = !Double.isNaN(errors.velocityMps);
        double sum =
                AP_WEIGHT * meanAp
                        + score(errors.translationM)
                        + score(errors.scale)
                        + score(errors.yawRad)
                        + (velocity ? score(errors.velocityMps) : 0);
        int known = velocity ? 4 : 3;
        return new NuScenesScores(
                rows, meanAp, errors, sum / (AP_WEIGHT + ERROR_KINDS), sum / (AP_WEIGHT + known));
    }

    private static double score(double error) {
        return Math.max(0, 1 - error);
    }

    private static List<NuScenesBox> inRange(List<NuScenesBox> boxes, NuScenesClass c) {
        return boxes.stream().filter(b -> b.of() == c && b.box().rangeM() < c.rangeM()).toList();
    }

    private static Row row(
            NuScenesClass c, List<NuScenesBox> truth, List<NuScenesBox> found, Options options) {
        List<Double> aps = new ArrayList<>();
        double sum = 0;
        for (double distance : DISTANCES_M) {
            double ap = curve(truth, found, distance, options).averagePrecision();
            aps.add(ap);
            sum += ap;
        }
        NuScenesCurve near = curve(truth, found, ERROR_DISTANCE_M, options);
        boolean velocity = truth.stream().anyMatch(NuScenesBox::velocityKnown);
        Errors errors =
                new Errors(
                        near.translationM(),
                        near.scale(),
                        near.yawRad(),
                        velocity ? near.velocityMps() : Double.NaN);
        return new Row(c, truth.size(), aps, sum / aps.size(), errors);
    }

    private static NuScenesCurve curve(
            List<NuScenesBox> truth, List<NuScenesBox> found, double distanceM, Options options) {
        return new NuScenesCurve(new NuScenesMatching(truth, found, distanceM, options));
    }

    /** Mean of the rows where the figure is known. */
    private static double mean(List<Row> rows, ToDoubleFunction<Row> figure) {
        return rows.stream()
                .mapToDouble(figure)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }
}
