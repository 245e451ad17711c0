package io.azimuth.registration.pcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.icp.RefinerSettings;
import io.azimuth.registration.icp.Refiners;
import io.azimuth.registration.icp.Status;
import io.azimuth.registration.neighbours.KdTree;
import io.azimuth.registration.neighbours.NeighbourSearch;
import io.azimuth.registration.neighbours.SurfaceCloud;
import io.azimuth.registration.neighbours.VoxelGrid;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is written twice, here and in PCL, gives the same on generated streets. */
@ExtendWith(RequiresPcl.class)
class OursAgainstPclTest {
    private static final double REACH_M = 2;

    /** PCL's distances are float32. */
    private static final double RELATIVE = 1e-5;

    /** What nearest points that change add and take away. */
    private static final double OBJECTIVE_NOISE = 2e-3;

    private static final RigidTransform TRUTH =
            RigidTransform.ofYawPitchRoll(0.05, 0.012, -0.01, 0.6, 0.25, -0.06);

    @Test
    void bothVoxelGridsKeepTheSameCellsAndCentroids() {
        for (long seed = 1; seed <= 4; seed++) {
            double leaf = 0.25 * seed;
            PointCloud points =
                    Clouds.awayFromBorders(Clouds.street(seed, 20_000, 0.005 + 0.008 * seed), leaf);
            PointCloud ours = new PointCloud();
            new VoxelGrid(leaf).thin(points, ours);

            try (NativeCloud cloud = NativeCloud.of(points);
                    NativeCloud thinned = PclFilters.voxelGrid(cloud, leaf)) {
                Map<String, Integer> cells = byCell(ours, leaf);
                PointCloud theirs = thinned.points();
                assertThat(theirs.size()).isEqualTo(ours.size());
                for (int i = 0; i < theirs.size(); i++) {
                    Integer same = cells.get(cell(theirs, i, leaf));
                    assertThat(same).as("centroid %d, seed %d", i, seed).isNotNull();
                    assertThat(Math.sqrt(Clouds.squared(theirs, i, ours, same))).isLessThan(1e-4);
                }
            }
        }
    }

    @Test
    void bothTreesFindNeighboursAtTheSameDistances() {
        for (long seed = 1; seed <= 3; seed++) {
            PointCloud points = Clouds.street(seed, 6000, 0.02);
            PointCloud queries = Clouds.box(seed + 50, 300, 30, 12, 6);
            KdTree tree = new KdTree();
            tree.build(points.x(), points.y(), points.z(), points.size());
            NeighbourSearch search = new NeighbourSearch();

            try (NativeCloud cloud = NativeCloud.of(points)) {
                NativeCloud.Neighbours nearest = cloud.nearest(Clouds.triples(queries), 20);
                NativeCloud.Neighbours near = cloud.within(Clouds.triples(queries), 1.5, 0);
                for (int q = 0; q < queries.size(); q++) {
                    float x = queries.x()[q];
                    float y = queries.y()[q];
                    float z = queries.z()[q];
                    search.kNearest(tree, x, y, z, 20);
                    assertSameDistances(search, nearest, q);
                    search.within(tree, x, y, z, 1.5f);
                    assertSameDistances(search, near, q);
                }
            }
        }
    }

    @Test
    void bothSeeTheSameNormals() {
        PointCloud points = Clouds.street(5, 6000, 0.01);
        SurfaceCloud ours = new SurfaceCloud(20);
        ours.load(points, "street");
        try (NativeCloud cloud = NativeCloud.of(points)) {
            PclFeatures.Normals theirs = PclFeatures.normals(cloud, 20, new float[] {0, 0, 5}, 1);

            assertThat(ours.size()).isEqualTo(points.size());
            int compared = 0;
            for (int rank = 0; rank < ours.size(); rank++) {
                int i = ours.tree().indexOf(rank);
                float curvature = theirs.data()[4 * i + 3]; // smallest eigenvalue's share
                if (curvature > 0.05) {
                    continue; // an edge: two axes may be equally short
                }
                compared++;
                double cosine = 0;
                for (int a = 0; a < 3; a++) {
                    cosine += ours.normals()[3 * rank + a] * (double) theirs.data()[4 * i + a];
                }
                assertThat(Math.abs(cosine)).as("point %d", i).isGreaterThan(0.9999);
            }
            assertThat(compared).isGreaterThan(3000);
        }
    }

