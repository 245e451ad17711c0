package io.azimuth.registration.pcl;

import java.nio.IntBuffer;

/**
 * PCL's filters. The result is a cloud of its own, to be closed, or the indices of the points that
 * stay, ascending, for {@link NativeCloud#select}. Thread-safe.
 *
 * <p>Every method throws {@link IllegalArgumentException} for an argument out of range and {@link
 * IllegalStateException} for a closed cloud.
 */
public final class PclFilters {
    private PclFilters() {}

    /**
     * The centroid of each occupied voxel of a grid through the origin.
     *
     * @param leafM 0.001 to 1000 metres; refused where the cloud's extent has 2^31 cells or more
     *     (PCL would return the cloud unchanged)
     */
    public static NativeCloud voxelGrid(NativeCloud cloud, double leafM) {
        return NativeCloud.owned(
                Native.handle(() -> AzPclNative.voxelGrid(cloud.handle(), leafM), cloud));
    }

    /**
     * As {@link #voxelGrid} in one pass over a small hash table: a voxel may come out more than
     * once.
     */
    public static NativeCloud approximateVoxelGrid(NativeCloud cloud, double leafM) {
        return NativeCloud.owned(
                Native.handle(
                        () -> AzPclNative.approximateVoxelGrid(cloud.handle(), leafM), cloud));
    }

    /**
     * Points whose mean distance to their neighbours is not above the cloud's mean by more than so
     * many standard deviations.
     *
     * @param k neighbours, 1 to 1000 and less than the cloud's size
     * @param deviations -100 to 100
     */
    public static int[] statisticalInliers(NativeCloud cloud, int k, double deviations) {
        IntBuffer kept = Scratch.ofThread().ints(1, cloud.size());
        return taken(
                kept,
                Native.count(
                        () ->
                                AzPclNative.statisticalOutliers(
                                        cloud.handle(), k, deviations, kept, cloud.size()),
                        cloud));
    }

    /**
     * Points with at least {@code least} others within a radius.
     *
     * @param radiusM 0.0001 to 10 000 metres
     * @param least 1 to 1000
     */
    public static int[] radiusInliers(NativeCloud cloud, double radiusM, int least) {
        IntBuffer kept = Scratch.ofThread().ints(1, cloud.size());
        return taken(
                kept,
                Native.count(
                        () ->
                                AzPclNative.radiusOutliers(
                                        cloud.handle(), radiusM, least, kept, cloud.size()),
                        cloud));
    }

    static int[] taken(IntBuffer buffer, int count) {
        int[] out = new int[count];
        buffer.duplicate().get(out);
        return out;
    }
}
