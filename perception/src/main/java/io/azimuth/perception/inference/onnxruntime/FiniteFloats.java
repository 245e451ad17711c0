package io.azimuth.perception.inference.onnxruntime;

import java.nio.FloatBuffer;

/** Finds values that are no numbers: all bits of their exponent are set. */
final class FiniteFloats {
    private static final int EXPONENT = 0x7f800000;
    private static final int BLOCK = 1024;

    private FiniteFloats() {}

    /**
     * Index of the first NaN or infinite value among the first {@code size}; -1 if there is none.
     */
    static int firstBad(FloatBuffer values, int size) {
        for (int from = 0; from < size; from += BLOCK) {
            int to = Math.min(size, from + BLOCK);
            if (anyBad(values, from, to)) {
                return firstBad(values, from, to);
            }
        }
        return -1;
    }

    /** A full exponent plus one of its lowest bits reaches the sign bit; no other does. */
    private static boolean anyBad(FloatBuffer values, int from, int to) {
        int a = 0;
        int b = 0;
        int c = 0;
        int d = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) { // four chains: the adds of one need not wait for another
            a |= carried(values.get(i));
            b |= carried(values.get(i + 1));
            c |= carried(values.get(i + 2));
            d |= carried(values.get(i + 3));
        }
        for (; i < to; i++) {
            a |= carried(values.get(i));
        }
        return (a | b | c | d) < 0;
    }

    private static int carried(float value) {
        return (Float.floatToRawIntBits(value) & EXPONENT) + 0x00800000;
    }

    private static int firstBad(FloatBuffer values, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Float.isFinite(values.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
