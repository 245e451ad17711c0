package io.azimuth.perception.geometry;

import java.util.Arrays;

/**
 * Points as a structure of arrays: coordinates in metres, intensity in [0, 1], laser ring and time
 * offset. Arrays may be longer than {@link #size()}; only the first {@code size} entries count.
 *
 * <p>A reusable buffer: {@link #clear()} keeps the arrays, so a decoder that refills one cloud
 * sweep after sweep allocates nothing after warm-up. The arrays returned by the accessors are the
 * live ones and are replaced when the cloud grows: fetch them after filling. Not thread-safe.
 */
public final class PointCloud {
    private float[] x;
    private float[] y;
    private float[] z;
    private float[] intensity;
    private short[] ring;
    private int[] timeOffsetNanos;
    private int size;
    private boolean hasRing;
    private boolean hasTime;

    public PointCloud() {
        this(0);
    }

    /**
     * @param capacity points that fit before the arrays grow; at least 0
     */
    public PointCloud(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException(
                    "capacity is " + capacity + ", expected 0 or more points");
        }
        x = new float[capacity];
        y = new float[capacity];
        z = new float[capacity];
        intensity = new float[capacity];
        ring = new short[capacity];
        timeOffsetNanos = new int[capacity];
    }

    /** Empties the cloud; keeps the arrays. Ring and time count as absent until declared again. */
    public void clear() {
        size = 0;
        hasRing = false;
        hasTime = false;
    }

    /** Makes room for {@code capacity} points in all, keeping those that are there. */
    public void ensureCapacity(int capacity) {
        if (capacity <= x.length) {
            return;
        }
        int grown = Math.max(capacity, x.length + (x.length >> 1) + 16);
        x = Arrays.copyOf(x, grown);
        y = Arrays.copyOf(y, grown);
        z = Arrays.copyOf(z, grown);
        intensity = Arrays.copyOf(intensity, grown);
        ring = Arrays.copyOf(ring, grown);
        timeOffsetNanos = Arrays.copyOf(timeOffsetNanos, grown);
    }

    /** Appends a point without ring and time (both 0). */
    public void add(float px, float py, float pz, float pIntensity) {
        add(px, py, pz, pIntensity, 0, 0);
    }

    /**
     * Appends a point.
     *
     * @param pRing laser number, 0 .. 65535
     * @param pTimeOffsetNanos measuring time as an offset to the sweep's start
     */
    public void add(
            float px, float py, float pz, float pIntensity, int pRing, int pTimeOffsetNanos) {
        ensureCapacity(size + 1);
        x[size] = px;
        y[size] = py;
        z[size] = pz;
        intensity[size] = pIntensity;
        ring[size] = (short) pRing;
        timeOffsetNanos[size] = pTimeOffsetNanos;
        size++;
    }

    /**
     * Sets the number of valid points after the arrays were filled directly.
     *
     * @throws IllegalArgumentException if {@code newSize} exceeds the capacity
     */
    public void resize(int newSize) {
        if (newSize < 0 || newSize > x.length) {
            throw new IllegalArgumentException(
                    "size is " + newSize + ", expected 0 .. " + x.length + " (the capacity)");
        }
        size = newSize;
    }

    /** Declares which optional columns hold data. */
    public void declare(boolean ringPresent, boolean timePresent) {
        hasRing = ringPresent;
        hasTime = timePresent;
    }

    /** Becomes a copy of another cloud; the arrays are kept if they are long enough. */
    public void set(PointCloud other) {
        ensureCapacity(other.size);
        copyColumns(other, this);
    }

    /** A deep copy trimmed to its size. */
    public PointCloud copy() {
        PointCloud out = new PointCloud(size);
        copyColumns(this, out);
        return out;
    }

    private static void copyColumns(PointCloud from, PointCloud to) {
        System.arraycopy(from.x, 0, to.x, 0, from.size);
        System.arraycopy(from.y, 0, to.y, 0, from.size);
        System.arraycopy(from.z, 0, to.z, 0, from.size);
        System.arraycopy(from.intensity, 0, to.intensity, 0, from.size);
        System.arraycopy(from.ring, 0, to.ring, 0, from.size);
        System.arraycopy(from.timeOffsetNanos, 0, to.timeOffsetNanos, 0, from.size);
        to.size = from.size;
        to.declare(from.hasRing, from.hasTime);
    }

    public int size() {
        return size;
    }

    public float[] x() {
        return x;
    }

    public float[] y() {
        return y;
    }

    public float[] z() {
        return z;
    }

    public float[] intensity() {
        return intensity;
    }

    /** Laser of each point as an unsigned 16-bit number; meaningless unless {@link #hasRing()}. */
    public short[] ring() {
        return ring;
    }

    /** Laser of point {@code i}, 0 .. 65535. */
    public int ringOf(int i) {
        return Short.toUnsignedInt(ring[i]);
    }

    /** Offsets to the sweep's start; meaningless unless {@link #hasTime()}. */
    public int[] timeOffsetNanos() {
        return timeOffsetNanos;
    }

    public boolean hasRing() {
        return hasRing;
    }

    public boolean hasTime() {
        return hasTime;
    }
}
