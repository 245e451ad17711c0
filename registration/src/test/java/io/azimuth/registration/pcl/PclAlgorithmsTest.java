package io.azimuth.registration.pcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.eigen.SymmetricEigen3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Filters, features and segmentation against slow and obvious twins. */
@ExtendWith(RequiresPcl.class)
class PclAlgorithmsTest {
    private static final float[] ABOVE = {0, 0, 5};

    @Test
    void voxelGridGivesTheCentroidOfEachCell() {
        double leaf = 0.5;
        PointCloud points = Clouds.awayFromBorders(Clouds.street(1, 5000, 0.02), leaf);
        Map<List<Long>, double[]> cells = new TreeMap<>((a, b) -> compare(a, b));
        for (int i = 0; i < points.size(); i++) {
            double[] p = {points.x()[i], points.y()[i], points.z()[i]};
            List<Long> cell = Arrays.stream(p).mapToObj(v -> (long) Math.floor(v / leaf)).toList();
            double[] sum = cells.computeIfAbsent(cell, c -> new double[4]);
            for (int a = 0; a < 3; a++) {
                sum[a] += p[a];
            }
            sum[3]++;
        }

        try (NativeCloud cloud = NativeCloud.of(points);
                NativeCloud thinned = PclFilters.voxelGrid(cloud, leaf)) {
            assertThat(thinned.size()).isEqualTo(cells.size());
            PointCloud found = thinned.points();
            for (int i = 0; i < found.size(); i++) {
                double[] p = {found.x()[i], found.y()[i], found.z()[i]};
                List<Long> cell =
                        Arrays.stream(p).mapToObj(v -> (long) Math.floor(v / leaf)).toList();
                double[] sum = cells.remove(cell);
                assertThat(sum).as("cell %s of centroid %d", cell, i).isNotNull();
                for (int a = 0; a < 3; a++) {
                    assertThat(p[a]).isCloseTo(sum[a] / sum[3], within(1e-4));
                }
            }
        }
    }

    @Test
    void approximateVoxelGridKeepsEveryCellAtLeastOnce() {
        PointCloud points = Clouds.awayFromBorders(Clouds.street(2, 5000, 0.02), 0.5);
        try (NativeCloud cloud = NativeCloud.of(points);
                NativeCloud exact = PclFilters.voxelGrid(cloud, 0.5);
                NativeCloud approximate = PclFilters.approximateVoxelGrid(cloud, 0.5);
                NativeCloud again = PclFilters.voxelGrid(approximate, 0.5)) {
            assertThat(approximate.size()).isBetween(exact.size(), cloud.size());
            assertThat(again.size()).isEqualTo(exact.size());
        }
    }

    @Test
    void outliersAreThoseOfLookingAtAll() {
        PointCloud points = Clouds.street(3, 900, 0.02);
        int k = 8;
        double[] mean = new double[points.size()];
        int[] near = new int[points.size()];
        for (int i = 0; i < points.size(); i++) {
            double[] d = new double[points.size()];
            for (int j = 0; j < d.length; j++) {
                d[j] = Math.sqrt(Clouds.squared(points, i, points, j));
                near[i] += j != i && d[j] < 0.8 ? 1 : 0;
            }
            Arrays.sort(d);
            mean[i] = Arrays.stream(d, 1, k + 1).average().orElseThrow();
        }
        double average = Arrays.stream(mean).average().orElseThrow();
        double spread =
                Math.sqrt(
                        Arrays.stream(mean).map(m -> (m - average) * (m - average)).sum()
                                / (mean.length - 1));

        try (NativeCloud cloud = NativeCloud.of(points)) {
            assertThat(PclFilters.statisticalInliers(cloud, k, 1.0))
                    .containsExactly(
                            IntStream.range(0, mean.length)
                                    .filter(i -> mean[i] <= average + spread)
                                    .toArray());
            assertThat(PclFilters.radiusInliers(cloud, 0.8, 3))
                    .containsExactly(
                            IntStream.range(0, near.length).filter(i -> near[i] >= 3).toArray());
        }
    }

