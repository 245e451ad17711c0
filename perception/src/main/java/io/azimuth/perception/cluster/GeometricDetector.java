package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.ground.GroundProfile;
import io.azimuth.perception.ground.PolarCoordinates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Finds objects in a sweep without learning: ground, range image, connected components, a tree of
 * merged components, a rectangle and a score for every plausible node, and the best set of disjoint
 * nodes (most points explained, weighted by score). A box that is seen in part is completed to its
 * class's mean size away from the sensor; its heading is never known. One instance per thread;
 * after warm-up only the result is allocated.
 *
 * <p>Raw scores are products of soft gates on size, height, outline, depth, roughness and
 * surroundings ({@link ClassScores}); the reported ones are calibrated on simulated towns ({@link
 * ScoreCalibration}) to be near the probability that the box is right.
 */
public final class GeometricDetector implements Detector {
    private static final Comparator<Detection> ORDER =
            Comparator.comparingDouble((Detection d) -> -d.score())
                    .thenComparingDouble(d -> d.box().x())
                    .thenComparingDouble(d -> d.box().y());

    /** No class reaches farther than this across. */
    private static final double MAX_EXTENT_M = 14;

    /** Points above are not needed: no vehicle on a road is higher. */
    private static final double MAX_HEIGHT_M = 4.2;

    private final GeometricDetectorConfig config;
    private final BiConsumer<Shape, Detection> listener;
    private final PolarCoordinates polar = new PolarCoordinates();
    private final GroundProfile ground;
    private final RingRows ringRows = new RingRows();
    private final RangeImage image;
    private final Components components = new Components();
    private final FragmentTree tree = new FragmentTree();
    private final ShapeMeter meter = new ShapeMeter();
    private final ClassScores scores = new ClassScores();
    private final Shape shape = new Shape();
    private double[] value = new double[0];
    private double[] own = new double[0];
    private int[] stack = new int[0];

    public GeometricDetector(GeometricDetectorConfig config) {
        this(config, (s, d) -> {});
    }

    /** With a listener that is shown the measurements behind each detection, for studies. */
    GeometricDetector(GeometricDetectorConfig config, BiConsumer<Shape, Detection> listener) {
        this.config = config;
        this.listener = listener;
        ground = new GroundProfile(config.ground());
        image = new RangeImage(config.minObjectHeightM(), MAX_HEIGHT_M, config.maxRangeM());
    }

    @Override
    public List<Detection> detect(Sweep sweep) {
        PointCloud cloud = sweep.points();
        polar.compute(cloud);
        List<Detection> found = new ArrayList<>();
        if (polar.validCount() == 0) {
            return found;
        }
        ground.estimate(cloud, polar);
        float[] above = ground.heightsAbove(cloud, polar);
        ringRows.assign(cloud, polar);
        image.fill(cloud, polar, above, ringRows, columns(sweep));
        int labels =
                components.label(
                        image,
                        config.minGapM(),
                        config.roofM(),
                        config.columnJump(),
                        config.rowJump());
        tree.build(image, components.label(), labels, 3, config.maxMergeGapM(), MAX_EXTENT_M);
        meter.sweepNanos = sweep.durationNanos();
        rateNodes();
        collect(found, cloud.hasTime() ? 0 : sweep.durationNanos() / 2);
        found.sort(ORDER);
        return Overlaps.suppressed(found);
    }

    private int columns(Sweep sweep) {
        var beams = sweep.beams();
        int columns = beams != null ? beams.columns() : ringRows.fullest();
        return Math.max(RangeImage.MIN_COLUMNS, Math.min(RangeImage.MAX_COLUMNS, columns));
    }

    private void rateNodes() {
        if (value.length < tree.nodes) {
            value = new double[tree.nodes * 2];
            own = new double[tree.nodes * 2];
            stack = new int[tree.nodes * 2];
        }
        for (int n = 0; n < tree.nodes; n++) {
            double parts = tree.left[n] < 0 ? 0 : value[tree.left[n]] + value[tree.right[n]];
            own[n] = !hardlyChanged(n) && rate(n, parts) ? shape.points * scores.score : 0;
            value[n] = Math.max(own[n], parts);
        }
    }

    /**
     * A tenth of what a standing person returns at the node's distance (300 points at 10 m with 64
     * beams of 2048 columns), at least the configured minimum.
     */
    private double leastPoints(int n) {
        double x = 0.5 * (tree.minX[n] + tree.maxX[n]);
        double y = 0.5 * (tree.minY[n] + tree.maxY[n]);
        double density = image.rows / 64.0 * image.columns / 2048.0;
        double expected = 3000 * density / Math.max(9, x * x + y * y);
        return Math.max(config.minPoints(), expected);
    }

    /** Whether a node is but its larger child and a few points more: not worth measuring again. */
    private boolean hardlyChanged(int n) {
        if (tree.left[n] < 0) {
            return false;
        }
        int l = tree.end[tree.left[n]] - tree.start[tree.left[n]];
        int r = tree.end[tree.right[n]] - tree.start[tree.right[n]];
        return Math.min(l, r) * 25 < l + r;
    }

    /**
     * Measures and scores a node, cheap measurements first; false if it cannot be an object or its
     * parts explain more ({@code parts} is their value).
     */
    private boolean rate(int n, double parts) {
        int points = tree.end[n] - tree.start[n];
        double dx = tree.maxX[n] - tree.minX[n];
        double dy = tree.maxY[n] - tree.minY[n];
        if (points < leastPoints(n)
                || points * ClassScores.HIGHEST <= parts
                || tree.maxHeight[n] < ClassScores.LOWEST_TOP_M
                || tree.minHeight[n] > ClassScores.HIGHEST_BOTTOM_M
                || dx * dx + dy * dy > MAX_EXTENT_M * MAX_EXTENT_M) {
            return false;
        }
        meter.measureOutline(image, tree, n, shape);
        shape.gapM = tree.gapM[n];
        double bound = ClassScores.bound(shape, tree.maxHeight[n]);
        if (bound * points <= parts || bound < config.minScore()) {
            return false;
        }
        meter.measurePoints(image, components.bend(), tree, n, shape);
        scores.rate(shape);
        if (scores.score * points <= parts || scores.score < config.minScore()) {
            return false;
        }
        meter.measureSurroundings(image, ringRows, tree, n, config.roofM(), shape);
        scores.rate(shape);
        return scores.score >= config.minScore();
    }

    private void collect(List<Detection> found, long fixedTime) {
        for (int r = 0; r < tree.nodes; r++) {
            if (!tree.root[r]) {
                continue;
            }
            int depth = 0;
            stack[depth++] = r;
            while (depth > 0) {
                int n = stack[--depth];
                if (own[n] > 0 && own[n] >= value[n]) {
                    emit(n, found, fixedTime);
                } else if (tree.left[n] >= 0 && value[n] > 0) {
                    stack[depth++] = tree.right[n];
                    stack[depth++] = tree.left[n];
                }
            }
        }
    }

    private void emit(int n, List<Detection> found, long fixedTime) {
        rate(n, -1);
        ObjectClass c = scores.best;
        Detection detection =
                new Detection(
                        BoxCompletion.complete(shape, c),
                        c,
                        ScoreCalibration.probability(scores.score, c),
                        false,
                        shape.points,
                        fixedTime > 0 ? fixedTime : shape.timeOffsetNanos);
        found.add(detection);
        listener.accept(shape, detection);
    }

    /** Height of the sensor over the ground as found in the last sweep, metres. */
    double sensorHeightM() {
        return ground.sensorHeightM();
    }
}
