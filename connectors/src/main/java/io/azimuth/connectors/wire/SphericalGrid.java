package io.azimuth.connectors.wire;

import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.connectors.wire.proto.Contract.ColumnType;
import io.azimuth.connectors.wire.proto.Contract.Layout;
import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.BeamTable;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.util.Arrays;

/**
 * The ring grid of {@code SPHERICAL_U16}: cell (ring, column) at {@code ring * columns + column},
 * range 0 where nothing came back. Buffers are reused.
 *
 * <p>Directions come from tables of {@link StrictMath}, so that every platform decodes the same
 * bits.
 */
final class SphericalGrid {
    static final double RANGE_STEP_M = 0.004;
    static final double AZIMUTH_STEP_RAD = Angles.TWO_PI / 65536;

    /** How far a point may lie from its beam, radians: beyond it the grid would move points. */
    private static final double MAX_BEAM_ERROR_RAD = 1e-4;

    private static final double MAX_COLUMN_ERROR = 0.05;
    private static final double[] SIN = new double[65536];
    private static final double[] COS = new double[65536];

    static {
        for (int i = 0; i < 65536; i++) {
            SIN[i] = StrictMath.sin(i * AZIMUTH_STEP_RAD);
            COS[i] = StrictMath.cos(i * AZIMUTH_STEP_RAD);
        }
    }

    private int[] azimuth = new int[0];
    private int[] range = new int[0];
    private int[] intensity = new int[0];

    private double[] elevations = new double[0];
    private double[] sinElevation = new double[0];
    private double[] cosElevation = new double[0];

    /** Whether every point of the sweep sits in a cell of its own within the error bounds. */
    boolean place(Sweep sweep, int[] kept, int count) {
        BeamTable beams = sweep.beams();
        PointCloud cloud = sweep.points();
        if (beams == null || !cloud.hasRing() || !cloud.hasTime()) {
            return false;
        }
        int cells = beams.rings() * beams.columns();
        if (cells > SweepCodec.MAX_POINTS) {
            return false;
        }
        reserve(cells);
        Arrays.fill(range, 0, cells, 0);
        Arrays.fill(azimuth, 0, cells, 0);
        Arrays.fill(intensity, 0, cells, 0);
        useElevations(beams.elevationRad());
        double columnsPerNano = (double) beams.columns() / sweep.durationNanos();
        for (int k = 0; k < count; k++) {
            if (!placePoint(cloud, kept[k], beams, columnsPerNano)) {
                return false;
            }
        }
        fillAzimuths(beams);
        return true;
    }

    private boolean placePoint(PointCloud cloud, int i, BeamTable beams, double columnsPerNano) {
        double exact = cloud.timeOffsetNanos()[i] * columnsPerNano;
        long column = Math.round(exact);
        int ring = cloud.ringOf(i);
        if (ring >= beams.rings()
                || column < 0
                || column >= beams.columns()
                || Math.abs(exact - column) > MAX_COLUMN_ERROR) {
            return false;
        }
        double x = cloud.x()[i];
        double y = cloud.y()[i];
        double z = cloud.z()[i];
        double flat = Math.sqrt(x * x + y * y);
        double length = Math.sqrt(flat * flat + z * z);
        // sine of the angle between the point and its beam
        double off = (z * cosElevation[ring] - flat * sinElevation[ring]) / length;
        long steps = Math.round(length / RANGE_STEP_M);
        int cell = ring * beams.columns() + (int) column;
        if (!(Math.abs(off) <= MAX_BEAM_ERROR_RAD)
                || steps < 1
                || steps > 65535
                || range[cell] != 0) {
            return false;
        }
        range[cell] = (int) steps;
        azimuth[cell] = (int) Math.round(Math.atan2(y, x) / AZIMUTH_STEP_RAD) & 0xffff;
        intensity[cell] = CartesianColumns.intensityByte(cloud.intensity()[i]);
        return true;
    }

