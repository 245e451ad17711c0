package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Inputs of {@code mds-canon}: points along the principal axes, each axis turned so that the third
 * moment along it is positive; the shortest follows from a right hand (O3: from its own moment).
 * Where a moment vanishes the sensor decides. Source: study of crop encoders, section 5 (TinvNN).
 */
final class CanonicalInputs implements CropInputs {
    /** Third moments below this share of the third absolute moment decide nothing. */
    private static final double SKEWLESS = 1e-9;

    private final int points;
    private final SymmetryGroup group;
    private final PrincipalAxes principal;
    private final double[] signs = new double[3];
    private final float[] rows;
    private final List<TensorSpec> specs;

    CanonicalInputs(InputConfig config) {
        points = config.points();
        group = config.group();
        principal = new PrincipalAxes(config);
        rows = new float[3 * points];
        specs =
                List.of(
                        SampledCrop.spec(
                                "points", "NPC", "points along the crop's own axes", points, 3));
    }

    @Override
    public List<TensorSpec> specs() {
        return specs;
    }

    @Override
    public CropStatus prepare(Crop given) {
        CropStatus status = principal.take(given);
        signs();
        Cloud kept = principal.crop.kept;
        for (int i = 0; i < kept.size; i++) {
            for (int k = 0; k < 3; k++) {
                rows[3 * i + k] = (float) (signs[k] * principal.along(k, kept, i));
            }
        }
        SampledCrop.pad(rows, 3, kept.size, points);
        return status;
    }

    private void signs() {
        signs[0] = sign(0);
        if (group == SymmetryGroup.YAW) {
            signs[1] = signs[0]; // a half turn of the two together
            signs[2] = 1;
            return;
        }
        signs[1] = sign(1);
        signs[2] =
                group == SymmetryGroup.O3 ? sign(2) : signs[0] * signs[1] * principal.handedness();
    }

    private double sign(int axis) {
        Cloud all = principal.crop.clean.points;
        double third = 0;
        double scale = 0;
        for (int i = 0; i < all.size; i++) {
            double h = principal.along(axis, all, i);
            third += h * h * h;
            scale += Math.abs(h * h * h);
        }
        if (Math.abs(third) > SKEWLESS * scale) {
            return Math.signum(third);
        }
        double[] s = principal.crop.clean.sensor;
        double towards = EdgeInputs.dot(principal.axes, 3 * axis, s[0], s[1], s[2]);
        return towards < 0 ? -1 : 1;
    }

    @Override
    public void sightLine(double[] out) {
        principal.crop.sightLine(out);
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public void write(int part, FloatBuffer[] tensors, int row) {
        SampledCrop.put(tensors[0], row, rows);
    }
}
