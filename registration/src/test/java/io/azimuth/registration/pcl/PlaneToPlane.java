package io.azimuth.registration.pcl;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The objective of generalised ICP, slow and plain: the mean of {@code d^T (C_t + R C_s R^T)^-1 d}
 * over source points with a target point in reach, the covariances by PCL's normals. Source: Segal,
 * Haehnel, Thrun, "Generalized-ICP", RSS 2009, eq. 2.
 */
final class PlaneToPlane {
    private static final double FLAT = 1 - 1e-3;

    private final PointCloud target;
    private final PointCloud source;
    private final float[] targetNormals;
    private final float[] sourceNormals;
    private final double reachM;

    PlaneToPlane(PointCloud target, PointCloud source, double reachM) {
        this.target = target;
        this.source = source;
        this.reachM = reachM;
        targetNormals = normals(target);
        sourceNormals = normals(source);
    }

    private static float[] normals(PointCloud points) {
        try (NativeCloud cloud = NativeCloud.of(points)) {
            return PclFeatures.normals(cloud, 20, new float[3], 1).data();
        }
    }

    double at(RigidTransform targetFromSource) {
        PointCloud moved = Clouds.moved(source, targetFromSource);
        double sum = 0;
        int count = 0;
        try (NativeCloud onto = NativeCloud.of(target)) {
            NativeCloud.Neighbours near = onto.nearest(Clouds.triples(moved), 1);
            for (int i = 0; i < moved.size(); i++) {
                if (near.squaredM()[i] > reachM * reachM) {
                    continue;
                }
                int j = near.indices()[i];
                double[] d = {
                    (double) moved.x()[i] - target.x()[j],
                    (double) moved.y()[i] - target.y()[j],
                    (double) moved.z()[i] - target.z()[j]
                };
                sum += quadratic(covariances(targetFromSource, j, i), d);
                count++;
            }
        }
        return sum / count;
    }

    /** {@code C_t + R C_s R^T}: with C = I - FLAT n n^T, the turned normal does it. */
    private DMatrixRMaj covariances(RigidTransform pose, int j, int i) {
        double[] n = {targetNormals[4 * j], targetNormals[4 * j + 1], targetNormals[4 * j + 2]};
        double[] m = new double[3];
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                m[a] += pose.r(a, b) * sourceNormals[4 * i + b];
            }
        }
        DMatrixRMaj out = new DMatrixRMaj(3, 3);
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                out.set(a, b, (a == b ? 2 : 0) - FLAT * (n[a] * n[b] + m[a] * m[b]));
            }
        }
        return out;
    }

    private static double quadratic(DMatrixRMaj covariance, double[] d) {
        DMatrixRMaj weighted = new DMatrixRMaj(3, 1);
        if (!CommonOps_DDRM.solve(covariance, new DMatrixRMaj(3, 1, true, d), weighted)) {
            throw new AssertionError("singular covariance");
        }
        return d[0] * weighted.get(0) + d[1] * weighted.get(1) + d[2] * weighted.get(2);
    }
}
