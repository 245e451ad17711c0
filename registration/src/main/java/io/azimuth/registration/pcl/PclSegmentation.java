package io.azimuth.registration.pcl;

import java.nio.IntBuffer;
import java.util.Optional;

/**
 * PCL's planes and clusters. Thread-safe; the result is the same every time.
 *
 * <p>Every method throws {@link IllegalArgumentException} for an argument out of range and {@link
 * IllegalStateException} for a closed cloud.
 */
public final class PclSegmentation {
    private PclSegmentation() {}

    /**
     * The plane {@code a x + b y + c z + d = 0} with unit normal and c >= 0.
     *
     * @param inliers indices of the points near it, ascending
     */
    public record Plane(double a, double b, double c, double d, int[] inliers) {}

    /**
     * Which points belong together.
     *
     * @param labels -1 for none, else 0 .. {@code count - 1}: larger clusters first, ties by the
     *     lowest index
     */
    public record Clusters(int[] labels, int count) {}

    /**
     * The plane with most points, by random sampling with a constant seed; empty if no three points
     * span one.
     *
     * @param distanceM of an inlier, 0.0001 to 100 metres
     * @param iterations 1 to 10 000; times points at most 2e10
     */
    public static Optional<Plane> plane(NativeCloud cloud, double distanceM, int iterations) {
        double[] p = new double[4];
        IntBuffer inliers = Scratch.ofThread().ints(1, cloud.size());
        int count =
                Native.count(
                        () ->
                                AzPclNative.plane(
                                        cloud.handle(),
                                        distanceM,
                                        iterations,
                                        p,
                                        inliers,
                                        cloud.size()),
                        cloud);
        return count == 0
                ? Optional.empty()
                : Optional.of(new Plane(p[0], p[1], p[2], p[3], PclFilters.taken(inliers, count)));
    }

    /**
     * Points linked by steps of at most a tolerance.
     *
     * @param toleranceM 0.001 to 1000 metres
     * @param minSize of a cluster, 1 or more
     * @param maxSize at least {@code minSize}; larger ones are left out, not split
     */
    public static Clusters clusters(
            NativeCloud cloud, double toleranceM, int minSize, int maxSize) {
        IntBuffer labels = Scratch.ofThread().ints(1, cloud.size());
        int count =
                Native.count(
                        () ->
                                AzPclNative.clusters(
                                        cloud.handle(),
                                        toleranceM,
                                        minSize,
                                        maxSize,
                                        labels,
                                        cloud.size()),
                        cloud);
        return new Clusters(PclFilters.taken(labels, cloud.size()), count);
    }
}
