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

    /**
     * Encodes in the layout that suits the source: {@link SweepEncoding#SPHERICAL_U16} where every
     * point fits the sensor's beam table, else {@link SweepEncoding#XYZ_I16}, or {@link
     * SweepEncoding#XYZ_F32} for clouds too wide for it.
     */
    public byte[] encode(Sweep sweep) {
        return encode(sweep, SweepEncoding.XYZ_F32, DEFAULT_ZSTD_LEVEL);
    }

    /**
     * Encodes a sweep. Points with a coordinate that is not finite are left out.
     *
     * @param zstdLevel 1 .. 19, or 0 for no compression
     * @throws IllegalArgumentException if the sweep cannot be held by the encoding within its error
     *     bounds, or by a record at all
     */
    public byte[] encode(Sweep sweep, SweepEncoding encoding, int zstdLevel) {
        throw new UnsupportedOperationException("encode");
    }

    /**
     * The message for a sweep that its source could not read, so that it is accounted for.
     *
     * @param reason the reader's message
     */
    public byte[] encodeUnreadable(Origin origin, long startNanos, long endNanos, String reason) {
        throw new UnsupportedOperationException("encodeUnreadable");
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
        throw new UnsupportedOperationException("decode");
    }
}
