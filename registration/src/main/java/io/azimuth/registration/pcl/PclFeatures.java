package io.azimuth.registration.pcl;

import java.nio.FloatBuffer;
import java.util.BitSet;

/**
 * PCL's normals and fast point feature histograms. Thread-safe; {@code threads} is 1 to 64, and 1
 * where others already share the processors (each calling thread keeps a pool of its own).
 *
 * <p>Every method throws {@link IllegalArgumentException} for an argument out of range and {@link
 * IllegalStateException} for a closed cloud.
 */
public final class PclFeatures {
    private static final int DESCRIPTOR = 33;

    private PclFeatures() {}

    /**
     * One normal a point.
     *
     * @param data nx, ny, nz, curvature for each point; NaN where a normal is not valid
     * @param valid points whose neighbours span a surface
     */
    public record Normals(float[] data, BitSet valid) {}

    /**
     * One descriptor a point.
     *
     * @param data {@code dim} numbers for each point, three histograms that each add up to 100; NaN
     *     where a descriptor is not valid
     * @param valid points with a normal and neighbours
     */
    public record Descriptors(float[] data, int dim, BitSet valid) {}

    /**
     * Normals of the plane through each point's {@code k} nearest neighbours, itself included.
     *
     * @param k 3 to 1000
     * @param viewpoint x, y, z in metres to which the normals look
     */
    public static Normals normals(NativeCloud cloud, int k, float[] viewpoint, int threads) {
        return normals(cloud, k, 0, viewpoint, threads);
    }

    /**
     * As {@link #normals}, of all points within a radius.
     *
     * @param radiusM 0.001 to 1000 metres
     */
    public static Normals normalsWithin(
            NativeCloud cloud, double radiusM, float[] viewpoint, int threads) {
        return normals(cloud, 0, radiusM, viewpoint, threads);
    }

    private static Normals normals(
            NativeCloud cloud, int k, double radiusM, float[] viewpoint, int threads) {
        if (viewpoint.length != 3) {
            throw new IllegalArgumentException(
                    "viewpoint has " + viewpoint.length + " numbers, expected 3 (x, y, z)");
        }
        int room = 4 * cloud.size();
        FloatBuffer out = Scratch.ofThread().floats(0, room);
        Native.run(
                () ->
                        AzPclNative.normals(
                                cloud.handle(), k, radiusM, viewpoint, threads, out, room),
                cloud);
        float[] data = taken(out, room);
        return new Normals(data, valid(data, 4));
    }

    /**
     * Fast point feature histograms (Rusu, Blodow, Beetz, ICRA 2009), 33 numbers a point. Points
     * without a normal are neither described nor counted as neighbours.
     *
     * @param normals of this cloud, by {@link #normals}
     * @param radiusM 0.001 to 1000 metres, larger than what the normals were made of
     */
    public static Descriptors fpfh(
            NativeCloud cloud, Normals normals, double radiusM, int threads) {
        if (normals.data().length != 4 * cloud.size()) {
            throw new IllegalArgumentException(
                    "normals have %d numbers for %d points, expected 4 a point"
                            .formatted(normals.data().length, cloud.size()));
        }
        FloatBuffer in = Scratch.ofThread().floats(0, normals.data().length);
        in.duplicate().put(normals.data());
        int room = Math.toIntExact((long) DESCRIPTOR * cloud.size());
        FloatBuffer out = Scratch.ofThread().floats(1, room);
        Native.run(() -> AzPclNative.fpfh(cloud.handle(), in, radiusM, threads, out, room), cloud);
        float[] data = taken(out, room);
        return new Descriptors(data, DESCRIPTOR, valid(data, DESCRIPTOR));
    }

    private static float[] taken(FloatBuffer buffer, int count) {
        float[] out = new float[count];
        buffer.duplicate().get(out);
        return out;
    }

    private static BitSet valid(float[] rows, int width) {
        BitSet out = new BitSet();
        for (int i = 0; i < rows.length / width; i++) {
            out.set(i, !Float.isNaN(rows[width * i]));
        }
        return out;
    }
}
