package io.azimuth.registration.ume;

/**
 * Points sorted into square cells of the level frame's plane, in index order inside a cell. Walk
 * the cells of a row as one run: {@code order[start(cell) .. start(cell + 1))}.
 */
final class PlanarGrid {
    final int[] order;
    private final int[] starts;
    private final double cellM;
    private final int half;
    private final int side;

    /** Only points with {@code chosen[i]} are kept. */
    PlanarGrid(double[] x, double[] y, boolean[] chosen, int size, double cellM, double reachM) {
        this.cellM = cellM;
        half = (int) Math.ceil(reachM / cellM) + 1;
        side = 2 * half + 1;
        starts = new int[side * side + 1];
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (chosen[i]) {
                starts[row(y[i]) * side + row(x[i]) + 1]++;
                kept++;
            }
        }
        for (int c = 0; c < side * side; c++) {
            starts[c + 1] += starts[c];
        }
        order = new int[kept];
        int[] next = starts.clone();
        for (int i = 0; i < size; i++) {
            if (chosen[i]) {
                order[next[row(y[i]) * side + row(x[i])]++] = i;
            }
        }
    }

    /** Row (or column) of a coordinate, clamped to the grid. */
    int row(double coordinate) {
        int i = (int) Math.floor(coordinate / cellM) + half;
        return Math.max(0, Math.min(side - 1, i));
    }

    /** First entry of {@code order} in the cells of row {@code j} from column {@code i} on. */
    int from(int j, int i) {
        return starts[j * side + i];
    }

    /** End of the entries of row {@code j} up to and including column {@code i}. */
    int to(int j, int i) {
        return starts[j * side + i + 1];
    }
}
