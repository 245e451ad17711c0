package io.azimuth.registration.neighbours;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.eigen.SymmetricEigen3;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VoxelGridTest {
    @Test
    void givesTheCentroidOfEachCellInTheOrderOfTheCloud() {
        forAll(
                50,
                rnd -> {
                    double leaf = rnd.nextDouble(0.2, 3);
                    PointCloud in = new PointCloud();
                    Map<List<Double>, double[]> cells = new LinkedHashMap<>();
                    for (int i = 0; i < 500; i++) {
                        float x = rnd.nextFloat() * 12 - 6;
                        float y = rnd.nextFloat() * 12 - 6;
                        float z = rnd.nextFloat() * 4 - 2;
                        in.add(x, y, z, 0);
                        double[] sum =
                                cells.computeIfAbsent(
                                        List.of(
                                                Math.floor(x / leaf),
                                                Math.floor(y / leaf),
                                                Math.floor(z / leaf)),
                                        k -> new double[4]);
                        sum[0] += x;
                        sum[1] += y;
                        sum[2] += z;
                        sum[3]++;
                    }
                    PointCloud out = new PointCloud();

                    new VoxelGrid(leaf).thin(in, out);

                    assertThat(out.size()).isEqualTo(cells.size());
                    int i = 0;
                    for (double[] sum : cells.values()) {
                        assertThat(out.x()[i]).isCloseTo((float) (sum[0] / sum[3]), within(1e-4f));
                        assertThat(out.y()[i]).isCloseTo((float) (sum[1] / sum[3]), within(1e-4f));
                        assertThat(out.z()[i]).isCloseTo((float) (sum[2] / sum[3]), within(1e-4f));
                        i++;
                    }
                });
    }

    @Test
    void leavesOutWhatIsNotFiniteAndRefusesWhatIsTooFar() {
        PointCloud in = new PointCloud();
        in.add(Float.NaN, 0, 0, 0);
        in.add(0, Float.POSITIVE_INFINITY, 0, 0);
        in.add(1, 1, 1, 0);
        PointCloud out = new PointCloud();
        VoxelGrid grid = new VoxelGrid(0.1);

        grid.thin(in, out);
        in.add(2e5f, 0, 0, 0);

        assertThat(out.size()).isEqualTo(1);
        assertThatThrownBy(() -> grid.thin(in, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("point 3");
        assertThatThrownBy(() -> grid.thin(in, in)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VoxelGrid(Double.NaN)).hasMessageContaining("leaf is NaN");
    }

    @Test
    void tableIsAMapFromCellsToSmallNumbers() {
        forAll(
                30,
                rnd -> {
                    VoxelTable table = new VoxelTable(4);
                    Map<Long, Integer> twin = new HashMap<>();
                    for (int i = 0; i < 3000; i++) {
                        long key =
                                VoxelTable.key(
                                        rnd.nextInt(-6, 6), rnd.nextInt(-6, 6), rnd.nextInt(-6, 6));
                        if (rnd.nextInt(3) == 0 && twin.containsKey(key)) {
                            table.release(key);
                            twin.remove(key);
                        } else if (rnd.nextBoolean() && twin.containsKey(key)) {
                            assertThat(table.add(key)).isFalse();
                        } else {
                            int number = table.findOrCreate(key);
                            assertThat(number < 0).isEqualTo(!twin.containsKey(key));
                            twin.putIfAbsent(key, number < 0 ? ~number : number);
                        }
                        assertThat(table.find(key)).isEqualTo(twin.getOrDefault(key, -1));
                    }
                    assertThat(table.size()).isEqualTo(twin.size());
                    assertThat(twin.values()).doesNotHaveDuplicates();
                    twin.forEach((key, number) -> assertThat(table.find(key)).isEqualTo(number));
                });
    }

    @Test
    void smallestEigenvectorIsJacobis() {
        SmallestEigenvector fast = new SmallestEigenvector();
        SymmetricEigen3 slow = new SymmetricEigen3();
        forAll(
                500,
                rnd -> {
                    double[] a = new double[9];
                    for (int i = 0; i < 9; i++) {
                        a[i] = rnd.nextDouble(-1, 1) * (i < 3 ? rnd.nextDouble(0.01, 1) : 1);
                    }
                    double xx = a[0] * a[0] + a[3] * a[3] + a[6] * a[6];
                    double xy = a[0] * a[1] + a[3] * a[4] + a[6] * a[7];
                    double xz = a[0] * a[2] + a[3] * a[5] + a[6] * a[8];
                    double yy = a[1] * a[1] + a[4] * a[4] + a[7] * a[7];
                    double yz = a[1] * a[2] + a[4] * a[5] + a[7] * a[8];
                    double zz = a[2] * a[2] + a[5] * a[5] + a[8] * a[8];
                    slow.decompose(xx, xy, xz, yy, yz, zz);
                    if (slow.values()[0] > 0.5 * slow.values()[1]) {
                        return; // no distinct direction
                    }

                    assertThat(fast.of(xx, xy, xz, yy, yz, zz)).isTrue();

                    double[] v = slow.vectors();
                    double cos = Math.abs(fast.x * v[0] + fast.y * v[1] + fast.z * v[2]);
                    assertThat(cos).isCloseTo(1, within(1e-9));
                });
        assertThat(fast.of(1, 0, 0, 0, 0, 0)).as("a line").isFalse();
        assertThat(fast.of(0, 0, 0, 0, 0, 0)).as("a point").isFalse();
        assertThat(fast.of(1, 0, 0, 1, 0, 0)).as("a plane").isTrue();
    }
}
