package io.azimuth.perception.geometry.matching;

import java.util.Arrays;

/**
 * The pairs of rows and columns with the least total cost, where a row may also stay alone at a
 * fixed price. Source: the Hungarian method by shortest augmenting paths (Jonker, Volgenant 1987).
 * Equal costs are decided by the lower index, so the result is a function of the costs alone. Time
 * grows with rows squared times (rows + columns). Stateless, thread-safe.
 */
public final class Assignment {
    private Assignment() {}

    /**
     * Solves one problem.
     *
     * @param cost [row][column]; infinite where a pair is forbidden
     * @param aloneCost price of a row without a column; finite
     * @return the column of each row, -1 if alone
     */
    public static int[] solve(double[][] cost, int columns, double aloneCost) {
        int rows = cost.length;
        int width = columns + rows; // one private column a row stands for "alone"
        int[] rowOf = new int[width + 1]; // 1-based; 0 is free
        double[] rowPrice = new double[rows + 1];
        double[] columnPrice = new double[width + 1];
        int[] before = new int[width + 1];
        double[] slack = new double[width + 1];
        boolean[] done = new boolean[width + 1];
        for (int row = 1; row <= rows; row++) {
            rowOf[0] = row;
            Arrays.fill(slack, Double.POSITIVE_INFINITY);
            Arrays.fill(done, false);
            int column = 0;
            do {
                done[column] = true;
                int r = rowOf[column];
                int next = 0;
                double least = Double.POSITIVE_INFINITY;
                for (int j = 1; j <= width; j++) {
                    if (done[j]) {
                        continue;
                    }
                    double reduced =
                            price(cost, columns, aloneCost, r, j) - rowPrice[r] - columnPrice[j];
                    if (reduced < slack[j]) {
                        slack[j] = reduced;
                        before[j] = column;
                    }
                    if (slack[j] < least) {
                        least = slack[j];
                        next = j;
                    }
                }
                for (int j = 0; j <= width; j++) {
                    if (done[j]) {
                        rowPrice[rowOf[j]] += least;
                        columnPrice[j] -= least;
                    } else {
                        slack[j] -= least;
                    }
                }
                column = next;
            } while (rowOf[column] != 0);
            while (column != 0) {
                rowOf[column] = rowOf[before[column]];
                column = before[column];
            }
        }
        int[] columnOf = new int[rows];
        Arrays.fill(columnOf, -1);
        for (int j = 1; j <= columns; j++) {
            if (rowOf[j] != 0) {
                columnOf[rowOf[j] - 1] = j - 1;
            }
        }
        return columnOf;
    }

    private static double price(
            double[][] cost, int columns, double aloneCost, int row, int column) {
        if (column <= columns) {
            return cost[row - 1][column - 1];
        }
        return column - columns == row ? aloneCost : Double.POSITIVE_INFINITY;
    }
}
