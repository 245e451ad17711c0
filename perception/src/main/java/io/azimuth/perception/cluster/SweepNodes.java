package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.ground.GroundProfile;
import io.azimuth.perception.ground.PolarCoordinates;

/**
 * The candidates of a sweep: ground, range image, connected components, tree of merged components,
 * and the measures of each node of the tree that could be a road user. Buffers are reused.
 */
final class SweepNodes {
    /** No class reaches farther than this across. */
    private static final double MAX_EXTENT_M = 14;

    /** Points above are not needed: no vehicle on a road is higher. */
    private static final double MAX_HEIGHT_M = 4.2;

    private static final double MAX_LONG_M = 13;
    private static final double MAX_SHORT_M = 3.2;
    private static final double MIN_LONG_M = 0.15;
    private static final double LOWEST_TOP_M = 0.9;
    private static final double HIGHEST_BOTTOM_M = 1.2;
    private static final int LEAST_COMPONENT = 3;

    private final GeometricDetectorConfig config;
    private final PolarCoordinates polar = new PolarCoordinates();
    private final GroundProfile ground;
    private final RingRows ringRows = new RingRows();
    private final Components components = new Components();
    private final ShapeMeter meter = new ShapeMeter();
    private final PointMeter pointMeter = new PointMeter();
    final RangeImage image;
    final FragmentTree tree = new FragmentTree();

    SweepNodes(GeometricDetectorConfig config) {
        this.config = config;
        ground = new GroundProfile(config.ground());
        image = new RangeImage(config.minObjectHeightM(), MAX_HEIGHT_M, config.maxRangeM());
    }

    /** Builds the tree of a sweep; false if it has no valid point. */
    boolean build(Sweep sweep) {
        PointCloud cloud = sweep.points();
        polar.compute(cloud);
        if (polar.validCount() == 0) {
            return false;
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
        tree.build(
                image,
                components.label(),
                labels,
                LEAST_COMPONENT,
                config.maxMergeGapM(),
                MAX_EXTENT_M);
        pointMeter.sweepNanos = sweep.durationNanos();
        return true;
    }

    private int columns(Sweep sweep) {
        var beams = sweep.beams();
        int columns = beams != null ? beams.columns() : ringRows.fullest();
        return Math.max(RangeImage.MIN_COLUMNS, Math.min(RangeImage.MAX_COLUMNS, columns));
    }

    int points(int n) {
        return tree.end[n] - tree.start[n];
    }

    /** Whether a node is but its larger child and a few points more: not worth measuring again. */
    boolean hardlyChanged(int n) {
        if (tree.left[n] < 0) {
            return false;
        }
        int l = points(tree.left[n]);
        int r = points(tree.right[n]);
        return Math.min(l, r) * 25 < l + r;
    }

    /** All of a node's measures; false if by size or place it cannot be a road user. */
    boolean measure(int n, Shape s) {
        if (!measureOutline(n, s)) {
            return false;
        }
        measurePoints(n, s);
        measureSurroundings(n, s);
        return true;
    }

    /** The outline's measures; false if by size or place it cannot be a road user. */
    boolean measureOutline(int n, Shape s) {
        double person = personPoints(n);
        if (points(n) < Math.max(config.minPoints(), 0.1 * person)
                || tree.minHeight[n] > HIGHEST_BOTTOM_M
                || square(tree.maxX[n] - tree.minX[n]) + square(tree.maxY[n] - tree.minY[n])
                        > MAX_EXTENT_M * MAX_EXTENT_M) {
            return false;
        }
        meter.measureOutline(image, tree, n, s);
        if (s.longM() > MAX_LONG_M
                || s.shortM() > MAX_SHORT_M
                || s.longM() < MIN_LONG_M
                || highestPossible(n, s) < LOWEST_TOP_M) {
            return false;
        }
        s.gapM = tree.gapM[n];
        s.density = points(n) / person;
        return true;
    }

    /** Measures the points of the node whose outline was measured last, as if it stood alone. */
    void measurePoints(int n, Shape s) {
        pointMeter.measure(image, ringRows, components.bend(), tree, n, s);
    }

    /** Measures what stands around the node whose points were measured last. */
    void measureSurroundings(int n, Shape s) {
        meter.measureSurroundings(image, ringRows, tree, n, config.roofM(), s);
    }

    /**
     * What a standing person returns at the node's distance: 300 points at 10 m with 64 beams of
     * 2048 columns.
     */
    private double personPoints(int n) {
        double x = 0.5 * (tree.minX[n] + tree.maxX[n]);
        double y = 0.5 * (tree.minY[n] + tree.maxY[n]);
        double density = image.rows / 64.0 * image.columns / 2048.0;
        return 30_000 * density / Math.max(9, x * x + y * y);
    }

    /** Height up to which a node may go on unseen between two rows of the sensor. */
    private double highestPossible(int n, Shape s) {
        double z = tree.maxHeight[n] - ground.sensorHeightM();
        return tree.maxHeight[n] + ringRows.spacingAt(z, s.rangeM);
    }

    private static double square(double v) {
        return v * v;
    }

    /** Height of the sensor over the ground as found in the last sweep, metres. */
    double sensorHeightM() {
        return ground.sensorHeightM();
    }
}
