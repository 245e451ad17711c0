package io.azimuth.registration.neighbours;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
}
