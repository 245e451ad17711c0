package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.BeamTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a spinning LiDAR fires: where each beam points, when within a column and from where. Ring r
 * of column c looks along elevation {@code elevationRad[r]} and azimuth {@code pi - 2 pi (c +
 * delayColumns[r]) / columns + azimuthOffsetRad[r]} at {@code start + (c + delayColumns[r]) *
 * duration / columns}. Arrays hold one value a ring and belong to this record.
 *
 * @param elevationRad strictly descending: ring 0 is the top beam
 * @param azimuthOffsetRad counter-clockwise, -0.5 .. 0.5
 * @param delayColumns after the column's start, as a share of a column's time, in [0, 1)
 * @param originUpM height of the beam's origin over the sensor's, -1 .. 1
 * @param originOutM distance of the beam's origin from the axis along its azimuth, -1 .. 1
 * @param columns of a rotation, 8 .. 8192
 * @param divergenceRad full angle of a beam's cone
 */
public record BeamPattern(
        double[] elevationRad,
        double[] azimuthOffsetRad,
        double[] delayColumns,
        double[] originUpM,
        double[] originOutM,
        int columns,
        double divergenceRad) {
    public BeamPattern {
        int rings = elevationRad.length;
        if (rings < 1 || rings > 512 || columns < 8 || columns > 8192) {
            throw new IllegalArgumentException(
                    "beam pattern with %d rings and %d columns: expected 1 .. 512 rings, 8 .. 8192 columns"
                            .formatted(rings, columns));
        }
        for (int r = 1; r < rings; r++) {
            if (!(elevationRad[r] < elevationRad[r - 1])) {
                throw new IllegalArgumentException(
                        "beam pattern: ring %d has elevation %s rad after %s, expected descending ones"
                                .formatted(r, elevationRad[r], elevationRad[r - 1]));
            }
        }
        check("elevationRad", elevationRad, rings, -1.56, 1.56);
        check("azimuthOffsetRad", azimuthOffsetRad, rings, -0.5, 0.5);
        check("delayColumns", delayColumns, rings, 0, Math.nextDown(1.0));
        check("originUpM", originUpM, rings, -1, 1);
        check("originOutM", originOutM, rings, -1, 1);
        if (!(divergenceRad >= 0 && divergenceRad <= 0.05)) {
            throw new IllegalArgumentException(
                    "beam divergence is %s rad, expected 0 .. 0.05".formatted(divergenceRad));
        }
        elevationRad = elevationRad.clone();
        azimuthOffsetRad = azimuthOffsetRad.clone();
        delayColumns = delayColumns.clone();
        originUpM = originUpM.clone();
        originOutM = originOutM.clone();
    }

    private static void check(String name, double[] values, int rings, double low, double high) {
        if (values.length != rings) {
            throw new IllegalArgumentException(
                    "beam pattern: %d values of %s for %d rings"
                            .formatted(values.length, name, rings));
        }
        for (int r = 0; r < rings; r++) {
            if (!(values[r] >= low && values[r] <= high)) {
                throw new IllegalArgumentException(
                        "beam pattern: %s of ring %d is %s, expected %s .. %s"
                                .formatted(name, r, values[r], low, high));
            }
        }
    }

    /** All beams of a column fire at once, in one plane, from one origin. */
    static BeamPattern ideal(double[] elevationRad, int columns, double divergenceRad) {
        double[] none = new double[elevationRad.length];
        return new BeamPattern(elevationRad, none, none, none, none, columns, divergenceRad);
    }

    public int rings() {
        return elevationRad.length;
    }

    /** The same elevations and columns without offsets and delays. */
    public BeamPattern ideal() {
        return ideal(elevationRad, columns, divergenceRad);
    }

    BeamPattern withColumns(int newColumns) {
        return new BeamPattern(
                elevationRad,
                azimuthOffsetRad,
                delayColumns,
                originUpM,
                originOutM,
                newColumns,
                divergenceRad);
    }

    /**
     * The table that sweeps carry, or null where beams leave their column's plane, time or origin:
     * a {@link BeamTable} promises all three.
     */
    public @Nullable BeamTable beamTable() {
        boolean one =
                allZero(azimuthOffsetRad)
                        && allZero(delayColumns)
                        && allZero(originUpM)
                        && allZero(originOutM);
        return one ? new BeamTable(elevationRad, columns) : null;
    }

    static boolean allZero(double[] values) {
        for (double v : values) {
            if (v != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof BeamPattern b
                && columns == b.columns
                && divergenceRad == b.divergenceRad
                && Arrays.equals(elevationRad, b.elevationRad)
                && Arrays.equals(azimuthOffsetRad, b.azimuthOffsetRad)
                && Arrays.equals(delayColumns, b.delayColumns)
                && Arrays.equals(originUpM, b.originUpM)
                && Arrays.equals(originOutM, b.originOutM);
    }

    @Override
    public int hashCode() {
        return 31 * columns
                + Arrays.hashCode(elevationRad)
                + 7 * Arrays.hashCode(azimuthOffsetRad)
                + 17 * Arrays.hashCode(delayColumns);
    }
}
