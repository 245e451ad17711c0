package io.azimuth.perception.inference.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Collects the values of a tensor while it is read, as long as they are few. */
final class SmallValues {
    private static final int FLOAT = 1;
    private static final int INT32 = 6;
    private static final int INT64 = 7;

    private final ByteBuffer data;
    private final long[] ints = new long[KnownShape.MAX_VALUES + 1];
    private final float[] floats = new float[KnownShape.MAX_VALUES + 1];
    private int intCount;
    private int floatCount;

    SmallValues(byte[] data) {
        this.data = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    void integer(long value) {
        if (intCount < ints.length) {
            ints[intCount++] = value;
        }
    }

    void floats(int start, int length) {
        for (int i = start; i + 4 <= start + length && floatCount < floats.length; i += 4) {
            floats[floatCount++] = data.getFloat(i);
        }
    }

    void raw(int start, int length, int type) {
        if (type == FLOAT) {
            floats(start, length);
        } else if (type == INT32 || type == INT64) {
            int width = type == INT32 ? Integer.BYTES : Long.BYTES;
            for (int i = start; i + width <= start + length && intCount < ints.length; i += width) {
                integer(type == INT32 ? data.getInt(i) : data.getLong(i));
            }
        }
    }

    /** Only types whose values are what an engine computes shapes with, without rounding. */
    KnownShape shape(long[] dims, int type) {
        long size = 1;
        for (long dim : dims) {
            size *= dim;
        }
        boolean few = size <= KnownShape.MAX_VALUES;
        boolean knowsInts = few && (type == INT32 || type == INT64) && intCount == size;
        boolean knowsFloats = few && type == FLOAT && floatCount == size;
        for (int i = 0; knowsInts && type == INT32 && i < intCount; i++) {
            ints[i] = (int) ints[i]; // a varint may hold more; protobuf cuts it
        }
        return new KnownShape(
                dims,
                knowsInts ? Arrays.copyOf(ints, intCount) : null,
                knowsFloats ? Arrays.copyOf(floats, floatCount) : null);
    }
}
