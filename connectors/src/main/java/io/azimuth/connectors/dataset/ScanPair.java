package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Two scans and the truth between them.
 *
 * @param targetFromSource null if the scans are from different towns
 * @param town seed of the target's town
 */
record ScanPair(
        PairScan target,
        PairScan source,
        @Nullable RigidTransform targetFromSource,
        double overlap,
        boolean negative,
        long town) {
    static final String HEADER =
            "target,source,distance,angle_deg,m00,m01,m02,m03,m10,m11,m12,m13,m20,m21,m22,m23,"
                    + "overlap,negative,town";

    /** NaN for scans of different towns. */
    double distanceM() {
        return targetFromSource == null ? Double.NaN : targetFromSource.translationNorm();
    }

    double angleDeg() {
        return targetFromSource == null ? Double.NaN : Math.toDegrees(targetFromSource.angleRad());
    }

    /** A line of {@code pairs.csv}; what does not exist is {@code nan}. */
    String row(int targetId, int sourceId) {
        double[] m = new double[12];
        Arrays.fill(m, Double.NaN);
        if (targetFromSource != null) {
            m = targetFromSource.toRows();
        }
        StringBuilder out = new StringBuilder();
        out.append(targetId).append(',').append(sourceId);
        out.append(',').append(number("%.3f", distanceM()));
        out.append(',').append(number("%.3f", angleDeg()));
        for (double v : m) {
            out.append(',').append(number("%.9f", v));
        }
        out.append(',').append(number("%.4f", overlap));
        return out.append(negative ? ",1," : ",0,").append(town).toString();
    }

    private static String number(String format, double v) {
        return Double.isNaN(v) ? "nan" : String.format(Locale.ROOT, format, v);
    }
}
