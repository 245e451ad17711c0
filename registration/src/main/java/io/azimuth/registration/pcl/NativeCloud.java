package io.azimuth.registration.pcl;

import io.azimuth.perception.geometry.PointCloud;
import java.lang.ref.Cleaner;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Points in PCL's memory, with what PCL builds of them (search tree, covariances) made when first
 * needed and kept. Immutable; any thread may use it, several at once.
 *
 * <p>Close it: the memory is outside the heap, about 16 bytes a point and as much again for a tree.
 * Closing twice is harmless; closing while another thread's call runs lets that call end. One that
 * is forgotten is freed when the collector finds it.
 *
 * <p>Coordinates are metres within +-100 km; every one must be finite.
 */
public final class NativeCloud implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final long handle;
    private final int size;
    private final Cleaner.Cleanable cleanable;

    private NativeCloud(long handle) {
        this.handle = handle;
        this.size = AzPclNative.cloudSize(handle);
        this.cleanable = CLEANER.register(this, () -> AzPclNative.closeCloud(handle));
    }

    /**
     * Neighbours of a row of queries: those of query {@code q} are the entries {@code offsets[q] ..
     * offsets[q + 1]}, nearest first.
     *
     * @param indices of points of the cloud
     * @param squaredM squared distances, square metres
     */
    public record Neighbours(int[] indices, float[] squaredM, int[] offsets) {}

    /**
     * Copies the coordinates of a cloud.
     *
     * @throws IllegalArgumentException a coordinate that is not finite or too large, named; too
     *     many points in one place
     * @throws PclUnavailable if PCL cannot be used here
     */
    public static NativeCloud of(PointCloud points) {
        PclRuntime.require("a native cloud");
        int n = points.size();
        FloatBuffer xyz = Scratch.ofThread().floats(0, 3L * n);
        float[] x = points.x();
        float[] y = points.y();
        float[] z = points.z();
        for (int i = 0; i < n; i++) {
            xyz.put(3 * i, x[i]).put(3 * i + 1, y[i]).put(3 * i + 2, z[i]);
        }
        return of(xyz, n);
    }

    /**
     * Copies x, y, z triples between a buffer's position and limit. A direct buffer of native byte
     * order is read in place; any other is copied twice.
     *
     * @throws IllegalArgumentException as {@link #of(PointCloud)}, or if it holds no whole triples
     */
    public static NativeCloud of(FloatBuffer xyz) {
        PclRuntime.require("a native cloud");
        return of(direct(xyz, 0), triples("xyz", xyz.remaining()));
    }

    private static NativeCloud of(FloatBuffer direct, int n) {
        return new NativeCloud(Native.handle(() -> AzPclNative.cloudOf(direct, n)));
    }

    static NativeCloud owned(long handle) {
        return new NativeCloud(handle);
    }

    long handle() {
        return handle;
    }

    public int size() {
        return size;
    }

    /**
     * A copy of the coordinates; intensities are 0.
     *
     * @throws IllegalStateException if it is closed, as every other method but {@link #size}
     */
    public PointCloud points() {
        FloatBuffer xyz = Scratch.ofThread().floats(0, 3L * size);
        Native.run(() -> AzPclNative.cloudPoints(handle, xyz, 3 * size), this);
        PointCloud out = new PointCloud(size);
        for (int i = 0; i < size; i++) {
            out.x()[i] = xyz.get(3 * i);
            out.y()[i] = xyz.get(3 * i + 1);
            out.z()[i] = xyz.get(3 * i + 2);
        }
        out.resize(size);
        return out;
    }

    /**
     * A cloud of the named points, in that order.
     *
     * @throws IllegalArgumentException an index that is not of this cloud
     */
    public NativeCloud select(int[] indices) {
        IntBuffer direct = Scratch.ofThread().ints(0, indices.length);
        direct.duplicate().put(indices);
        return owned(
                Native.handle(() -> AzPclNative.cloudSelect(handle, direct, indices.length), this));
    }

    /**
     * The {@code k} nearest points of each query; all of them where the cloud has fewer.
     *
     * @param queries x, y, z triples, metres; see {@link #of(FloatBuffer)}
     * @param k 1 or more
     * @throws IllegalArgumentException an empty cloud, a query that is not finite, {@code k} out of
     *     range
     */
    public Neighbours nearest(FloatBuffer queries, int k) {
        int count = triples("queries", queries.remaining());
        FloatBuffer from = direct(queries, 0);
        long total = (long) count * Math.max(0, Math.min(k, size));
        int room = (int) Math.min(total, 1 << 28);
        IntBuffer indices = Scratch.ofThread().ints(1, room);
        FloatBuffer squared = Scratch.ofThread().floats(2, room);
        int each =
                Native.count(
                        () -> AzPclNative.knn(handle, from, count, k, indices, squared, room),
                        this,
                        queries);
        int[] offsets = new int[count + 1];
        for (int q = 0; q < count; q++) {
            offsets[q + 1] = offsets[q] + each;
        }
        return neighbours(indices, squared, offsets);
    }

    /**
     * The points within a radius of each query.
     *
     * @param radiusM 0.0001 to 10 000 metres
     * @param most neighbours a query, the nearest ones; 0 for all
     * @throws IllegalArgumentException as {@link #nearest}, or if the search would visit more than
     *     1e9 pairs of points
     */
    public Neighbours within(FloatBuffer queries, double radiusM, int most) {
        int count = triples("queries", queries.remaining());
        FloatBuffer from = direct(queries, 0);
        IntBuffer offsets = Scratch.ofThread().ints(1, count + 1L);
        int total =
                Native.count(
                        () -> AzPclNative.radius(handle, from, count, radiusM, most, offsets),
                        this,
                        queries);
        int[] starts = new int[count + 1];
        offsets.duplicate().get(starts);
        IntBuffer indices = Scratch.ofThread().ints(1, total);
        FloatBuffer squared = Scratch.ofThread().floats(2, total);
        Native.run(() -> AzPclNative.takeRadius(indices, squared, total));
        return neighbours(indices, squared, starts);
    }

    /** Frees the memory, at once or when the calls that run have ended. */
    @Override
    public void close() {
        cleanable.clean();
    }

    private static Neighbours neighbours(IntBuffer indices, FloatBuffer squared, int[] offsets) {
        int total = offsets[offsets.length - 1];
        int[] i = new int[total];
        float[] d = new float[total];
        indices.duplicate().get(i);
        squared.duplicate().get(d);
        return new Neighbours(i, d, offsets);
    }

    private static int triples(String name, int floats) {
        if (floats % 3 != 0) {
            throw new IllegalArgumentException(
                    "%s has %d floats between position and limit, expected x, y, z triples"
                            .formatted(name, floats));
        }
        return floats / 3;
    }

    /** The buffer itself where native code can read it, else a copy in a slot of this thread. */
    static FloatBuffer direct(FloatBuffer given, int slot) {
        if (given.isDirect() && given.order() == ByteOrder.nativeOrder()) {
            return given.slice();
        }
        FloatBuffer copy = Scratch.ofThread().floats(slot, given.remaining());
        copy.duplicate().put(given.duplicate());
        return copy;
    }
}
