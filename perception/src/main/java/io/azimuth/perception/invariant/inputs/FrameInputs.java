package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Inputs of {@code frame-avg}: the points in every frame of the principal axes that the group has
 * (YAW 2, SO3 4, O3 8), over which the network averages. Where two axes are nearly alike, which is
 * longer says nothing: then the crop fills one row for each order of the axes, and the caller
 * averages over them too. Source: Puny et al., "Frame Averaging" (ICLR 2022).
 */
final class FrameInputs implements CropInputs {
    /** Axes whose mean squares differ by less than this share of the longest may be exchanged. */
    private static final double NEARLY_ALIKE = 0.05;

    /** Orders of three axes; the first two are those of the horizontal ones. */
    private static final int[][] ORDERS = {
        {0, 1, 2}, {1, 0, 2}, {0, 2, 1}, {2, 1, 0}, {1, 2, 0}, {2, 0, 1}
    };

    private static final double[] ORDER_SIGN = {1, -1, -1, -1, 1, 1};

    private final int points;
    private final SymmetryGroup group;
    private final int frames;
    private final PrincipalAxes principal;
    private final double[] signs = new double[3];
    private final double[] coordinates;
    private final float[] rows;
    private final List<TensorSpec> specs;
    private boolean nearlyAlike;

    FrameInputs(InputConfig config) {
        points = config.points();
        group = config.group();
        frames =
                switch (group) {
                    case YAW -> 2;
                    case O3 -> 8;
                    default -> 4;
                };
        principal = new PrincipalAxes(config);
        coordinates = new double[3 * points];
        rows = new float[frames * points * 3];
        specs =
                List.of(
                        SampledCrop.spec(
                                "points",
                                "NAPC",
                                "points in each of the crop's frames",
                                frames,
                                points,
                                3));
    }

    @Override
    public List<TensorSpec> specs() {
        return specs;
    }

    @Override
    public CropStatus prepare(Crop given) {
        CropStatus status = principal.take(given);
        Cloud kept = principal.crop.kept;
        for (int i = 0; i < kept.size; i++) {
            for (int k = 0; k < 3; k++) {
                coordinates[3 * i + k] = principal.along(k, kept, i);
            }
        }
        nearlyAlike = principal.alike(NEARLY_ALIKE);
        return status;
    }

    @Override
    public void sightLine(double[] out) {
        principal.crop.sightLine(out);
    }

    @Override
    public int rows() {
        return nearlyAlike ? (group == SymmetryGroup.YAW ? 2 : ORDERS.length) : 1;
    }

    @Override
    public void write(int part, FloatBuffer[] tensors, int row) {
        int[] order = ORDERS[part];
        int count = principal.crop.kept.size;
        for (int f = 0; f < frames; f++) {
            signs(f, ORDER_SIGN[part] * principal.handedness());
            int start = f * points * 3;
            for (int i = 0; i < points; i++) {
                for (int k = 0; k < 3; k++) {
                    double value = count == 0 ? 0 : coordinates[3 * (i < count ? i : 0) + order[k]];
                    rows[start + 3 * i + k] = (float) (signs[k] * value);
                }
            }
        }
        SampledCrop.put(tensors[0], row, rows);
    }

    /** Signs of the frame's axes; right-handed but for O3. */
    private void signs(int frame, double hand) {
        signs[0] = (frame & 1) == 0 ? 1 : -1;
        signs[1] = (frame & 2) == 0 ? 1 : -1;
        switch (group) {
            case YAW -> {
                signs[1] = signs[0] * hand;
                signs[2] = 1;
            }
            case O3 -> signs[2] = (frame & 4) == 0 ? 1 : -1;
            default -> signs[2] = signs[0] * signs[1] * hand;
        }
    }
}