    /** Empty cells repeat the azimuth before them: they cost nothing then. */
    private void fillAzimuths(BeamTable beams) {
        for (int cell = 1; cell < beams.rings() * beams.columns(); cell++) {
            if (range[cell] == 0) {
                azimuth[cell] = azimuth[cell - 1];
            }
        }
    }

    /** Writes what {@link #place} arranged. */
    void write(Contract.Sweep.Builder message, BeamTable beams, ColumnSet set) {
        int cells = beams.rings() * beams.columns();
        set.begin(cells);
        System.arraycopy(azimuth, 0, set.values(), 0, cells);
        set.append(message, "azimuth", ColumnType.U16, Layout.DELTA_PLANES, AZIMUTH_STEP_RAD);
        System.arraycopy(range, 0, set.values(), 0, cells);
        set.append(message, "range", ColumnType.U16, Layout.DELTA_PLANES, RANGE_STEP_M);
        System.arraycopy(intensity, 0, set.values(), 0, cells);
        set.append(message, "intensity", ColumnType.U8, Layout.PLAIN, 1 / 255.0);
    }

    /** Reads the three columns of a checked message into {@code out}. */
    void read(
            byte[] raw,
            Contract.Sweep message,
            BeamTable beams,
            long durationNanos,
            PointCloud out) {
        int cells = beams.rings() * beams.columns();
        reserve(cells);
        double rangeStep = 0;
        double intensityStep = 0;
        for (Contract.Column c : message.getColumnsList()) {
            int[] into =
                    switch (c.getName()) {
                        case "azimuth" -> azimuth;
                        case "range" -> range;
                        default -> intensity;
                    };
            ColumnBytes.read(raw, c.getByteOffset(), cells, c.getType(), c.getLayout(), into);
            if (into == range) {
                rangeStep = c.getScale();
            } else if (into == intensity) {
                intensityStep = c.getScale();
            }
        }
        useElevations(beams.elevationRad());
        out.clear();
        out.ensureCapacity(cells);
        int n = 0;
        for (int ring = 0; ring < beams.rings(); ring++) {
            n = readRing(ring, beams.columns(), durationNanos, rangeStep, intensityStep, out, n);
        }
        out.resize(n);
        out.declare(true, true);
    }

    private int readRing(
            int ring,
            int columns,
            long durationNanos,
            double rangeStep,
            double intensityStep,
            PointCloud out,
            int from) {
        float[] x = out.x();
        float[] y = out.y();
        float[] z = out.z();
        double flat = cosElevation[ring] * rangeStep;
        double up = sinElevation[ring] * rangeStep;
        double nanosPerColumn = (double) durationNanos / columns;
        int n = from;
        for (int c = 0; c < columns; c++) {
            int cell = ring * columns + c;
            int steps = range[cell];
            if (steps == 0) {
                continue;
            }
            x[n] = (float) (steps * flat * COS[azimuth[cell]]);
            y[n] = (float) (steps * flat * SIN[azimuth[cell]]);
            z[n] = (float) (steps * up);
            out.intensity()[n] = (float) (intensity[cell] * intensityStep);
            out.ring()[n] = (short) ring;
            out.timeOffsetNanos()[n] = (int) Math.round(c * nanosPerColumn);
            n++;
        }
        return n;
    }

    private void reserve(int cells) {
        if (range.length < cells) {
            range = new int[cells];
            azimuth = new int[cells];
            intensity = new int[cells];
        }
    }

    private void useElevations(double[] table) {
        if (Arrays.equals(table, elevations)) {
            return;
        }
        elevations = table.clone();
        sinElevation = new double[table.length];
        cosElevation = new double[table.length];
        for (int i = 0; i < table.length; i++) {
            sinElevation[i] = StrictMath.sin(table[i]);
            cosElevation[i] = StrictMath.cos(table[i]);
        }
    }
}
