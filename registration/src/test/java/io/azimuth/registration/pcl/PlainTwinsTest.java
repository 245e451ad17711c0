package io.azimuth.registration.pcl;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.eigen.SymmetricEigen3;
import io.azimuth.registration.icp.Refinement;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only PCL has, against plain implementations of the papers. */
@ExtendWith(RequiresPcl.class)
class PlainTwinsTest {
    private static final double REACH_M = 2;

    @Test
    void descriptorsAreThoseOfThePaper() {
        for (long seed = 1; seed <= 3; seed++) {
            PointCloud points = Clouds.street(seed, 700, 0.01);
            try (NativeCloud cloud = NativeCloud.of(points)) {
                PclFeatures.Normals normals = shaken(cloud, seed);
                PclFeatures.Descriptors found = PclFeatures.fpfh(cloud, normals, 4, 1);
                double[][] plain = new PlainFpfh(points, normals.data(), 4).descriptors();

                double[] apart = new double[3];
                int count = 0;
                for (int i = 0; i < points.size(); i++) {
                    if (!found.valid().get(i)) {
                        continue;
                    }
                    count++;
                    for (int b = 0; b < 33; b++) {
                        apart[b / 11] += Math.abs(found.data()[33 * i + b] - plain[i][b]);
                    }
                }
                assertThat(count).isGreaterThan(690);
                for (double group : apart) {
                    assertThat(group / count).as("seed %d", seed).isLessThan(0.1);
                }
            }
        }
    }

    @Test
    void pointToPointIcpEndsWherePlainIterationsEnd() {
        for (long seed = 1; seed <= 3; seed++) {
            RigidTransform truth = RigidTransform.ofYawPitchRoll(0.03, 0.005, 0, 0.3, -0.2, 0.05);
            PointCloud target = Clouds.street(seed, 3000, 0.01);
            PointCloud source =
                    Clouds.moved(Clouds.street(seed + 100, 3000, 0.01), truth.inverse());
            try (NativeCloud onto = NativeCloud.of(target);
                    NativeCloud from = NativeCloud.of(source)) {
                Refinement found =
                        PclRegistration.icp(
                                onto,
                                from,
                                RigidTransform.IDENTITY,
                                new PclRegistration.Settings(REACH_M, 200, 20, 2, 0.2, 0.2));

                RigidTransform apart =
                        plainIcp(onto, target, source).inverse().times(found.targetFromSource());
                assertThat(apart.translationNorm()).as("seed %d", seed).isLessThan(0.005);
                assertThat(Math.toDegrees(apart.angleRad())).as("seed %d", seed).isLessThan(0.05);
            }
        }
    }

    @Test
    void planeIsThatOfLeastSquaresThroughWhatLiesNearIt() {
        for (long seed = 1; seed <= 4; seed++) {
            PointCloud points = Clouds.street(seed, 4000, 0.02);
            try (NativeCloud cloud = NativeCloud.of(points)) {
                PclSegmentation.Plane found =
                        PclSegmentation.plane(cloud, 0.15, 1000).orElseThrow();
                double[] plane = {found.a(), found.b(), found.c(), found.d()};
                int[] near = found.inliers();
                for (int pass = 0; pass < 5; pass++) {
                    plane = leastSquares(points, near);
                    near = near(points, plane, 0.15);
                }

                double cosine = found.a() * plane[0] + found.b() * plane[1] + found.c() * plane[2];
                assertThat(Math.abs(cosine)).as("seed %d", seed).isGreaterThan(0.9999);
                assertThat(Math.abs(found.d() - Math.signum(cosine) * plane[3])).isLessThan(0.01);
                assertThat(sharedPart(found.inliers(), near)).isGreaterThan(0.98);
            }
        }
    }

    /**
     * PCL's normals, each turned a little: points with the same neighbours have the same normal,
     * and which of the two a pair's frame stands on would be decided by rounding.
     */
    private static PclFeatures.Normals shaken(NativeCloud cloud, long seed) {
        PclFeatures.Normals found = PclFeatures.normals(cloud, 12, new float[] {0, 0, 5}, 1);
        RandomGenerator random = Clouds.random(seed);
        float[] n = found.data();
        for (int i = 0; i < cloud.size(); i++) {
            double length = 0;
            for (int a = 0; a < 3; a++) {
                n[4 * i + a] += (float) (0.1 * random.nextGaussian());
                length += n[4 * i + a] * (double) n[4 * i + a];
            }
            for (int a = 0; a < 3; a++) {
                n[4 * i + a] /= (float) Math.sqrt(length);
            }
        }
        return new PclFeatures.Normals(n, found.valid());
    }

