package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropStatus;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Inputs of {@code concentric}: the density of all points on shells about the centroid, by
 * elevation and azimuth about up, each point shared among the eight cells around it. Azimuth counts
 * from the line of sight; without a sensor from +x, and then only turns by whole columns merely
 * shift the tensor. Source: Fox et al., "Concentric Spherical Neural Network for 3D Representation
 * Learning" (2022).
 */
final class SphereInputs implements CropInputs {
    /** Radii of the shells: of what is recognised on roads, metres. */
    private static final double[] METRES = {0.15, 0.35, 0.7, 1.2, 2.0, 3.5};

    /** The same for crops of radius 1. */
    private static final double[] UNITS = {0.1, 0.28, 0.46, 0.64, 0.82, 1.0};

    private static final int SHELLS = METRES.length;
    private static final int ELEVATIONS = 8;
    private static final int AZIMUTHS = 16;
    private static final double SCALE = 3;

    /** This near to the axis, or to the centroid, rounding would choose the direction. */
    private static final double NOWHERE_M = 1e-9;

    private final double[] radii;
    private final SampledCrop crop;
    private final double[] forward = new double[3];
    private final double[] left = new double[3];
    private final double[] density = new double[SHELLS * ELEVATIONS * AZIMUTHS];
    private final float[] sphere = new float[density.length];
    private final List<TensorSpec> specs;

    SphereInputs(InputConfig config) {
        crop = new SampledCrop(config);
        radii = config.unitSphere() ? UNITS : METRES;
        specs =
                List.of(
                        SampledCrop.spec(
                                "sphere",
                                "NSHW",
                                "density by shell, elevation, azimuth",
                                SHELLS,
                                ELEVATIONS,
                                AZIMUTHS));
    }

    @Override
    public List<TensorSpec> specs() {
        return specs;
    }

    @Override
    public CropStatus prepare(Crop given) {
        CropStatus status = crop.take(given);
        directions();
        java.util.Arrays.fill(density, 0);
        Cloud all = crop.clean.points;
        for (int i = 0; i < all.size; i++) {
            double up = EdgeInputs.dot(crop.clean.up, 0, all.x[i], all.y[i], all.z[i]);
            double ahead = EdgeInputs.dot(forward, 0, all.x[i], all.y[i], all.z[i]);
            double aside = EdgeInputs.dot(left, 0, all.x[i], all.y[i], all.z[i]);
            double across = Math.sqrt(ahead * ahead + aside * aside);
            boolean central = all.toCentre[i] <= NOWHERE_M;
            boolean polar = across <= NOWHERE_M;
            double elevation = central ? 0.5 : StrictMath.atan2(up, across) / Math.PI + 0.5;
            double azimuth = polar ? 0 : StrictMath.atan2(aside, ahead) / (2 * Math.PI);
            spread(
                    shell(all.toCentre[i]),
                    elevation * ELEVATIONS - 0.5,
                    (azimuth - Math.floor(azimuth)) * AZIMUTHS);
        }
        for (int c = 0; c < density.length; c++) {
            sphere[c] = (float) (SCALE * Math.sqrt(density[c] / Math.max(1, all.size)));
        }
        return status;
    }

    /** Level axes: away from the sensor, and to the left of it. */
    private void directions() {
        double[] up = crop.clean.up;
        crop.sightLine(forward);
        if (!level(forward, up)) {
            int axis = Math.abs(up[0]) < 0.9 ? 0 : 1;
            java.util.Arrays.fill(forward, 0);
            forward[axis] = 1;
            level(forward, up);
        }
        left[0] = up[1] * forward[2] - up[2] * forward[1];
        left[1] = up[2] * forward[0] - up[0] * forward[2];
        left[2] = up[0] * forward[1] - up[1] * forward[0];
    }

    private static boolean level(double[] v, double[] up) {
        double along = EdgeInputs.dot(up, 0, v[0], v[1], v[2]);
        double squares = 0;
        for (int k = 0; k < 3; k++) {
            v[k] -= along * up[k];
            squares += v[k] * v[k];
        }
        double length = Math.sqrt(squares);
        for (int k = 0; k < 3 && length > 1e-9; k++) {
            v[k] /= length;
        }
        return length > 1e-9;
    }

    /** Where among the shells: 0 at the first, 1 at the second, ... */
    private double shell(double radius) {
        int s = 0;
        while (s < SHELLS - 2 && radius >= radii[s + 1]) {
            s++;
        }
        double at = s + (radius - radii[s]) / (radii[s + 1] - radii[s]);
        return Math.max(0, Math.min(SHELLS - 1, at));
    }

    private void spread(double shell, double elevation, double azimuth) {
        double h = Math.max(0, Math.min(ELEVATIONS - 1, elevation));
        int s0 = (int) Math.min(SHELLS - 2, Math.floor(shell));
        int h0 = (int) Math.min(ELEVATIONS - 2, Math.floor(h));
        int w0 = (int) Math.floor(azimuth);
        for (int s = 0; s < 2; s++) {
            double a = s == 0 ? 1 - (shell - s0) : shell - s0;
            for (int e = 0; e < 2; e++) {
                double b = a * (e == 0 ? 1 - (h - h0) : h - h0);
                int row = ((s0 + s) * ELEVATIONS + h0 + e) * AZIMUTHS;
                density[row + w0 % AZIMUTHS] += b * (1 - (azimuth - w0));
                density[row + (w0 + 1) % AZIMUTHS] += b * (azimuth - w0);
            }
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
        SampledCrop.put(tensors[0], row, sphere);
    }
}
