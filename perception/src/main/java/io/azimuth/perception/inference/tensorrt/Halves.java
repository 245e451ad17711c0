package io.azimuth.perception.inference.tensorrt;

/** Float16 as bits; Java 17 has no conversion of its own. Rounds to nearest, ties to even. */
final class Halves {
    private static final int MAX_EXPONENT = 0x1F;

    private Halves() {}

    static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7FFFFFFF;
        if (magnitude > 0x7F800000) {
            return (short) (sign | 0x7E00); // not a number
        }
        if (magnitude >= 0x47800000) { // 65536 and more
            return (short) (sign | 0x7C00);
        }
        if (magnitude < 0x38800000) { // below the smallest normal: units of 2^-24
            float scaled = Float.intBitsToFloat(magnitude) * 0x1p24f;
            return (short) (sign | (int) Math.rint(scaled));
        }
        int rounded = magnitude + 0xFFF + (magnitude >>> 13 & 1);
        return (short) (sign | rounded - 0x38000000 >>> 13); // may round up to infinity
    }

    static float toFloat(short half) {
        int exponent = half >>> 10 & MAX_EXPONENT;
        int fraction = half & 0x3FF;
        float magnitude;
        if (exponent == MAX_EXPONENT) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else {
            magnitude = Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        }
        return half < 0 ? -magnitude : magnitude;
    }
}
