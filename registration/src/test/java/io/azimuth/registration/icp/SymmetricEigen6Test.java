package io.azimuth.registration.icp;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SymmetricEigen6Test {
    @Test
    void eigenpairsRebuildTheMatrixAndAreOrthonormal() {
        SymmetricEigen6 eigen = new SymmetricEigen6();
        forAll(
                200,
                rnd -> {
                    double[] a = new double[36];
                    for (int i = 0; i < 6; i++) {
                        for (int j = 0; j <= i; j++) {
                            a[6 * i + j] = rnd.nextDouble(-5, 5);
                            a[6 * j + i] = a[6 * i + j];
                        }
                    }

                    assertThat(eigen.decompose(a)).isTrue();

                    for (int i = 0; i < 6; i++) {
                        for (int j = 0; j < 6; j++) {
                            double rebuilt = 0;
                            double product = 0;
                            for (int k = 0; k < 6; k++) {
                                rebuilt += eigen.value(k) * eigen.vector(k, i) * eigen.vector(k, j);
                                product += eigen.vector(i, k) * eigen.vector(j, k);
                            }
                            assertThat(rebuilt).isCloseTo(a[6 * i + j], within(1e-12));
                            assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-13));
                        }
                    }
                });
        double[] nan = new double[36];
        nan[14] = Double.NaN;
        assertThat(eigen.decompose(nan)).isFalse();
    }
}
