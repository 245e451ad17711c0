package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.geometry.eigen.SymmetricEigen3;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropStatus;
import java.nio.FloatBuffer;
import java.util.List;

/** A clean crop, the K points of it that are kept, and its axes. Not thread-safe. */
final class SampledCrop {
    private static final int FEW = 4;
    private static final double LOG_SCALE = 0.2;

    final CleanCrop clean;
    final FarthestPoints sampled;

    /** The points that are kept. */
    final Cloud kept = new Cloud();

    /** Eigenvalues, rising, and axes of all points; signs are arbitrary. */
    final SymmetricEigen3 axes = new SymmetricEigen3();

    SampledCrop(InputConfig config) {
        clean = new CleanCrop(config.viewpoint(), config.unitSphere());
        sampled = new FarthestPoints(config.points());
    }

    CropStatus take(Crop crop) {
        clean.take(crop);
        sampled.sample(clean.points);
        kept.take(clean.points, sampled.taken, sampled.count);
        axes.decomposeCovariance(clean.covariance);
        if (clean.distinct < FEW) {
            return CropStatus.TOO_FEW;
        }
        if (DegenerateAxes.isLine(axes.values()) || DegenerateAxes.isIsotropic(axes.values())) {
            return CropStatus.DEGENERATE;
        }
        return clean.removed > 0 ? CropStatus.NON_FINITE_REMOVED : CropStatus.OK;
    }

    /** A fifth of the logarithm of the number of distinct points; 0 for none. */
    float logCount() {
        return (float) (LOG_SCALE * StrictMath.log(Math.max(1, clean.distinct)));
    }

    void sightLine(double[] out) {
        for (int k = 0; k < 3; k++) {
            out[k] = clean.viewpoint ? -clean.sensor[k] : 0;
        }
    }

    static TensorSpec spec(String name, String layout, String meaning, int... shape) {
        Integer[] dims = new Integer[shape.length + 1];
        dims[0] = TensorSpec.BATCH;
        for (int i = 0; i < shape.length; i++) {
            dims[i + 1] = shape[i];
        }
        return new TensorSpec(name, List.of(dims), layout, meaning);
    }

    /** Repeats the first row behind {@code count} rows: maxima over rows do not see it. */
    static void pad(float[] rows, int width, int count, int rowsWanted) {
        for (int i = count; i < rowsWanted; i++) {
            if (count == 0) {
                java.util.Arrays.fill(rows, i * width, (i + 1) * width, 0);
            } else {
                System.arraycopy(rows, 0, rows, i * width, width);
            }
        }
    }

    static void put(FloatBuffer tensor, int row, float[] values) {
        tensor.put(row * values.length, values);
    }
}
