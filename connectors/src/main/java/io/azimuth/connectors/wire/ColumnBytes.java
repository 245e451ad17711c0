package io.azimuth.connectors.wire;

import io.azimuth.connectors.wire.proto.Contract;

/**
 * One column of whole numbers (floats as their bits) to and from bytes. Neighbouring points differ
 * little, so {@code DELTA_PLANES} stores differences, zigzag, and all bytes of one significance
 * together: the high ones are nearly all 0.
 */
final class ColumnBytes {
    private ColumnBytes() {}

    /** Bytes a value takes, or 0 for a type that this version does not know. */
    static int width(Contract.ColumnType type) {
        return switch (type) {
            case U8 -> 1;
            case U16, I16 -> 2;
            case I32, F32 -> 4;
            default -> 0;
        };
    }

    /** Writes the low {@code width} bytes of {@code n} values from {@code raw[at]} on. */
    static void write(int[] v, int n, int width, boolean deltaPlanes, byte[] raw, int at) {
        if (!deltaPlanes) {
            for (int i = 0; i < n; i++) {
                for (int b = 0; b < width; b++) {
                    raw[at + i * width + b] = (byte) (v[i] >> 8 * b);
                }
            }
            return;
        }
        int unused = 32 - 8 * width;
        int previous = 0;
        for (int i = 0; i < n; i++) {
            int d = v[i] - previous << unused >> unused; // wraps within the width
            previous = v[i];
            int zigzag = d << 1 ^ d >> 31;
            for (int b = 0; b < width; b++) {
                raw[at + b * n + i] = (byte) (zigzag >> 8 * b);
            }
        }
    }

    /** Reads {@code n} values; 8 and 16 bit ones are sign-extended if {@code signed}. */
    static void read(
            byte[] raw, int at, int n, int width, boolean deltaPlanes, boolean signed, int[] v) {
        if (!deltaPlanes) {
            plain(raw, at, n, width, v);
        } else if (width == 2) {
            deltaPlanes16(raw, at, n, v);
        } else {
            deltaPlanes(raw, at, n, width, v);
        }
        if (width == 4) {
            return;
        }
        int unused = 32 - 8 * width;
        if (signed) {
            for (int i = 0; i < n; i++) {
                v[i] = v[i] << unused >> unused;
            }
        } else {
            int mask = -1 >>> unused;
            for (int i = 0; i < n; i++) {
                v[i] &= mask;
            }
        }
    }

    private static void plain(byte[] raw, int at, int n, int width, int[] v) {
        for (int i = 0; i < n; i++) {
            int value = 0;
            for (int b = 0; b < width; b++) {
                value |= (raw[at + i * width + b] & 0xff) << 8 * b;
            }
            v[i] = value;
        }
    }

    private static void deltaPlanes16(byte[] raw, int at, int n, int[] v) {
        int value = 0;
        for (int i = 0; i < n; i++) {
            int zigzag = raw[at + i] & 0xff | (raw[at + n + i] & 0xff) << 8;
            value += zigzag >>> 1 ^ -(zigzag & 1);
            v[i] = value;
        }
    }

    private static void deltaPlanes(byte[] raw, int at, int n, int width, int[] v) {
        int value = 0;
        for (int i = 0; i < n; i++) {
            int zigzag = 0;
            for (int b = 0; b < width; b++) {
                zigzag |= (raw[at + b * n + i] & 0xff) << 8 * b;
            }
            value += zigzag >>> 1 ^ -(zigzag & 1);
            v[i] = value;
        }
    }
}
