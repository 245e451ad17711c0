package io.azimuth.perception.geometry.eigen;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;

class SymmetricEigen3Test {
    private final SymmetricEigen3 eigen = new SymmetricEigen3();

    @Test
    void vectorsTimesValuesGiveTheMatrixBack() {
        forAll(
                300,
                rnd -> {
                    double[] m = new double[6];
                    for (int i = 0; i < 6; i++) {
                        m[i] = rnd.nextDouble(-5, 5) * (rnd.nextInt(4) == 0 ? 1e-6 : 1);
                    }

                    eigen.decompose(m[0], m[1], m[2], m[3], m[4], m[5]);

                    assertThat(eigen.values()).isSorted();
                    double[] full = {m[0], m[1], m[2], m[1], m[3], m[4], m[2], m[4], m[5]};
                    for (int i = 0; i < 9; i++) {
                        double back = 0;
                        for (int k = 0; k < 3; k++) {
                            back +=
                                    eigen.values()[k]
                                            * eigen.vectors()[3 * k + i / 3]
                                            * eigen.vectors()[3 * k + i % 3];
                        }
                        assertThat(back).isCloseTo(full[i], within(1e-12));
                    }
                });
    }

    @Test
    void equalEigenvaluesKeepThreeDifferentDirections() {
        eigen.decompose(2, 0, 0, 2, 0, 2);

        assertThat(eigen.values()).containsExactly(2, 2, 2);
        double[] v = eigen.vectors();
        double determinant =
                v[0] * (v[4] * v[8] - v[5] * v[7])
                        - v[1] * (v[3] * v[8] - v[5] * v[6])
                        + v[2] * (v[3] * v[7] - v[4] * v[6]);
        assertThat(Math.abs(determinant)).isCloseTo(1, within(1e-12));
    }

    @Test
    void agreesWithEjml() {
        EigenDecomposition_F64<DMatrixRMaj> slow = DecompositionFactory_DDRM.eig(3, true, true);
        forAll(
                300,
                rnd -> {
                    double[] a = new double[9];
                    for (int i = 0; i < 9; i++) {
                        a[i] = rnd.nextDouble(-1, 1) * (i < 3 ? rnd.nextDouble(0.01, 1) : 1);
                    }
                    DMatrixRMaj rows = new DMatrixRMaj(3, 3, true, a);
                    DMatrixRMaj scatter = new DMatrixRMaj(3, 3);
                    CommonOps_DDRM.multTransA(rows, rows, scatter);
                    double[] c = scatter.data.clone();
                    assertThat(slow.decompose(scatter)).isTrue();

                    eigen.decompose(c[0], c[1], c[2], c[4], c[5], c[8]);

                    double[] values = new double[3];
                    for (int k = 0; k < 3; k++) {
                        values[k] = slow.getEigenvalue(k).getReal();
                    }
                    Arrays.sort(values);
                    for (int k = 0; k < 3; k++) {
                        assertThat(eigen.values()[k])
                                .isCloseTo(values[k], within(1e-9 * values[2]));
                    }
                });
    }

    @Test
    void aPlaneHasOneZeroAndALineTwo() {
        eigen.decompose(2, 0, 0, 3, 0, 0);
        assertThat(eigen.values()).containsExactly(0, 2, 3);
        assertThat(Math.abs(eigen.vectors()[2])).isEqualTo(1);

        eigen.decompose(9, 12, 0, 16, 0, 0); // along (3, 4, 0)
        assertThat(eigen.values()).containsExactly(new double[] {0, 0, 25}, within(1e-12));
        assertThat(Math.abs(3 * eigen.vectors()[6] + 4 * eigen.vectors()[7]))
                .isCloseTo(5, within(1e-12));
    }
}
