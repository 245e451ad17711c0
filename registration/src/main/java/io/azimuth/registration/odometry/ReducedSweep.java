package io.azimuth.registration.odometry;

/**
 * The points of a sweep that odometry needs, in the compact form in which they travel: positions as
 * whole steps, times as fractions of the sweep. At most {@link #MAX_POINTS} points, 8 bytes each,
 * so that it fits a keyed edge. Values are quantised when it is made, so that a copy that went over
 * the wire gives the same bits.
 *
 * @param timed whether the points carry measuring times; if not, the sweep counts as compensated
 * @param stepM metres per unit of x, y, z
 * @param x in steps, sensor frame
 * @param y in steps, sensor frame
 * @param z in steps, sensor frame
 * @param time fraction of the sweep at which each point was measured, unsigned, 65535 = the end
 */
public record ReducedSweep(
        long seq,
        long startNanos,
        long endNanos,
        boolean timed,
        float stepM,
        short[] x,
        short[] y,
        short[] z,
        short[] time) {
    public static final int MAX_POINTS = 30_000;

    public ReducedSweep {
        if (x.length > MAX_POINTS
                || y.length != x.length
                || z.length != x.length
                || time.length != x.length) {
            throw new IllegalArgumentException(
                    "reduced sweep %d has columns of %d, %d, %d and %d entries: expected equal lengths of at most %d"
                            .formatted(seq, x.length, y.length, z.length, time.length, MAX_POINTS));
        }
    }

    public int size() {
        return x.length;
    }

    public long midNanos() {
        return startNanos + (endNanos - startNanos) / 2;
    }
}
