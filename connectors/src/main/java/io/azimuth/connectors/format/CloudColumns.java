package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes a cloud of decoded columns: drops points that are not finite, brings intensity to [0, 1],
 * checks rings, turns times of any unit into offsets from the sweep's start.
 */
final class CloudColumns {
    /** Seconds as a float above this are nanoseconds (Livox writes such timestamps). */
    private static final double LARGEST_SECONDS = 1e12;

    /** Longest time that an int32 of nanoseconds holds. */
    private static final double LONGEST_NANOS = Integer.MAX_VALUE;

    /** Offsets from this on are times since the epoch rather than since the sweep's start. */
    private static final double ABSOLUTE_NANOS = 1e15;

    private CloudColumns() {}

    /**
     * Completes a cloud whose x, y, z and intensity hold {@code n} raw values.
     *
     * @param extra n rings, then n times, as the decoders give them
     */
    static void complete(
            PointCloud out, int n, double[] extra, ColumnRoles roles, ReadReport report) {
        report.time(roles.timeRule(), ReadReport.NO_START);
        if (roles.intensity() == null) {
            Arrays.fill(out.intensity(), 0, n, 0f);
        }
        int kept = keepFinite(out, n, extra, roles);
        out.resize(kept);
        report.dropped(n - kept);
        scaleIntensity(roles.intensity(), out, report);
        boolean rings = roles.ring() != null && setRings(out, extra, report);
        boolean times = roles.time() != null && setTimes(out, extra, n, roles, report);
        out.declare(rings, times);
    }

    /** Moves the finite points together. {@code extra}: n rings, then n times. */
    private static int keepFinite(PointCloud cloud, int n, double[] extra, ColumnRoles roles) {
        float[] x = cloud.x();
        float[] y = cloud.y();
        float[] z = cloud.z();
        float[] w = cloud.intensity();
        boolean more = roles.ring() != null || roles.time() != null;
        int kept = 0;
        for (int i = 0; i < n; i++) {
            float zero = x[i] * 0f + y[i] * 0f + (z[i] * 0f + w[i] * 0f);
            if (zero != 0f || more && extra[i] * 0 + extra[n + i] * 0 != 0) {
                continue;
            }
            x[kept] = x[i];
            y[kept] = y[i];
            z[kept] = z[i];
            w[kept] = w[i];
            if (more) {
                extra[kept] = extra[i];
                extra[n + kept] = extra[n + i];
            }
            kept++;
        }
        return kept;
    }

    private static void scaleIntensity(@Nullable Column field, PointCloud out, ReadReport report) {
        if (field == null) {
            report.intensity("0: the file has no intensity");
        } else if (field.type() == 'U' && field.size() == 1) {
            IntensityScale.by(out.intensity(), out.size(), 255f);
            report.intensity("divided by 255: field '" + field.name() + "' is an unsigned byte");
        } else {
            IntensityScale.apply(out, report);
        }
    }

    private static boolean setRings(PointCloud out, double[] extra, ReadReport report) {
        short[] ring = out.ring();
        for (int i = 0; i < out.size(); i++) {
            if (!(extra[i] >= 0 && extra[i] <= 65535)) {
                report.note("ring column dismissed: a value is " + extra[i] + ", not 0 .. 65535");
                return false;
            }
            ring[i] = (short) (int) extra[i];
        }
        return true;
    }

    private static boolean setTimes(
            PointCloud out, double[] extra, int n, ColumnRoles roles, ReadReport report) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < out.size(); i++) {
            low = Math.min(low, extra[n + i]);
            high = Math.max(high, extra[n + i]);
        }
        boolean nanos = roles.timeInNanos() || high > LARGEST_SECONDS;
        double unit = nanos ? 1 : 1e9;
        boolean shift = low < 0 || high * unit > LONGEST_NANOS;
        double base = shift ? low : 0;
        if (out.size() > 0 && !((high - base) * unit <= LONGEST_NANOS)) {
            report.time(
                    "no time: %s spans %s s, longer than any sweep"
                            .formatted(roles.timeRule(), (high - base) * unit * 1e-9),
                    ReadReport.NO_START);
            return false;
        }
        int[] offsets = out.timeOffsetNanos();
        for (int i = 0; i < out.size(); i++) {
            offsets[i] = (int) Math.min(Integer.MAX_VALUE, Math.rint((extra[n + i] - base) * unit));
        }
        boolean absolute = shift && low * unit >= ABSOLUTE_NANOS;
        report.time(
                roles.timeRule() + (shift ? ", counted from the first point" : ""),
                absolute ? toNanos(low, unit) : ReadReport.NO_START);
        return true;
    }

    /** Seconds and their fraction apart: their product would lose 256 ns today. */
    private static long toNanos(double time, double unit) {
        long whole = (long) time;
        return whole * (long) unit + Math.round((time - whole) * unit);
    }
}
