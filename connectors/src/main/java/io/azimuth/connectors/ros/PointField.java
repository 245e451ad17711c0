package io.azimuth.connectors.ros;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One entry of a point: {@code sensor_msgs/PointField}. Of several elements only the first is read.
 *
 * @param datatype 1 .. 8: int8, uint8, int16, uint16, int32, uint32, float32, float64
 * @param count elements; sloppy drivers write 0 where they mean 1
 */
record PointField(String name, long offset, int datatype, long count) {
    static final int UINT8 = 2;
    static final int UINT16 = 4;
    static final int FLOAT32 = 7;

    private static final String[] TYPES = {
        "int8", "uint8", "int16", "uint16", "int32", "uint32", "float32", "float64"
    };
    private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 8};

    private static final VarHandle SHORT = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = view(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static VarHandle view(Class<?> arrayType, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, order);
    }

    boolean known() {
        return datatype >= 1 && datatype <= TYPES.length;
    }

    String type() {
        return known() ? TYPES[datatype - 1] : "datatype " + datatype;
    }

    /** Bytes of the first element; 0 for an unknown type. */
    int bytes() {
        return known() ? SIZES[datatype - 1] : 0;
    }

    boolean isFloat() {
        return datatype >= FLOAT32;
    }

    /** The first element in the point that starts at {@code point}. */
    double value(byte[] b, int point, boolean bigEndian) {
        int at = point + (int) offset;
        return switch (datatype) {
            case 1 -> b[at];
            case 2 -> b[at] & 0xff;
            case 3 -> int16(b, at, bigEndian);
            case 4 -> int16(b, at, bigEndian) & 0xffff;
            case 5 -> int32(b, at, bigEndian);
            case 6 -> Integer.toUnsignedLong(int32(b, at, bigEndian));
            case 7 -> Float.intBitsToFloat(int32(b, at, bigEndian));
            default -> {
                long bits = (long) LONG.get(b, at);
                yield Double.longBitsToDouble(bigEndian ? Long.reverseBytes(bits) : bits);
            }
        };
    }

    private static short int16(byte[] b, int at, boolean bigEndian) {
        short v = (short) SHORT.get(b, at);
        return bigEndian ? Short.reverseBytes(v) : v;
    }

    private static int int32(byte[] b, int at, boolean bigEndian) {
        int v = (int) INT.get(b, at);
        return bigEndian ? Integer.reverseBytes(v) : v;
    }
}