    /**
     * PCL ends its iterations early, so it is started again where it ended. Neither end is a
     * minimum of the whole objective: nearest points change between linearisations.
     */
    @Test
    void bothGeneralisedIcpsEndTogetherAndOursIsNoWorseByTheirObjective() {
        for (long seed = 1; seed <= 3; seed++) {
            PointCloud target = Clouds.street(seed, 15_000, 0.01);
            PointCloud source =
                    Clouds.moved(Clouds.street(seed + 100, 15_000, 0.01), TRUTH.inverse());
            RigidTransform ours = ours(target, source);
            RigidTransform theirs = RigidTransform.IDENTITY;
            PlaneToPlane objective = new PlaneToPlane(target, source, REACH_M);

            for (int start = 0; start < 4; start++) {
                theirs = theirs("pcl-gicp", target, source, theirs);
                assertThat(objective.at(ours))
                        .as("seed %d, start %d", seed, start)
                        .isLessThanOrEqualTo(objective.at(theirs) * (1 + OBJECTIVE_NOISE));
            }

            RigidTransform apart = ours.inverse().times(theirs);
            assertThat(apart.translationNorm()).as("seed %d, metres", seed).isLessThan(0.005);
            assertThat(Math.toDegrees(apart.angleRad())).as("seed %d", seed).isLessThan(0.1);
        }
    }

    @Test
    void ndtEndsWhereOursDoesWithinItsCells() {
        PointCloud target = Clouds.street(6, 8000, 0.01);
        PointCloud source = Clouds.moved(Clouds.street(106, 8000, 0.01), TRUTH.inverse());

        RigidTransform apart =
                ours(target, source)
                        .inverse()
                        .times(theirs("pcl-ndt", target, source, RigidTransform.IDENTITY));

        assertThat(apart.translationNorm()).isLessThan(0.05);
        assertThat(Math.toDegrees(apart.angleRad())).isLessThan(0.15);
    }

    private static RigidTransform ours(PointCloud target, PointCloud source) {
        RefinerSettings settings = new RefinerSettings(20, 1, REACH_M, 50, 0.2, 0.01);
        Refinement found =
                Refiners.named("gicp", settings, () -> 0)
                        .refine(target, source, RigidTransform.IDENTITY);
        assertThat(found.status()).isEqualTo(Status.ALIGNED);
        return found.targetFromSource();
    }

    private static RigidTransform theirs(
            String name, PointCloud target, PointCloud source, RigidTransform guess) {
        Refinement found =
                PclRefiner.named(name, new PclRegistration.Settings(REACH_M, 50, 20, 2.0, 0.2, 0.2))
                        .refine(target, source, guess);
        assertThat(found.status()).isEqualTo(Status.ALIGNED);
        return found.targetFromSource();
    }

    private static void assertSameDistances(
            NeighbourSearch ours, NativeCloud.Neighbours theirs, int q) {
        int from = theirs.offsets()[q];
        assertThat(ours.found()).as("query %d", q).isEqualTo(theirs.offsets()[q + 1] - from);
        for (int k = 0; k < ours.found(); k++) {
            double d = ours.squaredDistances()[k];
            assertThat((double) theirs.squaredM()[from + k])
                    .isCloseTo(d, within(RELATIVE * (d + 1e-6)));
        }
    }

    private static Map<String, Integer> byCell(PointCloud points, double leaf) {
        Map<String, Integer> out = new TreeMap<>();
        for (int i = 0; i < points.size(); i++) {
            out.put(cell(points, i, leaf), i);
        }
        return out;
    }

    private static String cell(PointCloud points, int i, double leaf) {
        return (long) Math.floor(points.x()[i] / leaf)
                + " "
                + (long) Math.floor(points.y()[i] / leaf)
                + " "
                + (long) Math.floor(points.z()[i] / leaf);
    }
}
