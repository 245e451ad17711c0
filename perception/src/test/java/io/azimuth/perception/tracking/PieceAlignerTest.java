package io.azimuth.perception.tracking;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PieceAlignerTest {
    private static final double SECONDS = 0.4;

    @Test
    void twoSidesOfACarAreLaidOnEachOther() {
        PieceAligner aligner = new PieceAligner();
        forAll(
                100,
                rnd -> {
                    double dx = rnd.nextDouble(-0.4, 0.4);
                    double dy = rnd.nextDouble(-0.4, 0.4);
                    double turn = rnd.nextDouble(-0.06, 0.06);
                    double[] before = corner(rnd, 0);
                    double[] after = moved(corner(rnd, 0.1), dx, dy, turn);

                    aligner.load(before, after);
                    PieceAligner.Fit fit = aligner.align(0, 0, SECONDS, 20, 5);

                    double error = Math.hypot(fit.shiftX() - dx, fit.shiftY() - dy);
                    assertThat(error)
                            .isLessThan(0.15)
                            .isLessThan(4 * Math.sqrt(fit.mostVariance()));
                    assertThat(fit.turnRad()).isCloseTo(turn, within(0.04));
                    assertThat(fit.cost()).isLessThan(1.5);
                    assertThat(aligner.cost(dx, dy)).isLessThan(aligner.cost(dx + 0.8, dy + 0.8));
                });
    }

    @Test
    void theShiftOfAnyPointIsAsked() {
        forAll(
                30,
                rnd -> {
                    PieceAligner aligner = new PieceAligner();
                    double turn = rnd.nextDouble(-0.08, 0.08);
                    double[] points = corner(rnd, 0);

                    aligner.load(points, moved(points, 0.1, -0.2, turn));
                    PieceAligner.Fit far = aligner.align(0, 0, SECONDS, 30, 5); // 10 m ahead

                    double c = StrictMath.cos(far.turnRad()) - 1;
                    double s = StrictMath.sin(far.turnRad());
                    PieceAligner.Fit pivot = aligner.align(0, 0, SECONDS, 20, 5);
                    assertThat(far.shiftX()).isCloseTo(pivot.shiftX() + 10 * c, within(1e-9));
                    assertThat(far.shiftY()).isCloseTo(pivot.shiftY() + 10 * s, within(1e-9));
                    assertThat(far.mostVariance()).isGreaterThan(pivot.mostVariance());
                });
    }

    @Test
    void alongAWallTheShiftIsNotKnown() {
        double[] wall = new double[90];
        for (int i = 0; i < 30; i++) {
            wall[3 * i] = 10 + 0.3 * i;
            wall[3 * i + 1] = 4;
        }
        PieceAligner aligner = new PieceAligner();
        aligner.load(wall, wall);

        PieceAligner.Fit fit = aligner.align(0, 0, SECONDS, 14, 4);

        assertThat(Math.sqrt(fit.varianceYy())).isLessThan(0.06);
        assertThat(fit.varianceXx()).isGreaterThan(4 * fit.varianceYy());
        assertThat(fit.mostVariance()).isGreaterThanOrEqualTo(fit.varianceXx() - 1e-12);
    }

    @Test
    void whatLiesElsewhereCostsMost() {
        PieceAligner aligner = new PieceAligner();
        double[] here = {0, 0, 0, 0.2, 0, 0, 0.4, 0, 0, 0.6, 0, 0, 0.8, 0, 0};
        aligner.load(here, moved(here, 9, 9, 0));

        assertThat(aligner.align(0, 0, SECONDS, 0, 0).cost()).isEqualTo(PieceAligner.OUTLIER);
        assertThat(aligner.align(9, 9, SECONDS, 0, 0).cost()).isLessThan(1e-6);
    }

    /** Front and left side of a car about (20, 5), at two heights, in steps of 15 cm. */
    private static double[] corner(RandomGenerator rnd, double phase) {
        double[] out = new double[3 * 60];
        for (int i = 0; i < 60; i++) {
            double along = (i / 2 + phase) * 0.2;
            boolean side = along < 4.4;
            out[3 * i] = side ? 17.8 + along : 22.2;
            out[3 * i + 1] = side ? 5.9 : 5.9 - (along - 4.4);
            out[3 * i + 2] = i % 2 * 0.4 - 1;
            out[3 * i] += 0.01 * rnd.nextGaussian();
            out[3 * i + 1] += 0.01 * rnd.nextGaussian();
        }
        return out;
    }

    /** About (20, 5). */
    private static double[] moved(double[] points, double dx, double dy, double turn) {
        double[] out = points.clone();
        for (int i = 0; i < out.length; i += 3) {
            double x = points[i] - 20;
            double y = points[i + 1] - 5;
            out[i] = StrictMath.cos(turn) * x - StrictMath.sin(turn) * y + 20 + dx;
            out[i + 1] = StrictMath.sin(turn) * x + StrictMath.cos(turn) * y + 5 + dy;
        }
        return out;
    }
}
