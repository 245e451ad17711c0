package io.azimuth.connectors.format;

import java.util.Arrays;

/**
 * LZF without framing, as PCD uses it. A control byte below 32 starts a run of literals; else its
 * upper three bits are a length (7: one more byte follows) and its lower five with the next byte a
 * distance back. Source: Marc Lehmann's liblzf, {@code lzf_d.c}.
 */
final class Lzf {
    private static final int HASH_BITS = 14;
    private static final int MAX_DISTANCE = 1 << 13;
    private static final int MAX_COPY = 264;
    private static final int MAX_LITERALS = 32;

    private Lzf() {}

    /**
     * Length of the plain text, found by walking the stream without writing: so that memory is
     * taken only for what is really there.
     *
     * @return the length, or {@code -1 - offset} of the control byte at which the stream is broken
     */
    static long plainLength(byte[] in, int from, int to) {
        long out = 0;
        int i = from;
        while (i < to) {
            int start = i;
            int control = in[i++] & 0xff;
            if (control < 32) {
                i += control + 1;
                out += control + 1;
            } else {
                int length = control >> 5;
                if (length == 7) {
                    length += i < to ? in[i] & 0xff : 0;
                    i++;
                }
                int distance = ((control & 31) << 8) + (i < to ? in[i] & 0xff : 0) + 1;
                i++;
                if (distance > out) {
                    return -1L - start;
                }
                out += length + 2;
            }
            if (i > to) {
                return -1L - start;
            }
        }
        return out;
    }

    /** Expands a stream that {@link #plainLength} found sound; {@code out} holds its result. */
    static void expand(byte[] in, int from, int to, byte[] out) {
        int o = 0;
        int i = from;
        while (i < to) {
            int control = in[i++] & 0xff;
            if (control < 32) {
                System.arraycopy(in, i, out, o, control + 1);
                i += control + 1;
                o += control + 1;
            } else {
                int length = control >> 5;
                if (length == 7) {
                    length += in[i++] & 0xff;
                }
                int source = o - ((control & 31) << 8) - (in[i++] & 0xff) - 1;
                for (int end = o + length + 2; o < end; o++) { // may overlap: byte by byte
                    out[o] = out[source++];
                }
            }
        }
    }

    /** Compresses {@code n} bytes greedily; the result is never longer than n + n / 32 + 1. */
    static byte[] compress(byte[] in, int n) {
        byte[] out = new byte[n + n / MAX_LITERALS + 1];
        int[] last = new int[1 << HASH_BITS];
        Arrays.fill(last, -1);
        int o = 0;
        int literals = 0; // first byte not yet written
        int i = 0;
        while (i + 2 < n) {
            int key = (in[i] & 0xff) << 16 | (in[i + 1] & 0xff) << 8 | in[i + 2] & 0xff;
            int slot = key * 0x9E3779B1 >>> 32 - HASH_BITS;
            int match = last[slot];
            last[slot] = i;
            if (match < 0 || i - match > MAX_DISTANCE || !sameThree(in, match, i)) {
                i++;
                continue;
            }
            int length = 3;
            int most = Math.min(MAX_COPY, n - i);
            while (length < most && in[match + length] == in[i + length]) {
                length++;
            }
            o = literals(in, literals, i, out, o);
            int distance = i - match - 1;
            int code = length - 2;
            out[o++] = (byte) (Math.min(code, 7) << 5 | distance >> 8);
            if (code >= 7) {
                out[o++] = (byte) (code - 7);
            }
            out[o++] = (byte) distance;
            i += length;
            literals = i;
        }
        return Arrays.copyOf(out, literals(in, literals, n, out, o));
    }

    private static boolean sameThree(byte[] in, int a, int b) {
        return in[a] == in[b] && in[a + 1] == in[b + 1] && in[a + 2] == in[b + 2];
    }

    private static int literals(byte[] in, int from, int to, byte[] out, int at) {
        int o = at;
        for (int i = from; i < to; i += MAX_LITERALS) {
            int run = Math.min(MAX_LITERALS, to - i);
            out[o++] = (byte) (run - 1);
            System.arraycopy(in, i, out, o, run);
            o += run;
        }
        return o;
    }
}
