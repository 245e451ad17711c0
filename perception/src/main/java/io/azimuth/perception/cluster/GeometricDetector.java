package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Finds objects in a sweep without a network: ground, range image, connected components, a tree of
 * merged components, a rectangle and a score for every plausible node, and the best set of disjoint
 * nodes (most points explained, weighted by score). A box that is seen in part is completed to its
 * class's mean size ({@link VehicleCompletion}); its heading is never known. One instance per
 * thread; after warm-up only the result is allocated.
 *
 * <p>Raw scores come from gates set by hand and small decision trees over a candidate's measures
 * ({@link ClassScores}); the reported ones are calibrated ({@link ScoreCalibration}) to be near the
 * probability that the box is right. Trees and calibration were fitted to simulated towns.
 */
public final class GeometricDetector implements Detector {
    /** Behind a gate that bounds the score so low, the rest is not worth measuring. */
    private static final double AJAR = 0.3;

    private final GeometricDetectorConfig config;
    private final BiConsumer<Shape, Detection> listener;
    private final SweepNodes nodes;
    private final ClassScores scores;
    private final VehicleCompletion completion;
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
        nodes = new SweepNodes(config);
        FittedTrees trees = FittedTrees.load();
        scores = new ClassScores(trees);
        completion = new VehicleCompletion(trees);
    }

    @Override
    public List<Detection> detect(Sweep sweep) {
        List<Detection> found = new ArrayList<>();
        if (!nodes.build(sweep)) {
            return found;
        }
        rateNodes();
        collect(found, sweep.points().hasTime() ? 0 : sweep.durationNanos() / 2);
        found.sort(Detection.ORDER);
        return Overlaps.suppressed(found);
    }

    private void rateNodes() {
        FragmentTree tree = nodes.tree;
        if (value.length < tree.nodes) {
            value = new double[tree.nodes * 2];
            own = new double[tree.nodes * 2];
            stack = new int[tree.nodes * 2];
        }
        for (int n = 0; n < tree.nodes; n++) {
            double parts = tree.left[n] < 0 ? 0 : value[tree.left[n]] + value[tree.right[n]];
            own[n] = 0;
            if (nodes.points(n) > parts && !nodes.hardlyChanged(n) && rate(n, parts)) {
                own[n] = shape.points * scores.score;
            }
            value[n] = Math.max(own[n], parts);
        }
    }

    /**
     * Measures and scores a node, cheap measurements first; false if it cannot be an object or its
     * parts explain more ({@code parts} is their value).
     */
    private boolean rate(int n, double parts) {
        if (!nodes.measureOutline(n, shape) || useless(ClassGates.ofOutline(shape), n, parts)) {
            return false;
        }
        nodes.measurePoints(n, shape);
        if (useless(ClassGates.widest(shape), n, parts)) {
            return false;
        }
        nodes.measureSurroundings(n, shape);
        scores.rate(shape);
        return scores.score >= config.minScore();
    }

    /**
     * Whether a node behind so wide a gate can neither be reported nor explain more than its parts.
     */
    private boolean useless(double gate, int n, double parts) {
        double bound = ClassScores.bound(gate);
        return bound < Math.max(config.minScore(), AJAR) || bound * nodes.points(n) <= parts;
    }

    private void collect(List<Detection> found, long fixedTime) {
        FragmentTree tree = nodes.tree;
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
                        completion.complete(shape, c),
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
        return nodes.sensorHeightM();
    }
}
