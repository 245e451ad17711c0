package io.azimuth.connectors.wire;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;

/**
 * Sweeps to and from the value of a record on {@link Topics#SWEEPS}. Holds buffers that are reused
 * from sweep to sweep: one instance per thread.
 */
public final class SweepCodec {
    /** Largest record value, bytes. */
    public static final int MAX_VALUE_BYTES = 8 << 20;

    /** Largest length of the points after decompression, bytes. */
    public static final int MAX_RAW_BYTES = 32 << 20;

    /** Most points or grid cells of a sweep. */
    public static final int MAX_POINTS = 1 << 21;

    /** Level that pays best: one pass over the bytes. */
    public static final int DEFAULT_ZSTD_LEVEL = 1;

    private final SweepEncoder encoder = new SweepEncoder();
    private final SweepDecoder decoder = new SweepDecoder();

    /**
     * Encodes in the layout that suits the source: {@link SweepEncoding#SPHERICAL_U16} where every
     * point fits the sensor's beam table, else {@link SweepEncoding#XYZ_I16}, or {@link
     * SweepEncoding#XYZ_F32} for clouds too wide for it. Points with a coordinate that is not
     * finite are left out.
     *
     * @param zstdLevel 1 .. 19, or 0 for no compression
     * @throws IllegalArgumentException if the sweep is too large for a record
     */
    public byte[] encode(Sweep sweep, int zstdLevel) {
        return encoder.encodeBest(sweep, checked(zstdLevel));
    }

    /** As {@link #encode(Sweep, int)} at {@link #DEFAULT_ZSTD_LEVEL}. */
    public byte[] encode(Sweep sweep) {
        return encode(sweep, DEFAULT_ZSTD_LEVEL);
    }

    /**
     * Encodes in the given layout. Points with a coordinate that is not finite are left out.
     *
     * @param zstdLevel 1 .. 19, or 0 for no compression
     * @throws IllegalArgumentException if the encoding cannot hold the sweep within its error
     *     bounds, or no record can
     */
    public byte[] encode(Sweep sweep, SweepEncoding encoding, int zstdLevel) {
        return encoder.encode(sweep, encoding, checked(zstdLevel));
    }

    /**
     * The message for a sweep that its source could not read, so that it is accounted for.
     *
     * @param reason the reader's message
     */
    public byte[] encodeUnreadable(Origin origin, long startNanos, long endNanos, String reason) {
        return SweepEncoder.unreadable(origin, startNanos, endNanos, reason);
    }

    /**
     * Decodes a record value. Points with a coordinate that is not finite are left out.
     *
     * @param value as it came; not kept, not changed
     * @param reuse takes the points; what it held is lost
     * @return the sweep, its points being {@code reuse}
     * @throws MalformedSweepException for every value that is no usable sweep, and nothing else
     */
    public Sweep decode(byte[] value, PointCloud reuse) {
        return decoder.decode(value, reuse);
    }

    private static int checked(int zstdLevel) {
        if (zstdLevel < 0 || zstdLevel > 19) {
            throw new IllegalArgumentException(
                    "zstd level is " + zstdLevel + ", expected 0 (none) .. 19");
        }
        return zstdLevel;
    }
}
