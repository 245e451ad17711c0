package io.azimuth.connectors.ros;

import org.jspecify.annotations.Nullable;

/**
 * How intensity comes to [0, 1].
 *
 * @param divisor what is full scale
 * @param text for people
 */
record IntensityRule(float divisor, String text) {
    private static final float BYTE = 255f;
    private static final float WORD = 65535f;

    /** By the field's type where that tells, else by the largest value of the first sweeps. */
    static IntensityRule of(@Nullable PointField field, double high, int surveyed) {
        if (field == null) {
            return new IntensityRule(1, "0: the points have no intensity");
        }
        String name = "field '" + field.name() + "'";
        if (field.datatype() == PointField.UINT8) {
            return new IntensityRule(BYTE, "divided by 255: " + name + " is an unsigned byte");
        }
        if (!(high > 1)) {
            return new IntensityRule(
                    1,
                    "as it stands: the largest value of %s in the first %d sweeps is at most 1"
                            .formatted(name, surveyed));
        }
        return new IntensityRule(
                high <= BYTE ? BYTE : WORD,
                "divided by %.0f: the largest value of %s in the first %d sweeps is %.6g"
                        .formatted(high <= BYTE ? BYTE : WORD, name, surveyed, high));
    }

    float apply(double v) {
        return Math.min(1f, Math.max(0f, (float) v / divisor));
    }
}
