package io.azimuth.perception.evaluation.trajectory;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The rigid transform that lays one list of positions on another with least squares. Source:
 * Umeyama, "Least-squares estimation of transformation parameters between two point patterns" (PAMI
 * 1991), eq. 40-42 with scale 1.
 */
final class RigidAlignment {
    private RigidAlignment() {}

    static RigidTransform truthFromEstimate(
            List<RigidTransform> truth, List<RigidTransform> estimate) {
        double[] t = mean(truth);
        double[] e = mean(estimate);
        DMatrixRMaj cross = new DMatrixRMaj(3, 3);
        for (int i = 0; i < truth.size(); i++) {
            double[] a = centred(truth.get(i), t);
            double[] b = centred(estimate.get(i), e);
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    cross.add(row, column, a[row] * b[column] / truth.size());
                }
            }
        }
        double[] r = rotation(cross);
        return RigidTransform.of(
                r,
                t[0] - (r[0] * e[0] + r[1] * e[1] + r[2] * e[2]),
                t[1] - (r[3] * e[0] + r[4] * e[1] + r[5] * e[2]),
                t[2] - (r[6] * e[0] + r[7] * e[1] + r[8] * e[2]));
    }

    /** {@code U diag(1, 1, det(U) det(V)) V^T} of the cross covariance. */
    private static double[] rotation(DMatrixRMaj cross) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(3, 3, true, true, false);
        if (!svd.decompose(cross.copy())) {
            throw new IllegalStateException("SVD of the 3x3 cross covariance failed: " + cross);
        }
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj w = svd.getW(null);
        DMatrixRMaj v = svd.getV(null, false);
        SingularOps_DDRM.descendingOrder(u, false, w, v, false);
        if (CommonOps_DDRM.det(u) * CommonOps_DDRM.det(v) < 0) {
            for (int row = 0; row < 3; row++) {
                u.set(row, 2, -u.get(row, 2));
            }
        }
        DMatrixRMaj r = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.multTransB(u, v, r);
        return r.getData();
    }

    private static double[] mean(List<RigidTransform> poses) {
        double[] sum = new double[3];
        for (RigidTransform p : poses) {
            sum[0] += p.tx();
            sum[1] += p.ty();
            sum[2] += p.tz();
        }
        for (int i = 0; i < 3; i++) {
            sum[i] /= poses.size();
        }
        return sum;
    }

    private static double[] centred(RigidTransform p, double[] mean) {
        return new double[] {p.tx() - mean[0], p.ty() - mean[1], p.tz() - mean[2]};
    }
}
