package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.geometry.eigen.SymmetricEigen3;
import io.azimuth.perception.invariant.SymmetryGroup;

/**
 * A normal and a frame for each kept point of a crop, from its neighbours, the sensor and the
 * centroid alone: they turn with the scene. Where a direction is not defined, the line of sight
 * decides; where that fails too, the axis is zero and so are the features along it. Not
 * thread-safe.
 *
 * <p>Source: study of crop encoders, sections 4.1 and 4.3; the weights as in Tombari et al.,
 * "Unique Signatures of Histograms" (ECCV 2010).
 */
final class LocalFrames {
    private static final double PARALLEL = 1e-6;
    private static final double ON_AXIS_M = 1e-9;
    private static final double SIDE_ON = 1e-6;
    private static final double SKEWLESS = 1e-6;

    /** Nine numbers a point: three axes. */
    final double[] axes;

    /** Unit normal of each point, or zero. */
    final double[] normal;

    /** {@code 2 sqrt(l) / sum sqrt(l)} of the eigenvalues, rising. */
    final double[] shape;

    private final boolean upright;
    private final boolean dense;
    private final SymmetricEigen3 eigen = new SymmetricEigen3();
    private final NearestPoints nearest = new NearestPoints(InputConfig.DENSE_NEIGHBOURS);
    private final double[] covariance = new double[6];
    private final double[] sight = new double[3];

    LocalFrames(InputConfig config) {
        upright = config.group() == SymmetryGroup.YAW;
        dense = config.denseNormals();
        axes = new double[9 * config.points()];
        normal = new double[3 * config.points()];
        shape = new double[3 * config.points()];
    }

    /**
     * Computes all frames.
     *
     * @param lists the kept points' neighbours, found already
     */
    void compute(SampledCrop crop, NeighbourLists lists) {
        Cloud kept = crop.kept;
        for (int i = 0; i < kept.size; i++) {
            if (dense) {
                Cloud all = crop.clean.points;
                nearest.find(all, kept.x[i], kept.y[i], kept.z[i], crop.sampled.taken[i]);
                gather(all, kept, i, nearest.index, nearest.squared, 0, nearest.count);
            } else {
                gather(
                        kept,
                        kept,
                        i,
                        lists.indices(),
                        lists.squares(),
                        lists.start(i),
                        lists.count(i));
            }
            eigen.decomposeCovariance(covariance);
            lineOfSight(crop.clean, kept, i);
            normal(crop.clean, kept, i);
            shape(i);
            if (upright) {
                uprightFrame(crop.clean, kept, i);
            } else {
                tiltedFrame(kept, i);
            }
        }
    }

    /** The weighted covariance of neighbours about point i. */
    private void gather(
            Cloud source, Cloud kept, int i, int[] index, double[] squared, int from, int k) {
        java.util.Arrays.fill(covariance, 0);
        double farthest = k == 0 ? 0 : Math.sqrt(squared[from + k - 1]);
        if (farthest == 0) {
            return;
        }
        double total = 0;
        for (int j = from; j < from + k; j++) {
            int q = index[j];
            double w = 1.0001 - Math.sqrt(squared[j]) / farthest;
            double ex = source.x[q] - kept.x[i];
            double ey = source.y[q] - kept.y[i];
            double ez = source.z[q] - kept.z[i];
            covariance[0] += w * ex * ex;
            covariance[1] += w * ex * ey;
            covariance[2] += w * ex * ez;
            covariance[3] += w * ey * ey;
            covariance[4] += w * ey * ez;
            covariance[5] += w * ez * ez;
            total += w;
        }
        for (int c = 0; c < 6; c++) {
            covariance[c] /= total;
        }
    }

    /** Towards the sensor; without one, away from the centroid. */
    private void lineOfSight(CleanCrop clean, Cloud kept, int i) {
        boolean seen = clean.viewpoint;
        sight[0] = seen ? clean.sensor[0] - kept.x[i] : kept.x[i];
        sight[1] = seen ? clean.sensor[1] - kept.y[i] : kept.y[i];
        sight[2] = seen ? clean.sensor[2] - kept.z[i] : kept.z[i];
    }

    private void normal(CleanCrop clean, Cloud kept, int i) {
        double[] v = eigen.vectors();
        int at = 3 * i;
        if (DegenerateAxes.isIsotropic(eigen.values())) {
            set(at, sight[0], sight[1], sight[2], 0);
        } else if (DegenerateAxes.isLine(eigen.values())) {
            double along = sight[0] * v[6] + sight[1] * v[7] + sight[2] * v[8];
            set(
                    at,
                    sight[0] - along * v[6],
                    sight[1] - along * v[7],
                    sight[2] - along * v[8],
                    PARALLEL * length(sight[0], sight[1], sight[2]));
        } else {
            double sign = side(clean, kept, i);
            normal[at] = sign * v[0];
            normal[at + 1] = sign * v[1];
            normal[at + 2] = sign * v[2];
        }
    }

