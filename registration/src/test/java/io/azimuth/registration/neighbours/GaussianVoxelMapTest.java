package io.azimuth.registration.neighbours;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class GaussianVoxelMapTest {
    private static final double THIN_M = 0.1;

    @Test
    void mapIsAFunctionOfThePointsWhateverOrderTheyCameAndWent() {
        forAll(
                60,
                rnd -> {
                    List<long[]> kept = wall(rnd, 300);
                    List<long[]> passing = wall(rnd, 300);
                    GaussianVoxelMap direct = new GaussianVoxelMap(0.7, THIN_M);
                    kept.forEach(p -> direct.add(p[0], p[1], p[2]));

                    GaussianVoxelMap detour = new GaussianVoxelMap(0.7, THIN_M);
                    passing.forEach(p -> detour.add(p[0], p[1], p[2]));
                    Collections.shuffle(kept, new Random(rnd.nextLong()));
                    kept.forEach(p -> detour.add(p[0], p[1], p[2]));
                    Collections.shuffle(passing, new Random(rnd.nextLong()));
                    passing.forEach(p -> detour.remove(p[0], p[1], p[2]));

                    assertThat(detour.size()).isEqualTo(direct.size());
                    for (long[] p : kept) {
                        assertThat(shapeAt(detour, p)).containsExactly(shapeAt(direct, p));
                    }
                });
    }

    @Test
    void meanIsThatOfThePointsInTheVoxel() {
        forAll(
                60,
                rnd -> {
                    List<long[]> points = wall(rnd, 400);
                    GaussianVoxelMap map = new GaussianVoxelMap(1, THIN_M);
                    points.forEach(p -> map.add(p[0], p[1], p[2]));

                    long[] probe = points.get(rnd.nextInt(points.size()));
                    List<long[]> mates =
                            points.stream().filter(p -> sameVoxel(p, probe, 1000)).toList();
                    int voxel = map.find(probe[0] * 1e-3, probe[1] * 1e-3, probe[2] * 1e-3);
                    if (voxel < 0) {
                        return; // too few points or no surface there
                    }
                    for (int axis = 0; axis < 3; axis++) {
                        int a = axis;
                        double mean =
                                mates.stream().mapToDouble(p -> p[a] * 1e-3).average().orElse(-1);
                        assertThat(map.shapes()[9 * voxel + axis]).isCloseTo(mean, within(1e-9));
                    }
                });
    }

    @Test
    void flatVoxelConstrainsAlongItsNormalOnly() {
        GaussianVoxelMap map = new GaussianVoxelMap(1, THIN_M);
        for (int i = 0; i < 100; i++) {
            map.add(50 + i % 10 * 100, 50 + i / 10 * 100, 500);
        }

        int voxel = map.find(0.5, 0.5, 0.5);

        assertThat(map.thinDirections(voxel)).isEqualTo(1);
        assertThat(constraint(map, voxel))
                .containsExactly(new double[] {0, 0, 0, 0, 0, 1}, within(1e-9));
    }

    @Test
    void poleConstrainsSidewaysAndALyingLineNothing() {
        GaussianVoxelMap map = new GaussianVoxelMap(1, THIN_M);
        for (int i = 0; i < 20; i++) {
            map.add(500, 500, 25 + 50 * i); // a pole
            map.add(1025 + 50 * i, 500, 500); // one scan ring on the road
        }

        int pole = map.find(0.5, 0.5, 0.5);

        assertThat(map.thinDirections(pole)).isEqualTo(2);
        assertThat(constraint(map, pole))
                .containsExactly(new double[] {1, 0, 0, 1, 0, 0}, within(1e-9));
        assertThat(map.find(1.5, 0.5, 0.5)).isEqualTo(-1);
        assertThat(map.occupied(1.5, 0.5, 0.5)).isTrue();
    }

    @Test
    void aPointThatWasNeverAddedCannotBeRemoved() {
        GaussianVoxelMap map = new GaussianVoxelMap(1, THIN_M);

        assertThatThrownBy(() -> map.remove(1, 2, 3)).isInstanceOf(IllegalStateException.class);
    }

    private static List<long[]> wall(RandomGenerator rnd, int count) {
        List<long[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(
                    new long[] {
                        rnd.nextLong(-3000, 3000), rnd.nextLong(-1500, 1500), rnd.nextLong(-30, 30)
                    });
        }
        return points;
    }

    private static boolean sameVoxel(long[] a, long[] b, long edge) {
        for (int i = 0; i < 3; i++) {
            if (Math.floorDiv(a[i], edge) != Math.floorDiv(b[i], edge)) {
                return false;
            }
        }
        return true;
    }

    private static double[] shapeAt(GaussianVoxelMap map, long[] p) {
        int voxel = map.find(p[0] * 1e-3, p[1] * 1e-3, p[2] * 1e-3);
        if (voxel < 0) {
            return new double[0];
        }
        return java.util.Arrays.copyOfRange(map.shapes(), 9 * voxel, 9 * voxel + 9);
    }

    private static double[] constraint(GaussianVoxelMap map, int voxel) {
        return java.util.Arrays.copyOfRange(map.shapes(), 9 * voxel + 3, 9 * voxel + 9);
    }
}
