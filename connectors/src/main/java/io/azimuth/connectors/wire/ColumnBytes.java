package io.azimuth.connectors.wire;

import io.azimuth.connectors.wire.proto.Contract.ColumnType;
import io.azimuth.connectors.wire.proto.Contract.Layout;

/**
 * Columns of whole numbers to and from little-endian bytes, plain or as planes of differences.
 * Neighbouring returns lie close together, so the high bytes of their differences are nearly all 0:
 * that is what zstd then finds.
 */
final class ColumnBytes {
    private ColumnBytes() {}

    /** Bytes of one value. */
    static int width(ColumnType type) {
        return switch (type) {
            case U8 -> 1;
            case U16, I16 -> 2;
            case I32, F32 -> 4;
            default -> throw new IllegalArgumentException("column type " + type);
        };
    }

    /** Writes the first {@code count} values from {@code at} on; floats come as their bits. */
    static void write(int[] values, int count, ColumnType type, Layout layout, byte[] out, int at) {
        int width = width(type);
        if (layout == Layout.DELTA_PLANES) {
            writePlanes(values, count, width, out, at);
            return;
        }
        int p = at;
        for (int i = 0; i < count; i++) {
            int v = values[i];
            for (int b = 0; b < width; b++) {
                out[p++] = (byte) (v >>> 8 * b);
            }
        }
    }

    /** Reads {@code count} values; the inverse of {@link #write}. */
    static void read(byte[] in, int at, int count, ColumnType type, Layout layout, int[] values) {
        if (layout == Layout.DELTA_PLANES) {
            readPlanes(in, at, count, type, values);
            return;
        }
        switch (type) {
            case U8 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = in[at + i] & 0xff;
                }
            }
            case U16 -> {
                for (int i = 0, p = at; i < count; i++, p += 2) {
                    values[i] = in[p] & 0xff | (in[p + 1] & 0xff) << 8;
                }
            }
            case I16 -> {
                for (int i = 0, p = at; i < count; i++, p += 2) {
                    values[i] = in[p] & 0xff | in[p + 1] << 8;
                }
            }
            default -> {
                for (int i = 0, p = at; i < count; i++, p += 4) {
                    values[i] =
                            in[p] & 0xff
                                    | (in[p + 1] & 0xff) << 8
                                    | (in[p + 2] & 0xff) << 16
                                    | in[p + 3] << 24;
                }
            }
        }
    }

    private static void writePlanes(int[] values, int count, int width, byte[] out, int at) {
        int shift = 32 - 8 * width;
        int before = 0;
        for (int i = 0; i < count; i++) {
            int delta = values[i] - before << shift >> shift; // wraps within the width
            int zigzag = delta << 1 ^ delta >> 31;
            for (int b = 0; b < width; b++) {
                out[at + b * count + i] = (byte) (zigzag >>> 8 * b);
            }
            before = values[i];
        }
    }

    private static void readPlanes(byte[] in, int at, int count, ColumnType type, int[] values) {
        int width = width(type);
        int value = 0;
        if (width == 2) {
            boolean signed = type == ColumnType.I16;
            for (int i = 0; i < count; i++) {
                int zigzag = in[at + i] & 0xff | (in[at + count + i] & 0xff) << 8;
                value += zigzag >>> 1 ^ -(zigzag & 1);
                value = signed ? (short) value : value & 0xffff;
                values[i] = value;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int zigzag = 0;
            for (int b = 0; b < width; b++) {
                zigzag |= (in[at + b * count + i] & 0xff) << 8 * b;
            }
            value += zigzag >>> 1 ^ -(zigzag & 1);
            value = type == ColumnType.U8 ? value & 0xff : value;
            values[i] = value;
        }
    }
}
