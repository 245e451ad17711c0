package io.azimuth.perception.geometry.matching;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final double ALONE = 10;

    @Test
    void costsAsLittleAsTheBestOfAllAssignments() {
        forAll(
                300,
                rnd -> {
                    int rows = rnd.nextInt(0, 5);
                    int columns = rnd.nextInt(0, 5);
                    double[][] cost = new double[rows][columns];
                    for (double[] row : cost) {
                        for (int j = 0; j < columns; j++) {
                            boolean forbidden = rnd.nextInt(4) == 0;
                            cost[rows == 0 ? 0 : indexOf(cost, row)][j] =
                                    forbidden ? Double.POSITIVE_INFINITY : rnd.nextInt(0, 15);
                        }
                    }

                    int[] columnOf = Assignment.solve(cost, columns, ALONE);

                    assertThat(total(cost, columnOf))
                            .isCloseTo(cheapest(cost, columns, 0, 0), within(1e-9));
                });
    }

    @Test
    void aColumnIsGivenOnceAndForbiddenPairsNever() {
        double inf = Double.POSITIVE_INFINITY;

        assertThat(Assignment.solve(new double[][] {{1, inf}, {2, inf}}, 2, ALONE))
                .containsExactly(0, -1);
        assertThat(Assignment.solve(new double[][] {{inf, inf}}, 2, ALONE)).containsExactly(-1);
        assertThat(Assignment.solve(new double[][] {{1, 2}, {2, 9}}, 2, ALONE))
                .containsExactly(1, 0);
    }

    @Test
    void nothingToAssignGivesNothing() {
        assertThat(Assignment.solve(new double[0][], 3, ALONE)).isEmpty();
        assertThat(Assignment.solve(new double[2][0], 0, ALONE)).containsExactly(-1, -1);
    }

    private static int indexOf(double[][] rows, double[] row) {
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == row) {
                return i;
            }
        }
        throw new AssertionError();
    }

    private static double total(double[][] cost, int[] columnOf) {
        double sum = 0;
        for (int i = 0; i < columnOf.length; i++) {
            sum += columnOf[i] < 0 ? ALONE : cost[i][columnOf[i]];
        }
        return sum;
    }

    /** Tries every assignment. */
    private static double cheapest(double[][] cost, int columns, int row, int usedBits) {
        if (row == cost.length) {
            return 0;
        }
        double best = ALONE + cheapest(cost, columns, row + 1, usedBits);
        for (int j = 0; j < columns; j++) {
            if ((usedBits & 1 << j) == 0) {
                double rest = cheapest(cost, columns, row + 1, usedBits | 1 << j);
                best = Math.min(best, cost[row][j] + rest);
            }
        }
        return best;
    }
}
