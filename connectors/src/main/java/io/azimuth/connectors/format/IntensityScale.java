package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;

/** Brings intensities to [0, 1] by the largest value of the file. */
final class IntensityScale {
    private IntensityScale() {}

    /**
     * Scales in place: values up to 1 stay, up to 255 are divided by 255, larger ones by 65535;
     * what is still outside is clamped.
     */
    static void apply(PointCloud cloud, ReadReport report) {
        float[] v = cloud.intensity();
        int n = cloud.size();
        float low = 0;
        float high = 0;
        for (int i = 0; i < n; i++) {
            low = Math.min(low, v[i]);
            high = Math.max(high, v[i]);
        }
        if (high <= 1) {
            clampBelow(v, n, low);
            report.intensity("as it stands: the largest value is at most 1");
        } else if (high <= 255) {
            by(v, n, 255f);
            report.intensity("divided by 255: the largest value is above 1");
        } else {
            by(v, n, 65535f);
            report.intensity("divided by 65535: the largest value is above 255");
        }
    }

    /** Divides by {@code full} and clamps to [0, 1]. */
    static void by(float[] v, int n, float full) {
        for (int i = 0; i < n; i++) {
            v[i] = Math.min(1f, Math.max(0f, v[i] / full));
        }
    }

    private static void clampBelow(float[] v, int n, float low) {
        if (low < 0) {
            by(v, n, 1f);
        }
    }
}