    @Test
    void normalsAreTheShortestAxisOfTheNeighbours() {
        PointCloud points = Clouds.street(4, 1500, 0.01);
        try (NativeCloud cloud = NativeCloud.of(points)) {
            PclFeatures.Normals found = PclFeatures.normals(cloud, 15, ABOVE, 2);
            NativeCloud.Neighbours near = cloud.nearest(Clouds.triples(points), 15);

            int compared = 0;
            for (int i = 0; i < points.size(); i++) {
                double[] axis = shortestAxis(points, near, i);
                float[] n = Arrays.copyOfRange(found.data(), 4 * i, 4 * i + 4);
                assertThat(found.valid().get(i)).isTrue();
                double towards =
                        n[0] * (ABOVE[0] - points.x()[i])
                                + n[1] * (ABOVE[1] - points.y()[i])
                                + n[2] * (ABOVE[2] - points.z()[i]);
                assertThat(towards).isGreaterThanOrEqualTo(-1e-3);
                if (axis[3] > 0.5) {
                    continue; // two short axes: either is right
                }
                compared++;
                double cosine = Math.abs(n[0] * axis[0] + n[1] * axis[1] + n[2] * axis[2]);
                assertThat(cosine).as("point %d", i).isGreaterThan(0.9999);
            }
            assertThat(compared).isGreaterThan(1000);
        }
    }

    @Test
    void threadsDoNotChangeNormals() {
        try (NativeCloud cloud = NativeCloud.of(Clouds.street(5, 2000, 0.02))) {
            PclFeatures.Normals one = PclFeatures.normalsWithin(cloud, 1.2, ABOVE, 1);
            PclFeatures.Normals four = PclFeatures.normalsWithin(cloud, 1.2, ABOVE, 4);

            assertThat(four.data()).isEqualTo(one.data());
            assertThat(four.valid()).isEqualTo(one.valid());
        }
    }

    @Test
    void pointsWithoutASurfaceHaveNoNormalAndNoDescriptor() {
        PointCloud points = Clouds.street(6, 800, 0.02);
        Clouds.add(points, 400, 0, 0);
        try (NativeCloud cloud = NativeCloud.of(points)) {
            PclFeatures.Normals normals = PclFeatures.normalsWithin(cloud, 2, ABOVE, 1);
            PclFeatures.Descriptors found = PclFeatures.fpfh(cloud, normals, 3, 1);

            assertThat(normals.valid().get(800)).isFalse();
            assertThat(normals.data()[4 * 800]).isNaN();
            assertThat(found.valid().get(800)).isFalse();
            assertThat(normals.valid().cardinality()).isGreaterThan(700);
            assertThat(found.valid().cardinality()).isGreaterThan(700);
        }
    }

    @Test
    void eachHistogramOfADescriptorAddsUpToAHundred() {
        try (NativeCloud cloud = NativeCloud.of(Clouds.street(7, 2000, 0.02))) {
            PclFeatures.Descriptors found =
                    PclFeatures.fpfh(cloud, PclFeatures.normals(cloud, 15, ABOVE, 1), 2, 2);

            assertThat(found.dim()).isEqualTo(33);
            assertThat(found.valid().cardinality()).isGreaterThan(1990);
            for (int i = found.valid().nextSetBit(0); i >= 0; i = found.valid().nextSetBit(i + 1)) {
                for (int group = 0; group < 3; group++) {
                    double sum = 0;
                    for (int b = 0; b < 11; b++) {
                        sum += found.data()[33 * i + 11 * group + b];
                    }
                    assertThat(sum).isCloseTo(100, within(0.01));
                }
            }
        }
    }

    @Test
    void theFloorOfABoxIsItsLargestPlane() {
        PointCloud points = Clouds.box(8, 1500, 10, 10, 0.01);
        PointCloud clutter = Clouds.box(9, 700, 10, 10, 4);
        for (int i = 0; i < 700; i++) {
            Clouds.add(points, clutter.x()[i], clutter.y()[i], clutter.z()[i] + 4.2);
        }
        try (NativeCloud cloud = NativeCloud.of(points)) {
            PclSegmentation.Plane floor = PclSegmentation.plane(cloud, 0.1, 500).orElseThrow();

            assertThat(floor.c()).isGreaterThan(0.9999);
            assertThat(floor.d()).isCloseTo(0, within(0.01));
            assertThat(floor.a() * floor.a() + floor.b() * floor.b() + floor.c() * floor.c())
                    .isCloseTo(1, within(1e-6));
            assertThat(floor.inliers()).hasSizeGreaterThanOrEqualTo(1495).isSorted();
            for (int i : floor.inliers()) {
                double off =
                        floor.a() * points.x()[i]
                                + floor.b() * points.y()[i]
                                + floor.c() * points.z()[i]
                                + floor.d();
                assertThat(Math.abs(off)).isLessThan(0.1 + 1e-3);
            }
        }
    }

