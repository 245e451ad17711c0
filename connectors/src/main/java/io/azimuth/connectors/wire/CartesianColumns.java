package io.azimuth.connectors.wire;

import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.connectors.wire.proto.Contract.ColumnType;
import io.azimuth.connectors.wire.proto.Contract.Layout;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;

/**
 * Writes clouds as x, y, z columns: whole steps ({@code XYZ_I16}) or as they are ({@code XYZ_F32}).
 */
final class CartesianColumns {
    /** Coarsest step that {@code XYZ_I16} is used with: +-262 m. */
    static final int MAX_STEP_MM = 8;

    private CartesianColumns() {}

    /** Smallest whole number of millimetres that spans the cloud, at least 1. */
    static int stepMm(PointCloud cloud) {
        float widest = 0;
        for (int i = 0; i < cloud.size(); i++) {
            widest = Math.max(widest, Math.abs(cloud.x()[i]));
            widest = Math.max(widest, Math.abs(cloud.y()[i]));
            widest = Math.max(widest, Math.abs(cloud.z()[i]));
        }
        return Math.max(1, (int) Math.ceil(1000.0 * widest / 32767));
    }

    static void writeI16(
            Contract.Sweep.Builder message, Sweep sweep, int[] kept, int count, ColumnSet set) {
        PointCloud cloud = sweep.points();
        int stepMm = stepMm(cloud);
        if (stepMm > MAX_STEP_MM) {
            throw new IllegalArgumentException(
                    "sweep %s/%d reaches %d m: XYZ_I16 holds +-%d m at most, use XYZ_F32"
                            .formatted(
                                    sweep.sensorId(), sweep.seq(), stepMm * 32, MAX_STEP_MM * 32));
        }
        double step = 1e-3 * stepMm;
        set.begin(count);
        appendSteps(message, "x", cloud.x(), kept, count, step, set);
        appendSteps(message, "y", cloud.y(), kept, count, step, set);
        appendSteps(message, "z", cloud.z(), kept, count, step, set);
        int[] work = set.values();
        for (int k = 0; k < count; k++) {
            work[k] = intensityByte(cloud.intensity()[kept[k]]);
        }
        set.append(message, "intensity", ColumnType.U8, Layout.PLAIN, 1 / 255.0);
        appendRing(message, cloud, kept, count, set);
        if (cloud.hasTime()) {
            appendTime(message, sweep, kept, count, set);
        }
    }

    static void writeF32(
            Contract.Sweep.Builder message, Sweep sweep, int[] kept, int count, ColumnSet set) {
        PointCloud cloud = sweep.points();
        set.begin(count);
        appendBits(message, "x", cloud.x(), kept, count, set);
        appendBits(message, "y", cloud.y(), kept, count, set);
        appendBits(message, "z", cloud.z(), kept, count, set);
        appendBits(message, "intensity", cloud.intensity(), kept, count, set);
        appendRing(message, cloud, kept, count, set);
        if (cloud.hasTime()) {
            int[] work = set.values();
            for (int k = 0; k < count; k++) {
                work[k] = cloud.timeOffsetNanos()[kept[k]];
            }
            set.append(message, "time", ColumnType.I32, Layout.DELTA_PLANES, 1);
        }
    }

    static int intensityByte(float intensity) {
        return Math.round(255 * Math.max(0, Math.min(1, intensity))); // NaN gives 0
    }

    private static void appendSteps(
            Contract.Sweep.Builder message,
            String name,
            float[] from,
            int[] kept,
            int count,
            double step,
            ColumnSet set) {
        int[] work = set.values();
        double perMetre = 1 / step;
        for (int k = 0; k < count; k++) {
            work[k] = (int) Math.round(from[kept[k]] * perMetre);
        }
        set.append(message, name, ColumnType.I16, Layout.DELTA_PLANES, step);
    }

    private static void appendBits(
            Contract.Sweep.Builder message,
            String name,
            float[] from,
            int[] kept,
            int count,
            ColumnSet set) {
        int[] work = set.values();
        for (int k = 0; k < count; k++) {
            work[k] = Float.floatToRawIntBits(from[kept[k]]);
        }
        set.append(message, name, ColumnType.F32, Layout.PLAIN, 1);
    }

    private static void appendRing(
            Contract.Sweep.Builder message,
            PointCloud cloud,
            int[] kept,
            int count,
            ColumnSet set) {
        if (!cloud.hasRing()) {
            return;
        }
        int[] work = set.values();
        int highest = 0;
        for (int k = 0; k < count; k++) {
            work[k] = cloud.ringOf(kept[k]);
            highest = Math.max(highest, work[k]);
        }
        message.setRings(highest + 1);
        ColumnType type = highest < 256 ? ColumnType.U8 : ColumnType.U16;
        set.append(message, "ring", type, Layout.PLAIN, 1);
    }

    /** As fractions of the sweep in 16 bits, or whole nanoseconds where they leave it. */
    private static void appendTime(
            Contract.Sweep.Builder message, Sweep sweep, int[] kept, int count, ColumnSet set) {
        int[] nanos = sweep.points().timeOffsetNanos();
        long duration = sweep.durationNanos();
        boolean inside = true;
        for (int k = 0; k < count; k++) {
            inside &= nanos[kept[k]] >= 0 && nanos[kept[k]] <= duration;
        }
        int[] work = set.values();
        double scale = inside ? duration / 65535.0 : 1;
        double perUnit = 1 / scale;
        for (int k = 0; k < count; k++) {
            work[k] = inside ? (int) Math.round(nanos[kept[k]] * perUnit) : nanos[kept[k]];
        }
        set.append(
                message,
                "time",
                inside ? ColumnType.U16 : ColumnType.I32,
                Layout.DELTA_PLANES,
                scale);
    }
}
