package io.azimuth.connectors.format;

import io.azimuth.connectors.format.PcdHeader.Field;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The binary encodings of PCD. In both, element {@code i} of a field lies at {@code start + i *
 * stride}: as structs the stride is the point's size, as arrays the field's own.
 */
final class PcdBinary {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    /** Where a decoder finds the columns. */
    private record Layout(byte[] data, int base, int points, int pointBytes, boolean arrays) {
        int start(Field f) {
            return base + (arrays ? f.offset() * points : f.offset());
        }

        int stride(Field f) {
            return arrays ? f.bytes() : pointBytes;
        }
    }

    private PcdBinary() {}

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    /** Decodes DATA binary; returns n rings, then n times (0 where the file has none). */
    static double[] fillStructs(
            CloudBytes bytes, PcdHeader header, PcdRoles roles, PointCloud out) {
        long needed = (long) header.points() * header.stride();
        long there = bytes.size() - header.dataOffset();
        if (needed > there) {
            throw MalformedDataException.at(
                    bytes.name(),
                    bytes.size(),
                    "the file ends after %d bytes of data, accepted are %d (%d points of %d bytes); copy it again"
                            .formatted(there, needed, header.points(), header.stride()));
        }
        return fill(
                bytes,
                new Layout(
                        bytes.array(),
                        header.dataOffset(),
                        header.points(),
                        header.stride(),
                        false),
                roles,
                out);
    }

    /** Decodes DATA binary_compressed; returns n rings, then n times (0 where there are none). */
    static double[] fillArrays(CloudBytes bytes, PcdHeader header, PcdRoles roles, PointCloud out) {
        int at = header.dataOffset();
        if (bytes.size() - at < 8) {
            throw MalformedDataException.at(
                    bytes.name(),
                    at,
                    "the file ends after %d bytes of data, accepted are two sizes of 4 bytes first"
                            .formatted(bytes.size() - at));
        }
        long packed = Integer.toUnsignedLong((int) INT.get(bytes.array(), at));
        long plain = Integer.toUnsignedLong((int) INT.get(bytes.array(), at + 4));
        long needed = (long) header.points() * header.stride();
        if (packed > bytes.size() - at - 8) {
            throw MalformedDataException.at(
                    bytes.name(),
                    at,
                    "compressed size is %d but only %d bytes follow; copy the file again"
                            .formatted(packed, bytes.size() - at - 8));
        }
        if (plain != needed) {
            throw MalformedDataException.at(
                    bytes.name(),
                    at + 4L,
                    "plain size is %d, accepted is %d (%d points of %d bytes)"
                            .formatted(plain, needed, header.points(), header.stride()));
        }
        int to = at + 8 + (int) packed;
        long expanded = Lzf.plainLength(bytes.array(), at + 8, to);
        if (expanded != needed || needed > CloudBytes.MAX_BYTES) {
            throw MalformedDataException.at(
                    bytes.name(),
                    expanded < 0 ? -1 - expanded : to,
                    expanded < 0
                            ? "the LZF stream is broken here; copy the file again"
                            : "the LZF stream holds %d bytes, accepted are %d (at most %d)"
                                    .formatted(expanded, needed, CloudBytes.MAX_BYTES));
        }
        byte[] data = bytes.scratch((int) needed);
        Lzf.expand(bytes.array(), at + 8, to, data);
        return fill(bytes, new Layout(data, 0, header.points(), header.stride(), true), roles, out);
    }

    private static double[] fill(CloudBytes bytes, Layout layout, PcdRoles roles, PointCloud out) {
        int n = layout.points();
        out.ensureCapacity(n);
        column(layout, roles.x(), out.x());
        column(layout, roles.y(), out.y());
        column(layout, roles.z(), out.z());
        if (roles.intensity() != null) {
            column(layout, roles.intensity(), out.intensity());
        }
        double[] extra = bytes.numbers(2 * n);
        column(layout, roles.ring(), extra, 0);
        column(layout, roles.time(), extra, n);
        return extra;
    }

    private static void column(Layout layout, Field f, float[] to) {
        byte[] b = layout.data();
        int n = layout.points();
        int at = layout.start(f);
        int stride = layout.stride(f);
        if (f.type() == 'F' && f.size() == 4) {
            for (int i = 0; i < n; i++, at += stride) {
                to[i] = Float.intBitsToFloat((int) INT.get(b, at));
            }
        } else {
            for (int i = 0; i < n; i++, at += stride) {
                to[i] = (float) value(b, at, f.type(), f.size());
            }
        }
    }

    private static void column(Layout layout, @Nullable Field f, double[] to, int shift) {
        int n = layout.points();
        if (f == null) {
            java.util.Arrays.fill(to, shift, shift + n, 0);
            return;
        }
        int at = layout.start(f);
        int stride = layout.stride(f);
        for (int i = 0; i < n; i++, at += stride) {
            to[shift + i] = value(layout.data(), at, f.type(), f.size());
        }
    }

    private static double value(byte[] b, int at, char type, int size) {
        if (type == 'F') {
            return size == 4
                    ? Float.intBitsToFloat((int) INT.get(b, at))
                    : Double.longBitsToDouble((long) LONG.get(b, at));
        }
        long signed =
                switch (size) {
                    case 1 -> b[at];
                    case 2 -> (short) SHORT.get(b, at);
                    case 4 -> (int) INT.get(b, at);
                    default -> (long) LONG.get(b, at);
                };
        if (type == 'I' || signed >= 0) {
            return signed;
        }
        // Unsigned with the top bit set: 2^(8 size) more than its signed reading.
        return signed + Math.scalb(1.0, 8 * size);
    }
}