    @Test
    void threePointsInALineSpanNoPlane() {
        try (NativeCloud cloud = NativeCloud.of(Clouds.of(0, 0, 0, 1, 1, 1, 2, 2, 2))) {
            assertThat(PclSegmentation.plane(cloud, 0.1, 100)).isEmpty();
        }
    }

    @Test
    void clustersArePartsLinkedByShortSteps() {
        PointCloud points = Clouds.box(10, 900, 12, 12, 3);
        int[] truth = parts(points, 0.9, 3, 400);
        try (NativeCloud cloud = NativeCloud.of(points)) {
            PclSegmentation.Clusters found = PclSegmentation.clusters(cloud, 0.9, 3, 400);

            assertThat(found.labels()).isEqualTo(truth);
            assertThat(found.count()).isEqualTo(Arrays.stream(truth).max().orElse(-1) + 1);
            assertThat(found.count()).isGreaterThan(10);
        }
    }

    @Test
    void selectedPointsComeInTheOrderAskedFor() {
        try (NativeCloud cloud = NativeCloud.of(Clouds.of(0, 0, 0, 1, 2, 3, 4, 5, 6));
                NativeCloud picked = cloud.select(new int[] {2, 1, 2})) {
            PointCloud found = picked.points();

            assertThat(found.size()).isEqualTo(3);
            assertThat(found.x()).containsExactly(4, 1, 4);
            assertThat(found.z()).containsExactly(6, 3, 6);
        }
    }

    /** Labels by size, ties by the lowest index, of components of the graph of short distances. */
    private static int[] parts(PointCloud points, double reach, int least, int most) {
        int n = points.size();
        int[] part = new int[n];
        Arrays.fill(part, -1);
        List<List<Integer>> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (part[i] >= 0) {
                continue;
            }
            List<Integer> members = new ArrayList<>(List.of(i));
            part[i] = all.size();
            for (int at = 0; at < members.size(); at++) {
                for (int j = 0; j < n; j++) {
                    if (part[j] < 0
                            && Clouds.squared(points, members.get(at), points, j) < reach * reach) {
                        part[j] = part[i];
                        members.add(j);
                    }
                }
            }
            all.add(members);
        }
        all.removeIf(members -> members.size() < least || members.size() > most);
        all.sort((a, b) -> Integer.compare(b.size(), a.size())); // stable: lowest index first
        int[] labels = new int[n];
        Arrays.fill(labels, -1);
        for (int label = 0; label < all.size(); label++) {
            for (int i : all.get(label)) {
                labels[i] = label;
            }
        }
        return labels;
    }

    /** x, y, z of the shortest axis and how it compares with the middle one. */
    private static double[] shortestAxis(PointCloud points, NativeCloud.Neighbours near, int i) {
        int from = near.offsets()[i];
        int to = near.offsets()[i + 1];
        double[] mean = new double[3];
        for (int k = from; k < to; k++) {
            int j = near.indices()[k];
            mean[0] += points.x()[j] / (to - from);
            mean[1] += points.y()[j] / (to - from);
            mean[2] += points.z()[j] / (to - from);
        }
        double[][] c = new double[3][3];
        for (int k = from; k < to; k++) {
            int j = near.indices()[k];
            double[] d = {
                points.x()[j] - mean[0], points.y()[j] - mean[1], points.z()[j] - mean[2]
            };
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    c[a][b] += d[a] * d[b];
                }
            }
        }
        SymmetricEigen3 eigen = new SymmetricEigen3();
        eigen.decompose(c[0][0], c[0][1], c[0][2], c[1][1], c[1][2], c[2][2]);
        double[] v = eigen.values();
        double[] axes = eigen.vectors();
        return new double[] {axes[0], axes[1], axes[2], v[0] / v[1]};
    }

    private static int compare(List<Long> a, List<Long> b) {
        for (int i = 0; i < 3; i++) {
            int order = Long.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
