package io.azimuth.registration.neighbours;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighbourSearchTest {
    private final KdTree tree = new KdTree();
    private final NeighbourSearch search = new NeighbourSearch();

    @Test
    void findsTheNeighboursThatBruteForceFinds() {
        forAll(
                150,
                rnd -> {
                    float[][] p = cloud(rnd, rnd.nextInt(1, 400));
                    tree.build(p[0], p[1], p[2], p[0].length);
                    float[] q = query(rnd);
                    int k = rnd.nextInt(1, 30);

                    int found = search.kNearest(tree, q[0], q[1], q[2], k);

                    int[] wanted = sorted(p, q);
                    assertThat(found).isEqualTo(Math.min(k, p[0].length));
                    assertThat(indices(found)).isEqualTo(Arrays.copyOf(wanted, found));
                });
    }

    @Test
    void findsAllPointsWithinARadiusNearestFirst() {
        forAll(
                150,
                rnd -> {
                    float[][] p = cloud(rnd, rnd.nextInt(1, 400));
                    tree.build(p[0], p[1], p[2], p[0].length);
                    float[] q = query(rnd);
                    float radius = rnd.nextFloat() * 8;

                    int found = search.within(tree, q[0], q[1], q[2], radius);

                    int[] wanted =
                            Arrays.stream(sorted(p, q))
                                    .filter(i -> squared(p, i, q) <= radius * radius)
                                    .toArray();
                    assertThat(indices(found)).isEqualTo(wanted);
                });
    }

    @Test
    void nearestIsTheSameFromWhereverTheSearchStarts() {
        forAll(
                150,
                rnd -> {
                    float[][] p = cloud(rnd, rnd.nextInt(2, 400));
                    int n = p[0].length;
                    tree.build(p[0], p[1], p[2], n);
                    float[] q = query(rnd);
                    int[] wanted = sorted(p, q);
                    float reach = rnd.nextFloat() * 40;
                    boolean there = squared(p, wanted[0], q) <= reach;

                    int rank = search.nearest(tree, q[0], q[1], q[2], reach, rnd.nextInt(n));

                    assertThat(rank < 0 ? -1 : tree.indexOf(rank))
                            .isEqualTo(there ? wanted[0] : -1);
                    if (there) {
                        assertThat(search.nearestSquared()).isEqualTo(squared(p, wanted[0], q));
                    }
                    assertThat(search.secondSquared())
                            .isEqualTo(Math.min(reach, squared(p, wanted[1], q)));
                });
    }

    @Test
    void anEmptyTreeHasNoNeighbours() {
        tree.build(new float[0], new float[0], new float[0], 0);

        assertThat(search.nearest(tree, 1, 2, 3, 100)).isEqualTo(-1);
        assertThat(search.kNearest(tree, 1, 2, 3, 5)).isZero();
        assertThat(search.within(tree, 1, 2, 3, 5)).isZero();
    }

    @Test
    void refusesQueriesThatMeanNothing() {
        tree.build(new float[] {1}, new float[] {1}, new float[] {1}, 1);

        assertThatThrownBy(() -> search.kNearest(tree, Float.NaN, 0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> search.kNearest(tree, 0, 0, 0, 0)).hasMessageContaining("k is 0");
        assertThatThrownBy(() -> tree.build(new float[1], new float[1], new float[1], 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private int[] indices(int found) {
        return IntStream.range(0, found).map(i -> tree.indexOf(search.ranks()[i])).toArray();
    }

    /** Half of the clouds lie on a coarse lattice: many equal distances, many copies. */
    private static float[][] cloud(RandomGenerator rnd, int n) {
        boolean lattice = rnd.nextBoolean();
        float[][] p = new float[3][n];
        for (float[] axis : p) {
            for (int i = 0; i < n; i++) {
                axis[i] = lattice ? rnd.nextInt(-3, 4) : rnd.nextFloat() * 20 - 10;
            }
        }
        return p;
    }

    private static float[] query(RandomGenerator rnd) {
        boolean lattice = rnd.nextBoolean();
        float[] q = new float[3];
        for (int i = 0; i < 3; i++) {
            q[i] = lattice ? rnd.nextInt(-4, 5) : rnd.nextFloat() * 24 - 12;
        }
        return q;
    }

    private static int[] sorted(float[][] p, float[] q) {
        return IntStream.range(0, p[0].length)
                .boxed()
                .sorted(
                        Comparator.<Integer>comparingDouble(i -> squared(p, i, q))
                                .thenComparing(i -> i))
                .mapToInt(i -> i)
                .toArray();
    }

    private static float squared(float[][] p, int i, float[] q) {
        float dx = p[0][i] - q[0];
        float dy = p[1][i] - q[1];
        float dz = p[2][i] - q[2];
        return dx * dx + dy * dy + dz * dz;
    }
}
