package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropStatus;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Inputs of networks that take the points themselves, about the centroid: {@code pointnet}, and
 * with neighbours {@code egnn}, {@code learned-canon}, {@code tetra-vn}.
 */
final class PointInputs implements CropInputs {
    private final int points;
    private final SampledCrop crop;
    private final @org.jspecify.annotations.Nullable NeighbourLists lists;
    private final float[] rows;
    private final List<TensorSpec> specs;

    PointInputs(InputConfig config, boolean neighbours) {
        points = config.points();
        crop = new SampledCrop(config);
        rows = new float[3 * points];
        TensorSpec spec = SampledCrop.spec("points", "NPC", "points about the centroid", points, 3);
        lists = neighbours ? new NeighbourLists(config) : null;
        specs = lists == null ? List.of(spec) : List.of(spec, lists.spec());
    }

    @Override
    public List<TensorSpec> specs() {
        return specs;
    }

    @Override
    public CropStatus prepare(Crop given) {
        CropStatus status = crop.take(given);
        Cloud kept = crop.kept;
        for (int i = 0; i < kept.size; i++) {
            rows[3 * i] = (float) kept.x[i];
            rows[3 * i + 1] = (float) kept.y[i];
            rows[3 * i + 2] = (float) kept.z[i];
        }
        SampledCrop.pad(rows, 3, kept.size, points);
        if (lists != null) {
            lists.find(kept);
        }
        return status;
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
        SampledCrop.put(tensors[0], row, rows);
        if (lists != null) {
            SampledCrop.put(tensors[1], row, lists.ranked());
        }
    }
}
