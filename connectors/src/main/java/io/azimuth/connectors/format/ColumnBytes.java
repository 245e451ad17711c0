package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Binary rows of a cloud file: element {@code i} of a column lies at {@code start + i * stride}; as
 * structs the stride is the row's size, as arrays the column's own.
 *
 * @param data holds all rows; the reader has checked its length
 * @param base first byte
 * @param points number of rows
 * @param rowBytes bytes of a row; only of structs
 * @param arrays columns lie one behind the other instead of row by row
 * @param bigEndian byte order of every element
 */
record ColumnBytes(
        byte[] data, int base, int points, int rowBytes, boolean arrays, boolean bigEndian) {
    private static final VarHandle[] LITTLE = views(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle[] BIG = views(ByteOrder.BIG_ENDIAN);
    private static final int SHORT = 0;
    private static final int INT = 1;
    private static final int LONG = 2;

    static ColumnBytes structs(byte[] data, int base, int points, int rowBytes, boolean bigEndian) {
        return new ColumnBytes(data, base, points, rowBytes, false, bigEndian);
    }

    static ColumnBytes arrays(byte[] data, int base, int points, boolean bigEndian) {
        return new ColumnBytes(data, base, points, 0, true, bigEndian);
    }

    private static VarHandle[] views(ByteOrder order) {
        return new VarHandle[] {
            MethodHandles.byteArrayViewVarHandle(short[].class, order),
            MethodHandles.byteArrayViewVarHandle(int[].class, order),
            MethodHandles.byteArrayViewVarHandle(long[].class, order)
        };
    }

    /** The little-endian uint32 at {@code at}. */
    static long unsignedInt(byte[] b, int at) {
        return Integer.toUnsignedLong((int) LITTLE[INT].get(b, at));
    }

    /** Decodes all rows; returns n rings, then n times (0 where there are none). */
    double[] fill(CloudBytes bytes, ColumnRoles roles, PointCloud out) {
        out.ensureCapacity(points);
        column(roles.x(), out.x());
        column(roles.y(), out.y());
        column(roles.z(), out.z());
        if (roles.intensity() != null) {
            column(roles.intensity(), out.intensity());
        }
        double[] extra = bytes.numbers(2 * points);
        column(roles.ring(), extra, 0);
        column(roles.time(), extra, points);
        return extra;
    }

    private int start(Column c) {
        return base + (arrays ? c.offset() * points : c.offset());
    }

    private int stride(Column c) {
        return arrays ? c.bytes() : rowBytes;
    }

    private void column(Column c, float[] to) {
        int at = start(c);
        int stride = stride(c);
        if (c.type() == 'F' && c.size() == 4) {
            VarHandle view = (bigEndian ? BIG : LITTLE)[INT];
            for (int i = 0; i < points; i++, at += stride) {
                to[i] = Float.intBitsToFloat((int) view.get(data, at));
            }
        } else {
            for (int i = 0; i < points; i++, at += stride) {
                to[i] = (float) value(at, c.type(), c.size());
            }
        }
    }

    private void column(@Nullable Column c, double[] to, int shift) {
        if (c == null) {
            Arrays.fill(to, shift, shift + points, 0);
            return;
        }
        int at = start(c);
        int stride = stride(c);
        for (int i = 0; i < points; i++, at += stride) {
            to[shift + i] = value(at, c.type(), c.size());
        }
    }

    private double value(int at, char type, int size) {
        VarHandle[] views = bigEndian ? BIG : LITTLE;
        if (type == 'F') {
            return size == 4
                    ? Float.intBitsToFloat((int) views[INT].get(data, at))
                    : Double.longBitsToDouble((long) views[LONG].get(data, at));
        }
        long signed =
                switch (size) {
                    case 1 -> data[at];
                    case 2 -> (short) views[SHORT].get(data, at);
                    case 4 -> (int) views[INT].get(data, at);
                    default -> (long) views[LONG].get(data, at);
                };
        if (type == 'I' || signed >= 0) {
            return signed;
        }
        // Unsigned with the top bit set: 2^(8 size) more than its signed reading.
        return signed + Math.scalb(1.0, 8 * size);
    }
}
