package io.azimuth.perception.polar;

/**
 * Cells of a sweep: rows of azimuth, columns of range. Row 0 starts at azimuth -pi and rows run
 * counter-clockwise; column 0 starts at {@code minRangeM}.
 *
 * @param azimuthBins rows of a full turn, 64 .. 8192, a multiple of 16
 * @param rangeBins columns, 8 .. 4096, a multiple of 8
 * @param minRangeM horizontal range at which column 0 starts, metres, 0.3 or more
 * @param rangeStepM width of a column, metres
 */
public record PolarGrid(int azimuthBins, int rangeBins, double minRangeM, double rangeStepM) {
    public PolarGrid {
        require(
                azimuthBins >= 64 && azimuthBins <= 8192 && azimuthBins % 16 == 0,
                "azimuthBins",
                azimuthBins,
                "64 .. 8192, a multiple of 16");
        require(
                rangeBins >= 8 && rangeBins <= 4096 && rangeBins % 8 == 0,
                "rangeBins",
                rangeBins,
                "8 .. 4096, a multiple of 8");
        require(minRangeM >= 0.3 && minRangeM <= 50, "minRangeM", minRangeM, "0.3 .. 50");
        require(rangeStepM >= 0.01 && rangeStepM <= 10, "rangeStepM", rangeStepM, "0.01 .. 10");
    }

    /** 1024 rows x 128 columns of 0.5 m: 2 to 66 m. */
    public static PolarGrid nano() {
        return new PolarGrid(1024, 128, 2, 0.5);
    }

    /** 1024 rows x 192 columns of 0.35 m: 2 to 69.2 m. */
    public static PolarGrid tiny() {
        return new PolarGrid(1024, 192, 2, 0.35);
    }

    /** 2048 rows x 512 columns of 0.145 m: 2 to 76.2 m. */
    public static PolarGrid full() {
        return new PolarGrid(2048, 512, 2, 0.145);
    }

    /** Cells of one channel. */
    public int cells() {
        return azimuthBins * rangeBins;
    }

    /** Horizontal range at which the last column ends, metres. */
    public double maxRangeM() {
        return minRangeM + rangeBins * rangeStepM;
    }

    private static void require(boolean ok, String name, double value, String expected) {
        if (!ok) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
