package io.azimuth.connectors.format;

import io.azimuth.connectors.format.PcdHeader.Field;
import io.azimuth.perception.geometry.PointCloud;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * PCD 0.7 in its three encodings, any order of fields. Read are x, y, z; {@code intensity}, {@code
 * reflectivity} or {@code i}; {@code ring} or {@code laser}; and a time whose unit its name and
 * type tell. Other fields and padding are skipped; of a field with several elements the first
 * counts. Source: PCL documentation, "The PCD file format"; written by {@link PcdWriter}.
 */
public final class Pcd implements CloudFormat {
    private static final String NO_VIEWPOINT = "(0(\\.0*)? ){3}1(\\.0*)?( 0(\\.0*)?){3}";

    /** Seconds as a float above this are nanoseconds (Livox writes such timestamps). */
    private static final double LARGEST_SECONDS = 1e12;

    /** Longest time that an int32 of nanoseconds holds. */
    private static final double LONGEST_NANOS = Integer.MAX_VALUE;

    /** Offsets from this on are times since the epoch rather than since the sweep's start. */
    private static final double ABSOLUTE_NANOS = 1e15;

    @Override
    public String name() {
        return "pcd";
    }

    @Override
    public List<String> extensions() {
        return List.of(".pcd");
    }

    @Override
    public boolean matches(CloudBytes bytes) {
        if (bytes.name().toLowerCase(Locale.ROOT).endsWith(".pcd")) {
            return true;
        }
        if (bytes.name().toLowerCase(Locale.ROOT).endsWith(".bin")) {
            return false;
        }
        int probed = Math.min(bytes.size(), 64);
        String head = new String(bytes.array(), 0, probed, StandardCharsets.ISO_8859_1);
        return head.startsWith("# .PCD") || head.startsWith("VERSION");
    }

    @Override
    public void read(CloudBytes bytes, PointCloud out, ReadReport report) {
        PcdHeader header = PcdHeader.parse(bytes);
        PcdRoles roles = PcdRoles.of(bytes, header);
        report.begin(name() + " " + header.encoding().keyword(), header.points());
        report.time(roles.timeRule(), ReadReport.NO_START);
        out.clear();
        double[] extra =
                switch (header.encoding()) {
                    case ASCII -> PcdAscii.fill(bytes, header, roles, out);
                    case BINARY -> PcdBinary.fillStructs(bytes, header, roles, out);
                    case BINARY_COMPRESSED -> PcdBinary.fillArrays(bytes, header, roles, out);
                };
        int n = header.points();
        if (roles.intensity() == null) {
            Arrays.fill(out.intensity(), 0, n, 0f);
        }
        int kept = keepFinite(out, n, extra, roles);
        out.resize(kept);
        report.dropped(n - kept);
        scaleIntensity(roles.intensity(), header, out, report);
        boolean rings = roles.ring() != null && setRings(out, extra, report);
        boolean times = roles.time() != null && setTimes(out, extra, n, roles, report);
        out.declare(rings, times);
        if (!header.viewpoint().isEmpty() && !header.viewpoint().matches(NO_VIEWPOINT)) {
            report.note("VIEWPOINT " + header.viewpoint() + " is not applied to the points");
        }
    }

    /** Moves the finite points together. {@code extra}: n rings, then n times. */
    private static int keepFinite(PointCloud cloud, int n, double[] extra, PcdRoles roles) {
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

    private static void scaleIntensity(
            @Nullable Field field, PcdHeader header, PointCloud out, ReadReport report) {
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
            PointCloud out, double[] extra, int n, PcdRoles roles, ReadReport report) {
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
