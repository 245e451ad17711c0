package io.azimuth.perception.inference.checks;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Finds values that are no numbers. Zero times a number is zero, zero times NaN or infinity is NaN;
 * summed lane by lane over copied chunks, which the compiler turns into vector instructions (0.2 ns
 * a value; a loop over the buffer itself takes 0.8). Not thread-safe: it owns its chunks.
 */
public final class FiniteFloats {
    private static final int CHUNK = 1024;

    private final float[] chunk = new float[CHUNK];
    private final float[] lanes = new float[CHUNK];

    /**
     * Index of the first NaN or infinite value among the first {@code size}; -1 if there is none.
     */
    public int firstBad(FloatBuffer values, int size) {
        for (int from = 0; from < size; from += CHUNK) {
            int length = Math.min(CHUNK, size - from);
            values.get(from, chunk, 0, length);
            addZeroTimes(chunk, lanes, length);
        }
        float sum = 0;
        for (int i = 0; i < Math.min(CHUNK, size); i++) {
            sum += lanes[i];
        }
        if (sum == 0f) {
            return -1;
        }
        Arrays.fill(lanes, 0f);
        return search(values, size);
    }

    private static void addZeroTimes(float[] values, float[] lanes, int length) {
        for (int i = 0; i < length; i++) {
            lanes[i] += values[i] * 0f;
        }
    }

    private static int search(FloatBuffer values, int size) {
        for (int i = 0; i < size; i++) {
            if (!Float.isFinite(values.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
