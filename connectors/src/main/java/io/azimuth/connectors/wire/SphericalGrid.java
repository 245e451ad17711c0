package io.azimuth.connectors.wire;

import io.azimuth.perception.geometry.BeamTable;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Points as cells of a sensor's ring grid, ring by ring: cell {@code ring * columns + column} holds
 * azimuth (2 pi / 65536), range (4 mm, 0 = no return) and intensity (1 / 255). Elevation and time
 * follow from the cell. Range is kept to 2 mm and azimuth to 48 microradians.
 */
final class SphericalGrid {
    static final double RANGE_STEP_M = 0.004;
    static final int AZIMUTHS = 1 << 16;
    static final double AZIMUTH_STEP_RAD = 2 * StrictMath.PI / AZIMUTHS;

    /** A beam further than this from its table's elevation is another sensor's. */
    private static final double ELEVATION_TOLERANCE = 1e-4;

    private static final double[] COS = new double[AZIMUTHS];
    private static final double[] SIN = new double[AZIMUTHS];

    static {
        for (int i = 0; i < AZIMUTHS; i++) {
            COS[i] = StrictMath.cos(i * AZIMUTH_STEP_RAD);
            SIN[i] = StrictMath.sin(i * AZIMUTH_STEP_RAD);
        }
    }

    private SphericalGrid() {}

    /** Columns of the grid; a part of a rotation has its share of them. */
    static int columns(BeamTable beams, Sweep.Sector sector) {
        return (beams.columns() + sector.count() - 1) / sector.count();
    }

    /**
     * Puts the sweep on its grid.
     *
     * @return what does not fit, or null if every point has a cell of its own
     */
    static @Nullable String fill(Sweep sweep, int[] azimuth, int[] range, int[] intensity) {
        BeamTable beams = sweep.beams();
        PointCloud p = sweep.points();
        if (beams == null || !p.hasRing() || !p.hasTime()) {
            return "the sweep has no beam table, ring or time column";
        }
        int columns = columns(beams, sweep.sector());
        int cells = beams.rings() * columns;
        Arrays.fill(azimuth, 0, cells, 0);
        Arrays.fill(range, 0, cells, 0);
        Arrays.fill(intensity, 0, cells, 0);
        double[] sinElevation = sines(beams.elevationRad());
        long duration = sweep.durationNanos();
        for (int i = 0; i < p.size(); i++) {
            double x = p.x()[i];
            double y = p.y()[i];
            double z = p.z()[i];
            double r = Math.sqrt(x * x + y * y + z * z);
            if (!Double.isFinite(r)) {
                continue;
            }
            int code = (int) Math.rint(Math.min(r / RANGE_STEP_M, AZIMUTHS));
            long column = ((long) p.timeOffsetNanos()[i] * columns + duration / 2) / duration;
            int ring = p.ringOf(i);
            if (code == 0) {
                continue; // the sensor's own centre: no return
            }
            if (code >= AZIMUTHS || ring >= beams.rings() || column < 0 || column >= columns) {
                return "point %d has range %s m, ring %d, column %d".formatted(i, r, ring, column);
            }
            if (Math.abs(z - r * sinElevation[ring]) > ELEVATION_TOLERANCE * r + RANGE_STEP_M / 2) {
                return "point %d does not lie on beam %d".formatted(i, ring);
            }
            int cell = ring * columns + (int) column;
            if (range[cell] != 0) {
                return "point %d is the second in its cell".formatted(i);
            }
            range[cell] = code;
            azimuth[cell] = (int) Math.rint(Math.atan2(y, x) / AZIMUTH_STEP_RAD) & AZIMUTHS - 1;
            intensity[cell] = CartesianColumns.intensityCode(p.intensity()[i]);
        }
        bridgeGaps(range, azimuth, cells);
        return null;
    }

    /** Cells without a return repeat the azimuth before them, which costs nothing to store. */
    private static void bridgeGaps(int[] range, int[] azimuth, int cells) {
        for (int i = 1; i < cells; i++) {
            if (range[i] == 0) {
                azimuth[i] = azimuth[i - 1];
            }
        }
    }

    static int returns(int[] range, int cells) {
        int n = 0;
        for (int i = 0; i < cells; i++) {
            if (range[i] != 0) {
                n++;
            }
        }
        return n;
    }

    /** Fills the cloud, which has room for all returns, with the cells' points. */
    static void points(
            BeamTable beams,
            int columns,
            long duration,
            double rangeStep,
            int[] azimuth,
            int[] range,
            int[] intensity,
            PointCloud out) {
        double[] elevation = beams.elevationRad();
        float[] intensities = CartesianColumns.INTENSITY;
        int n = 0;
        for (int ring = 0; ring < elevation.length; ring++) {
            double cosElevation = StrictMath.cos(elevation[ring]);
            double sinElevation = StrictMath.sin(elevation[ring]);
            for (int c = 0; c < columns; c++) {
                int cell = ring * columns + c;
                if (range[cell] == 0) {
                    continue;
                }
                double r = range[cell] * rangeStep;
                double flat = r * cosElevation;
                out.x()[n] = (float) (flat * COS[azimuth[cell]]);
                out.y()[n] = (float) (flat * SIN[azimuth[cell]]);
                out.z()[n] = (float) (r * sinElevation);
                out.intensity()[n] = intensities[intensity[cell]];
                out.ring()[n] = (short) ring;
                out.timeOffsetNanos()[n] = (int) (c * duration / columns);
                n++;
            }
        }
        out.resize(n);
        out.declare(true, true);
    }

    private static double[] sines(double[] angles) {
        double[] out = new double[angles.length];
        for (int i = 0; i < angles.length; i++) {
            out[i] = StrictMath.sin(angles[i]);
        }
        return out;
    }
}
