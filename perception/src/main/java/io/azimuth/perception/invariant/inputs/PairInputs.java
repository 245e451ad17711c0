package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Inputs of {@code ga-attn}: the invariants of the geometric product {@code r_i r_j = r_i.r_j + r_i
 * ^ r_j} of all pairs of kept points, and with a sensor the volume that the two and the line of
 * sight span; of each point its length and its place along the line of sight. Rows and columns
 * behind the last point repeat the first. Source: Spellings, "Geometric Algebra Attention Networks
 * for Small Point Clouds" (2021).
 */
final class PairInputs implements CropInputs {
    private final int points;
    private final boolean viewpoint;
    private final boolean mirrored;
    private final int pairWidth;
    private final int pointWidth;
    private final SampledCrop crop;
    private final double[] sight = new double[3];
    private final float[] pairs;
    private final float[] rows;
    private final List<TensorSpec> specs;

    PairInputs(InputConfig config) {
        points = config.points();
        viewpoint = config.viewpoint();
        mirrored = config.group() == SymmetryGroup.O3;
        pairWidth = viewpoint ? 6 : 5;
        pointWidth = viewpoint ? 7 : 5;
        crop = new SampledCrop(config);
        pairs = new float[points * points * pairWidth];
        rows = new float[points * pointWidth];
        specs =
                List.of(
                        SampledCrop.spec(
                                "pair", "NPPF", "products of pairs", points, points, pairWidth),
                        SampledCrop.spec("point", "NPF", "single points", points, pointWidth));
    }

    @Override
    public List<TensorSpec> specs() {
        return specs;
    }

    @Override
    public CropStatus prepare(Crop given) {
        CropStatus status = crop.take(given);
        direction();
        int count = crop.kept.size;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < points; j++) {
                pair(i, j < count ? j : 0, (i * points + j) * pairWidth);
            }
            point(i);
        }
        SampledCrop.pad(pairs, points * pairWidth, count, points);
        SampledCrop.pad(rows, pointWidth, count, points);
        return status;
    }

    /** From the centroid to the sensor, of length 1; zero if they coincide. */
    private void direction() {
        double[] s = crop.clean.sensor;
        double length = Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]);
        for (int k = 0; k < 3; k++) {
            sight[k] = length > 0 ? s[k] / length : 0;
        }
    }

    private void pair(int i, int j, int start) {
        Cloud kept = crop.kept;
        double cx = kept.y[i] * kept.z[j] - kept.z[i] * kept.y[j];
        double cy = kept.z[i] * kept.x[j] - kept.x[i] * kept.z[j];
        double cz = kept.x[i] * kept.y[j] - kept.y[i] * kept.x[j];
        double inner = kept.x[i] * kept.x[j] + kept.y[i] * kept.y[j] + kept.z[i] * kept.z[j];
        int at = start;
        pairs[at++] = (float) inner;
        pairs[at++] = i == j ? 0 : (float) Math.sqrt(cx * cx + cy * cy + cz * cz);
        pairs[at++] = (float) kept.toCentre[i];
        pairs[at++] = (float) kept.toCentre[j];
        pairs[at++] = (float) Math.sqrt(kept.squaredDistance(i, j));
        if (viewpoint) {
            double volume = EdgeInputs.dot(sight, 0, cx, cy, cz);
            pairs[at] = (float) (mirrored ? Math.abs(volume) : volume);
        }
    }

    private void point(int i) {
        Cloud kept = crop.kept;
        int at = i * pointWidth;
        rows[at++] = (float) kept.toCentre[i];
        for (int k = 0; k < 3; k++) {
            rows[at++] = (float) Math.sqrt(crop.axes.values()[k]);
        }
        rows[at++] = crop.logCount();
        if (viewpoint) {
            double along = EdgeInputs.dot(sight, 0, kept.x[i], kept.y[i], kept.z[i]);
            double square = kept.toCentre[i] * kept.toCentre[i] - along * along;
            rows[at++] = (float) along;
            rows[at] = (float) Math.sqrt(Math.max(0, square));
        }
    }

    @Override
    public void sightLine(double[] out) {
        crop.sightLine(out);
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public void write(int part, FloatBuffer[] tensors, int row) {
        SampledCrop.put(tensors[0], row, pairs);
        SampledCrop.put(tensors[1], row, rows);
    }
}
