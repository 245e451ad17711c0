package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.SomeCrops;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Clouds that have no shape, or too much symmetry, or faults. */
final class DegenerateCrops {
    private DegenerateCrops() {}

    /** Crops with axes of their own in spite of all. */
    static List<Crop> withAxes() {
        List<Crop> out = new ArrayList<>();
        out.add(SomeCrops.of());
        out.add(SomeCrops.of(new double[] {3, 1, 0}));
        double[][] plane = new double[60][];
        double[][] copies = new double[60][];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < plane.length; i++) {
            double x = random.nextDouble(1);
            double y = random.nextDouble(0.4);
            plane[i] = new double[] {6 + x * x, 2 + y, 0.3 * x * x + 0.1 * y};
            copies[i] = plane[i % 20];
        }
        out.add(SomeCrops.of(plane));
        out.add(SomeCrops.of(copies));
        return out;
    }

    /** Crops whose tensors still do not change when the scene turns. */
    static List<Crop> turnable() {
        List<Crop> out = withAxes();
        out.add(SomeCrops.of(new double[] {3, 1, 0}, new double[] {3.5, 1.1, 0.4}));
        out.add(
                SomeCrops.of(
                        new double[] {3, 1, 0},
                        new double[] {3.5, 1.1, 0.4},
                        new double[] {4.2, 0.7, 0.1}));
        double[][] line = new double[15][];
        for (int i = 0; i < line.length; i++) {
            line[i] = new double[] {5 + 0.13 * i, 2 - 0.05 * i, 0.02 * i * 3};
        }
        out.add(SomeCrops.of(line));
        out.add(SomeCrops.grid(6, 5, 1)); // planar
        out.add(SomeCrops.grid(2, 2, 2)); // corners of a cube
        double[] at = {4, 4, 1};
        out.add(SomeCrops.of(at, at, at, at, at));
        return out;
    }

    static List<Crop> all() {
        List<Crop> out = turnable();
        double[] zero = {0, 0, 0};
        out.add(
                SomeCrops.of(
                        zero, new double[] {1, 0, 0}, new double[] {-1, 0, 0}, zero)); // sensor
        out.add(far(1e6));
        out.add(far(1e-310));
        out.add(
                SomeCrops.of(
                        new double[] {Double.NaN, 1, 2},
                        new double[] {1, Double.POSITIVE_INFINITY, 0},
                        new double[] {Double.MAX_VALUE, -Double.MAX_VALUE, 0},
                        new double[] {1, 2, 3}));
        out.add(SomeCrops.grid(12, 12, 12)); // more than are kept
        return out;
    }

    private static Crop far(double by) {
        Crop box = SomeCrops.box(new SplittableRandom(9), 30);
        return SomeCrops.scaled(box, by);
    }
}
