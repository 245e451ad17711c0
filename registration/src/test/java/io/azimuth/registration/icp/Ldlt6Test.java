package io.azimuth.registration.icp;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class Ldlt6Test {
    @Test
    void solvesLikeEjml() {
        forAll(
                200,
                rnd -> {
                    double[] entries = new double[60];
                    double[] b = new double[6];
                    for (int i = 0; i < 60; i++) {
                        entries[i] = rnd.nextDouble(-1, 1);
                    }
                    for (int i = 0; i < 6; i++) {
                        b[i] = rnd.nextDouble(-10, 10);
                    }
                    DMatrixRMaj j = new DMatrixRMaj(10, 6, true, entries);
                    DMatrixRMaj a = CommonOps_DDRM.identity(6);
                    CommonOps_DDRM.multAddTransA(j, j, a);
                    Ldlt6 solver = new Ldlt6();

                    assertThat(solver.decompose(a.data)).isTrue();
                    double[] x = new double[6];
                    solver.solve(b, x);

                    DMatrixRMaj want = new DMatrixRMaj(6, 1);
                    CommonOps_DDRM.solve(a, new DMatrixRMaj(6, 1, true, b), want);
                    assertThat(x).containsExactly(want.data, within(1e-9));
                    DMatrixRMaj inverse = new DMatrixRMaj(6, 6);
                    CommonOps_DDRM.invert(a, inverse);
                    assertThat(solver.inverse()).containsExactly(inverse.data, within(1e-9));
                });
    }

    @Test
    void refusesWhatIsNotPositiveDefinite() {
        double[] a = CommonOps_DDRM.identity(6).data;
        a[14] = -1;

        assertThat(new Ldlt6().decompose(a)).isFalse();
        a[14] = Double.NaN;
        assertThat(new Ldlt6().decompose(a)).isFalse();
    }
}
