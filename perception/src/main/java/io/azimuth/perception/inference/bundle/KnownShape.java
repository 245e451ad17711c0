package io.azimuth.perception.inference.bundle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a tensor without running the network: its dimensions, and its values if they are
 * few and follow from constants and shapes alone.
 *
 * @param ints values of a small int32 or int64 tensor; null if they are not known
 * @param floats values of a small float32 constant; null if they are not known
 */
record KnownShape(long[] dims, long @Nullable [] ints, float @Nullable [] floats) {
    /** More values than this are never a shape, a list of axes or of scales. */
    static final int MAX_VALUES = 64;

    static final int MAX_RANK = 8;

    static KnownShape of(long... dims) {
        return new KnownShape(dims, null, null);
    }

    static KnownShape vector(long... ints) {
        return new KnownShape(
                new long[] {ints.length}, ints.length <= MAX_VALUES ? ints : null, null);
    }

    /** The same values under other dimensions. */
    KnownShape as(long... newDims) {
        return new KnownShape(newDims, ints, floats);
    }

    int rank() {
        return dims.length;
    }

    /** Number of elements; saturates at {@link Long#MAX_VALUE}. */
    long elements() {
        return product(dims);
    }

    /** Product of dimensions that are not negative; saturates at {@link Long#MAX_VALUE}. */
    static long product(long... dims) {
        long out = 1;
        for (long dim : dims) {
            out = times(out, dim);
        }
        return out;
    }

    static long times(long a, long b) {
        return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }

    /** Whether it holds nothing. */
    boolean isEmpty() {
        return elements() == 0;
    }

    @Override
    public String toString() {
        return Arrays.toString(dims);
    }
}
