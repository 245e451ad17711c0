package io.azimuth.perception.inference.onnxruntime;

import java.nio.FloatBuffer;

/** Finds values that are no numbers. */
final class FiniteFloats {
    private static final int BLOCK = 64;

    private FiniteFloats() {}

    /**
     * Index of the first NaN or infinite value among the first {@code size}; -1 if there is none.
     */
    static int firstBad(FloatBuffer values, int size) {
        for (int from = 0; from < size; from += BLOCK) {
            int to = Math.min(size, from + BLOCK);
            float sum = 0;
            for (int i = from; i < to; i++) {
                sum += values.get(i) * 0f; // NaN as soon as one of them is not finite
            }
            if (sum != 0f) {
                return firstBad(values, from, to);
            }
        }
        return -1;
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