    /** Nearest points, then the best rotation by singular values, until nothing moves. */
    private static RigidTransform plainIcp(NativeCloud onto, PointCloud target, PointCloud source) {
        RigidTransform pose = RigidTransform.IDENTITY;
        for (int pass = 0; pass < 200; pass++) {
            PointCloud moved = Clouds.moved(source, pose);
            NativeCloud.Neighbours near = onto.nearest(Clouds.triples(moved), 1);
            int[] pairs =
                    IntStream.range(0, moved.size())
                            .filter(i -> near.squaredM()[i] <= REACH_M * REACH_M)
                            .toArray();
            pose = best(target, near.indices(), moved, pairs).times(pose);
        }
        return pose;
    }

    /** Source: Arun, Huang, Blostein, "Least-squares fitting of two 3-D point sets", 1987. */
    private static RigidTransform best(
            PointCloud target, int[] nearest, PointCloud source, int[] pairs) {
        double[] a = new double[3];
        double[] b = new double[3];
        double[] h = new double[9];
        for (int i : pairs) {
            double[] p = {source.x()[i], source.y()[i], source.z()[i]};
            int j = nearest[i];
            double[] q = {target.x()[j], target.y()[j], target.z()[j]};
            for (int k = 0; k < 3; k++) {
                a[k] += p[k] / pairs.length;
                b[k] += q[k] / pairs.length;
                for (int l = 0; l < 3; l++) {
                    h[3 * k + l] += p[k] * q[l];
                }
            }
        }
        for (int k = 0; k < 9; k++) {
            h[k] -= pairs.length * a[k / 3] * b[k % 3];
        }
        double[] r = rotation(h);
        double[] rows = new double[12];
        for (int k = 0; k < 3; k++) {
            System.arraycopy(r, 3 * k, rows, 4 * k, 3);
            rows[4 * k + 3] = b[k] - r[3 * k] * a[0] - r[3 * k + 1] * a[1] - r[3 * k + 2] * a[2];
        }
        return RigidTransform.ofRows(rows);
    }

    /** V U^T of h = U S V^T. */
    private static double[] rotation(double[] h) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(3, 3, true, true, false);
        assertThat(svd.decompose(new DMatrixRMaj(3, 3, true, h))).isTrue();
        DMatrixRMaj r = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.multTransB(svd.getV(null, false), svd.getU(null, false), r);
        assertThat(CommonOps_DDRM.det(r)).isPositive();
        return r.data;
    }

    private static double[] leastSquares(PointCloud points, int[] of) {
        double[] mean = new double[3];
        for (int i : of) {
            mean[0] += points.x()[i] / (double) of.length;
            mean[1] += points.y()[i] / (double) of.length;
            mean[2] += points.z()[i] / (double) of.length;
        }
        double[] c = new double[6];
        for (int i : of) {
            double dx = points.x()[i] - mean[0];
            double dy = points.y()[i] - mean[1];
            double dz = points.z()[i] - mean[2];
            c[0] += dx * dx;
            c[1] += dx * dy;
            c[2] += dx * dz;
            c[3] += dy * dy;
            c[4] += dy * dz;
            c[5] += dz * dz;
        }
        SymmetricEigen3 eigen = new SymmetricEigen3();
        eigen.decompose(c[0], c[1], c[2], c[3], c[4], c[5]);
        double[] n = eigen.vectors();
        return new double[] {n[0], n[1], n[2], -(n[0] * mean[0] + n[1] * mean[1] + n[2] * mean[2])};
    }

    private static int[] near(PointCloud points, double[] plane, double distanceM) {
        return IntStream.range(0, points.size())
                .filter(
                        i ->
                                Math.abs(
                                                plane[0] * points.x()[i]
                                                        + plane[1] * points.y()[i]
                                                        + plane[2] * points.z()[i]
                                                        + plane[3])
                                        <= distanceM)
                .toArray();
    }

    /** Intersection over union of two sets. */
    private static double sharedPart(int[] a, int[] b) {
        long both = IntStream.of(a).filter(i -> IntStream.of(b).anyMatch(j -> i == j)).count();
        return both / (double) (a.length + b.length - both);
    }
}
