package io.azimuth.connectors.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.testing.Property;
import org.junit.jupiter.api.Test;

class OverlapTest {
    /** One point in the middle of every cell from {@code first} to before {@code last} along x. */
    private static float[] row(int first, int last) {
        float[] out = new float[3 * (last - first)];
        for (int i = first; i < last; i++) {
            out[3 * (i - first)] = (float) ((i + 0.5) * Overlap.VOXEL_M);
            out[3 * (i - first) + 1] = 0.1f;
            out[3 * (i - first) + 2] = 0.1f;
        }
        return out;
    }

    @Test
    void aShiftedRowOverlapsInWhatReachesAcrossItsEnd() {
        // cells 0 .. 19 and 10 .. 29: ten in common; the next is 0.3 m off, the one after 0.6 m
        double share = Overlap.share(row(10, 30), row(0, 20), RigidTransform.IDENTITY);

        assertThat(share).isCloseTo(11 / 20.0, within(1e-12));
    }

    @Test
    void pointsInOneVoxelCountOnce() {
        float[] crowd = new float[300];
        java.util.Arrays.fill(crowd, 0.1f);
        float[] source = java.util.Arrays.copyOf(crowd, 303);
        source[300] = 50;

        assertThat(Overlap.share(crowd, source, RigidTransform.IDENTITY)).isEqualTo(0.5);
    }

    @Test
    void theTruthIsAppliedFromSourceToTarget() {
        RigidTransform targetFromSource = RigidTransform.translation(3, 0, 0);

        assertThat(Overlap.share(row(10, 20), row(0, 10), targetFromSource)).isEqualTo(1);
        assertThat(Overlap.share(row(10, 20), row(0, 10), targetFromSource.inverse())).isZero();
    }

    @Test
    void itIsWhatComparingAllPairsOfCentresGives() {
        Property.forAll(
                20,
                rnd -> {
                    float[] target = new float[300];
                    float[] source = new float[300];
                    for (int i = 0; i < 300; i++) {
                        target[i] = (float) rnd.nextGaussian(0, 1.5);
                        source[i] = (float) rnd.nextGaussian(0, 1.5);
                    }
                    RigidTransform t = RigidTransform.ofYaw(rnd.nextDouble(6), 0.4, -1, 0.2);
                    assertThat(Overlap.share(target, source, t))
                            .isCloseTo(naive(target, source, t), within(1e-12));
                });
    }

    private static double naive(float[] target, float[] source, RigidTransform t) {
        java.util.Set<java.util.List<Double>> from = centres(source);
        long near =
                from.stream()
                        .filter(
                                c ->
                                        centres(target).stream()
                                                .anyMatch(
                                                        d -> {
                                                            double x = c.get(0);
                                                            double y = c.get(1);
                                                            double z = c.get(2);
                                                            double dx = t.mapX(x, y, z) - d.get(0);
                                                            double dy = t.mapY(x, y, z) - d.get(1);
                                                            double dz = t.mapZ(x, y, z) - d.get(2);
                                                            return dx * dx + dy * dy + dz * dz
                                                                    < Overlap.REACH_M
                                                                            * Overlap.REACH_M;
                                                        }))
                        .count();
        return (double) near / from.size();
    }

    private static java.util.Set<java.util.List<Double>> centres(float[] xyz) {
        java.util.Set<java.util.List<Double>> out = new java.util.HashSet<>();
        for (int i = 0; i < xyz.length; i += 3) {
            java.util.List<Double> c = new java.util.ArrayList<>();
            for (int k = 0; k < 3; k++) {
                c.add((Math.floor(xyz[i + k] / Overlap.VOXEL_M) + 0.5) * Overlap.VOXEL_M);
            }
            out.add(c);
        }
        return out;
    }

    @Test
    void aHalfHiddenBoxIsHalfOccluded() {
        OrientedBox box = new OrientedBox(20, 0, 0, 2, 4, 2, 0);
        PointCloud cloud = new PointCloud();
        java.util.List<Integer> labels = new java.util.ArrayList<>();
        int hits = 0;
        for (int i = -60; i <= 60; i++) {
            for (int k = -3; k <= 3; k++) {
                double azimuth = i * 0.0025;
                double x = 19;
                double y = x * Math.tan(azimuth);
                double z = k * 0.25;
                boolean hidden = y > 0.001 && y < 3;
                boolean on = !hidden && Math.abs(y) < 1.99;
                double scale = hidden ? 0.5 : on ? 1 : 3;
                cloud.add((float) (scale * x), (float) (scale * y), (float) (scale * z), 0.5f);
                labels.add(on ? 7 : -6);
                hits += on ? 1 : 0;
            }
        }
        Occlusion occlusion = new Occlusion();
        occlusion.prepare(
                cloud, labels.stream().mapToInt(Integer::intValue).toArray(), new double[6]);

        assertThat(occlusion.share(7, box, 0, 0, hits)).isCloseTo(0.5, within(0.05));
        assertThat(occlusion.share(7, box, 0, 0, 0)).isEqualTo(1);
        OrientedBox free = new OrientedBox(-20, 0, 0, 2, 4, 2, 0);
        assertThat(occlusion.share(8, free, 0, 0, 50)).isZero();
    }
}
