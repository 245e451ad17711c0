package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.geometry.eigen.SymmetricEigen3;
import io.azimuth.perception.invariant.SymmetryGroup;

/**
 * The whole crop as one of its points sees it: a spin image about the point's normal (about the
 * vertical for YAW), the crop's covariance in the point's frame, point and normal along the crop's
 * axes, and the line of sight in the point's frame. Lengths relate to the crop's radius. Source:
 * study of crop encoders, section 13; Johnson and Hebert, "Using Spin Images" (PAMI 1999). Not
 * thread-safe.
 */
final class PointContext {
    private static final double[] TILTED_HEIGHTS = {-1, -0.65, -0.4, -0.2, -0.06, 0.06, 0.2, 0.4};
    private static final double[] UPRIGHT_HEIGHTS = {
        -0.65, -0.35, -0.15, -0.04, 0.04, 0.15, 0.35, 0.65
    };
    private static final double[] RADII = {0.2, 0.45, 0.8};
    private static final int BINS = (TILTED_HEIGHTS.length + 1) * (RADII.length + 1);
    private static final double SPIN_SCALE = 3;
    private static final double COVARIANCE_SCALE = 5;
    private static final double ON_AXIS_M = 1e-9;

    private final int points;
    private final boolean upright;
    private final boolean mirrored;
    private final boolean viewpoint;
    private final double[] heights;
    private final int width;
    private final int[] bins = new int[BINS];
    private final SymmetricEigen3 flat = new SymmetricEigen3();
    private final double[] flattened = new double[6];

    PointContext(InputConfig config) {
        points = config.points();
        upright = config.group() == SymmetryGroup.YAW;
        mirrored = config.group() == SymmetryGroup.O3;
        viewpoint = config.viewpoint();
        heights = upright ? UPRIGHT_HEIGHTS : TILTED_HEIGHTS;
        int sight = viewpoint ? (upright ? 2 : 3) : 0;
        width = BINS + 6 + 6 + sight;
    }

    /** Numbers a point. */
    int width() {
        return width;
    }

    void compute(SampledCrop crop, LocalFrames frames, float[] rows) {
        Cloud kept = crop.kept;
        double scale = crop.clean.radius > 0 ? 1 / crop.clean.radius : 0;
        SymmetricEigen3 own = upright ? level(crop.clean) : crop.axes;
        DegenerateAxes.clear(own, upright ? 1 : 0);
        for (int i = 0; i < kept.size; i++) {
            int at = i * width;
            spin(crop, frames, i, scale, rows, at);
            covariance(crop.clean.covariance, frames.axes, 9 * i, scale * scale, rows, at + BINS);
            alongAxes(kept, frames, own.vectors(), i, scale, rows, at + BINS + 6);
            if (viewpoint) {
                sight(crop.clean, kept, frames.axes, i, rows, at + BINS + 12);
            }
        }
        SampledCrop.pad(rows, width, kept.size, points);
    }

    private void spin(
            SampledCrop crop, LocalFrames frames, int i, double scale, float[] rows, int at) {
        java.util.Arrays.fill(bins, 0);
        Cloud all = crop.clean.points;
        double[] axis = upright ? crop.clean.up : frames.normal;
        int a = upright ? 0 : 3 * i;
        double px = crop.kept.x[i];
        double py = crop.kept.y[i];
        double pz = crop.kept.z[i];
        for (int j = 0; j < all.size; j++) {
            double ex = (all.x[j] - px) * scale;
            double ey = (all.y[j] - py) * scale;
            double ez = (all.z[j] - pz) * scale;
            double h = EdgeInputs.dot(axis, a, ex, ey, ez);
            double across = ex * ex + ey * ey + ez * ez - h * h;
            bins[cell(h, across)]++;
        }
        for (int b = 0; b < BINS; b++) {
            rows[at + b] = (float) (SPIN_SCALE * Math.sqrt(bins[b] / (double) all.size));
        }
    }

    private int cell(double h, double acrossSquared) {
        int row = 0;
        while (row < heights.length && h >= heights[row]) {
            row++;
        }
        int column = 0;
        while (column < RADII.length && acrossSquared >= RADII[column] * RADII[column]) {
            column++;
        }
        return row * (RADII.length + 1) + column;
    }

    private void covariance(
            double[] c, double[] axes, int frame, double scale, float[] rows, int start) {
        int at = start;
        for (int r = 0; r < 3; r++) {
            int u = frame + 3 * r;
            double x = c[0] * axes[u] + c[1] * axes[u + 1] + c[2] * axes[u + 2];
            double y = c[1] * axes[u] + c[3] * axes[u + 1] + c[4] * axes[u + 2];
            double z = c[2] * axes[u] + c[4] * axes[u + 1] + c[5] * axes[u + 2];
            for (int s = r; s < 3; s++) {
                double value =
                        COVARIANCE_SCALE * scale * EdgeInputs.dot(axes, frame + 3 * s, x, y, z);
                // products with the third axis once change sign in a mirror
                rows[at++] = (float) (mirrored && s == 2 && r < 2 ? Math.abs(value) : value);
            }
        }
    }

    /** Absolute values: axes have no sign of their own. */
    private void alongAxes(
            Cloud kept,
            LocalFrames frames,
            double[] axes,
            int i,
            double scale,
            float[] rows,
            int at) {
        double[] n = frames.normal;
        for (int k = 0; k < 3; k++) {
            boolean signed = upright && k == 0;
            double p = scale * EdgeInputs.dot(axes, 3 * k, kept.x[i], kept.y[i], kept.z[i]);
            double m = EdgeInputs.dot(axes, 3 * k, n[3 * i], n[3 * i + 1], n[3 * i + 2]);
            rows[at + k] = (float) (signed ? p : Math.abs(p));
            rows[at + 3 + k] = (float) (signed ? m : Math.abs(m));
        }
    }

    /** Up, and the axes of what the crop looks like from above. */
    private SymmetricEigen3 level(CleanCrop clean) {
        LevelAxes.flatten(clean.covariance, clean.up, flattened);
        flat.decomposeCovariance(flattened);
        double[] v = flat.vectors();
        double[] up = clean.up;
        System.arraycopy(up, 0, v, 0, 3);
        // of a crop without width the solver may have mixed the second with up
        v[3] = up[1] * v[8] - up[2] * v[7];
        v[4] = up[2] * v[6] - up[0] * v[8];
        v[5] = up[0] * v[7] - up[1] * v[6];
        return flat;
    }

    private void sight(CleanCrop clean, Cloud kept, double[] axes, int i, float[] rows, int at) {
        double x = clean.sensor[0] - kept.x[i];
        double y = clean.sensor[1] - kept.y[i];
        double z = clean.sensor[2] - kept.z[i];
        int first = upright ? 1 : 0;
        double[] v = clean.up;
        double up = upright ? EdgeInputs.dot(v, 0, x, y, z) : 0;
        x -= up * v[0];
        y -= up * v[1];
        z -= up * v[2];
        double sum = Math.sqrt(x * x + y * y + z * z);
        double scale = sum > ON_AXIS_M ? 1 / sum : 0;
        for (int k = first; k < 3; k++) {
            double along = scale * EdgeInputs.dot(axes, 9 * i + 3 * k, x, y, z);
            rows[at + k - first] = (float) (mirrored && k == 2 ? Math.abs(along) : along);
        }
    }
}
