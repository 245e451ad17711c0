package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.geometry.eigen.SymmetricEigen3;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.SymmetryGroup;

/**
 * A crop's principal axes, longest first, and its kept points along them; for YAW the two
 * horizontal axes, then up. Signs are arbitrary. On centred points these are the coordinates of
 * classical multidimensional scaling (TinvNN), without its K x K matrix. Not thread-safe.
 */
final class PrincipalAxes {
    private static final double ALIKE = 1e-6;

    final SampledCrop crop;

    /** Three axes of length 1; their handedness is arbitrary. */
    final double[] axes = new double[9];

    /** Mean squares along the axes. */
    final double[] spread = new double[3];

    private final boolean upright;
    private final SymmetricEigen3 flat = new SymmetricEigen3();
    private final double[] flattened = new double[6];

    PrincipalAxes(InputConfig config) {
        crop = new SampledCrop(config);
        upright = config.group() == SymmetryGroup.YAW;
    }

    CropStatus take(Crop given) {
        CropStatus status = crop.take(given);
        if (upright) {
            CleanCrop clean = crop.clean;
            LevelAxes.flatten(clean.covariance, clean.up, flattened);
            flat.decomposeCovariance(flattened);
            longestFirst(flat, 2);
            level(clean.up);
        } else {
            longestFirst(crop.axes, 3);
        }
        boolean degenerate = status == CropStatus.OK || status == CropStatus.NON_FINITE_REMOVED;
        return degenerate && alike(ALIKE) ? CropStatus.DEGENERATE : status;
    }

    /** Whether two axes that may be exchanged are alike to within a share of the longest. */
    boolean alike(double share) {
        double limit = share * Math.max(spread[0], upright ? spread[1] : spread[2]);
        return spread[0] - spread[1] <= limit || (!upright && spread[1] - spread[2] <= limit);
    }

    private void longestFirst(SymmetricEigen3 from, int count) {
        for (int k = 0; k < count; k++) {
            System.arraycopy(from.vectors(), 3 * (2 - k), axes, 3 * k, 3);
            spread[k] = from.values()[2 - k];
        }
    }

    /**
     * Makes the first axis exactly horizontal, the second its quarter turn, the third up. A crop
     * without horizontal extent has no such axes: then points lie on the vertical and any will do.
     */
    private void level(double[] up) {
        double along = EdgeInputs.dot(axes, 0, up[0], up[1], up[2]);
        double size = 0;
        for (int k = 0; k < 3; k++) {
            axes[k] -= along * up[k];
            size += axes[k] * axes[k];
        }
        double scale = size > 0.25 ? 1 / Math.sqrt(size) : 0;
        for (int k = 0; k < 3; k++) {
            axes[k] *= scale;
        }
        axes[3] = up[1] * axes[2] - up[2] * axes[1];
        axes[4] = up[2] * axes[0] - up[0] * axes[2];
        axes[5] = up[0] * axes[1] - up[1] * axes[0];
        System.arraycopy(up, 0, axes, 6, 3);
        spread[2] = 0;
    }

    double along(int axis, Cloud cloud, int i) {
        return EdgeInputs.dot(axes, 3 * axis, cloud.x[i], cloud.y[i], cloud.z[i]);
    }

    /** 1, or -1 if the first two axes and the third make a left hand. */
    double handedness() {
        double[] a = axes;
        double x = a[1] * a[5] - a[2] * a[4];
        double y = a[2] * a[3] - a[0] * a[5];
        double z = a[0] * a[4] - a[1] * a[3];
        return EdgeInputs.dot(a, 6, x, y, z) < 0 ? -1 : 1;
    }
}