    /** 1, -1, or 0 where nothing tells the two sides of a plane from each other. */
    private double side(CleanCrop clean, Cloud kept, int i) {
        double[] v = eigen.vectors();
        double towards = sight[0] * v[0] + sight[1] * v[1] + sight[2] * v[2];
        double limit = SIDE_ON * length(sight[0], sight[1], sight[2]);
        if (Math.abs(towards) > limit) {
            return Math.signum(towards);
        }
        double outwards = kept.x[i] * v[0] + kept.y[i] * v[1] + kept.z[i] * v[2];
        if (Math.abs(outwards) > SIDE_ON * clean.radius) {
            return Math.signum(outwards);
        }
        Cloud all = clean.points;
        double third = 0;
        double scale = 0;
        for (int j = 0; j < all.size; j++) {
            double h =
                    (all.x[j] - kept.x[i]) * v[0]
                            + (all.y[j] - kept.y[i]) * v[1]
                            + (all.z[j] - kept.z[i]) * v[2];
            third -= h * h * h;
            scale += Math.abs(h * h * h);
        }
        boolean lopsided =
                scale > all.size * cube(SIDE_ON * clean.radius)
                        && Math.abs(third) > SKEWLESS * scale;
        return lopsided ? Math.signum(third) : 0;
    }

    private void shape(int i) {
        double a = Math.sqrt(eigen.values()[0]);
        double b = Math.sqrt(eigen.values()[1]);
        double c = Math.sqrt(eigen.values()[2]);
        double scale = a + b + c > 0 ? 2 / (a + b + c) : 0;
        shape[3 * i] = flattened(a, c) * scale;
        shape[3 * i + 1] = flattened(b, c) * scale;
        shape[3 * i + 2] = c * scale;
    }

    /** The root of a rounding error is no thickness: it would change with the scene's turn. */
    private static double flattened(double root, double largest) {
        return root <= 1e-6 * largest ? 0 : root;
    }

    /** Normal; towards the centroid across it; their cross product. */
    private void tiltedFrame(Cloud kept, int i) {
        int n = 3 * i;
        int at = 9 * i;
        System.arraycopy(normal, n, axes, at, 3);
        double limit = Math.max(ON_AXIS_M, PARALLEL * kept.toCentre[i]);
        if (!across(at, -kept.x[i], -kept.y[i], -kept.z[i], limit)) {
            double far = PARALLEL * length(sight[0], sight[1], sight[2]);
            across(at, sight[0], sight[1], sight[2], far);
        }
        third(at);
    }

    /** Up; away from the crop's axis; their cross product. */
    private void uprightFrame(CleanCrop clean, Cloud kept, int i) {
        int at = 9 * i;
        System.arraycopy(clean.up, 0, axes, at, 3);
        if (!across(at, kept.x[i], kept.y[i], kept.z[i], ON_AXIS_M)) {
            across(at, sight[0], sight[1], sight[2], ON_AXIS_M);
        }
        third(at);
    }

    /** Sets the second axis to a direction's part across the first; to zero if that is nothing. */
    private boolean across(int at, double x, double y, double z, double limit) {
        double along = axes[at] * x + axes[at + 1] * y + axes[at + 2] * z;
        double ax = x - along * axes[at];
        double ay = y - along * axes[at + 1];
        double az = z - along * axes[at + 2];
        double size = length(ax, ay, az);
        boolean defined = size > limit;
        double scale = defined ? 1 / size : 0;
        axes[at + 3] = ax * scale;
        axes[at + 4] = ay * scale;
        axes[at + 5] = az * scale;
        return defined;
    }

    private void third(int at) {
        double[] a = axes;
        a[at + 6] = a[at + 1] * a[at + 5] - a[at + 2] * a[at + 4];
        a[at + 7] = a[at + 2] * a[at + 3] - a[at] * a[at + 5];
        a[at + 8] = a[at] * a[at + 4] - a[at + 1] * a[at + 3];
    }

    private void set(int at, double x, double y, double z, double limit) {
        double size = length(x, y, z);
        double scale = size > limit ? 1 / size : 0;
        normal[at] = x * scale;
        normal[at + 1] = y * scale;
        normal[at + 2] = z * scale;
    }

    private static double length(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }

    private static double cube(double a) {
        return a * a * a;
    }
}
