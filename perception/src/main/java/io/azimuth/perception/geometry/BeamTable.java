package io.azimuth.perception.geometry;

/**
 * The firing pattern of a spinning LiDAR whose beams leave from one origin: ring {@code r} at
 * column {@code c} looks along elevation {@code elevationRad[r]}.
 *
 * @param elevationRad of each ring, radians, ring 0 first; owned by this record
 * @param columns firings in one rotation; column c is measured at {@code start + c * duration /
 *     columns}
 */
public record BeamTable(double[] elevationRad, int columns) {
    public BeamTable {
        if (elevationRad.length < 1 || elevationRad.length > 512 || columns < 8) {
            throw new IllegalArgumentException(
                    "beam table with %d rings and %d columns: expected 1 .. 512 rings, 8 or more columns"
                            .formatted(elevationRad.length, columns));
        }
        elevationRad = elevationRad.clone();
    }

    public int rings() {
        return elevationRad.length;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof BeamTable b
                && b.columns == columns
                && java.util.Arrays.equals(b.elevationRad, elevationRad);
    }

    @Override
    public int hashCode() {
        return 31 * columns + java.util.Arrays.hashCode(elevationRad);
    }
}
