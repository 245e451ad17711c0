package io.azimuth.registration.pcl;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.icp.Status;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * PCL's registration: four refinements of a guess, and a search without one. Thread-safe; single
 * threaded inside. A call cannot be interrupted, so iterations times points are bounded (1e8; 1e9
 * for {@link #prerejective}).
 *
 * <p>PCL calls itself converged when its iterations stop, also on nonsense. The status is judged
 * here: the pose must be rigid, enough source points must have a neighbour within {@code
 * maxDistanceM}, and the neighbours' surfaces must observe every direction.
 *
 * <p>Every method throws {@link IllegalArgumentException} for an argument out of range or a cloud
 * with too few points (10 for {@link #icp}, else 50) and {@link IllegalStateException} for a closed
 * cloud.
 */
public final class PclRegistration {
    /** Fewer pairs than this tell no pose. */
    private static final int LEAST_INLIERS = 30;

    /**
     * Share of the best observed direction's information below which one counts as unobserved: that
     * of the odometry. Generated corridors have 0.001 to 0.005, streets 0.08 or more.
     */
    private static final double LEAST_EIGEN_SHARE = 0.01;

    // Where azpcl.h lays the numbers of a result.
    private static final int CONVERGED = 16;
    private static final int ITERATIONS = 17;
    private static final int RIGID = 18;
    private static final int INLIERS = 19;
    private static final int RMSE = 20;
    private static final int EIGEN_SHARE = 21;
    private static final int NANOS = 22;
    private static final int ALIGN_NANOS = 23;
    private static final int INFORMATION = 24;
    private static final int SIZE = 64;

    private PclRegistration() {}

    /**
     * How to refine.
     *
     * @param maxDistanceM of a correspondence, 0.001 to 1000 metres; also the reach of inliers,
     *     error and overlap
     * @param iterations 1 to 500
     * @param neighbours of a covariance of GICP, 4 to 200 and at most the smaller cloud's size
     * @param resolutionM edge of NDT's cells, 0.1 to 50 metres
     * @param stepM longest step of NDT, 0.001 metres to {@code resolutionM}
     * @param minOverlap share of source points with a neighbour below which there is no overlap
     */
    public record Settings(
            double maxDistanceM,
            int iterations,
            int neighbours,
            double resolutionM,
            double stepM,
            double minOverlap) {
        /** For street scenes thinned to 0.2 .. 0.5 m and a guess within about a metre. */
        public static Settings defaults() {
            return new Settings(2.0, 50, 20, 2.0, 0.2, 0.2);
        }

        Settings withNeighboursAtMost(int most) {
            return new Settings(
                    maxDistanceM,
                    iterations,
                    Math.min(neighbours, Math.max(4, most)),
                    resolutionM,
                    stepM,
                    minOverlap);
        }
    }

    /**
     * How to search.
     *
     * @param maxDistanceM of an inlier, 0.001 to 1000 metres
     * @param iterations 1 to 50 000
     * @param candidates most similar descriptors that a point may be paired with, 1 to 1000
     * @param samples a hypothesis, 3 to 10
     * @param similarity of a triangle's edges, 0 to 0.9999
     * @param inlierShare that a hypothesis must reach, 0 to 1
     * @param seed of the C library's generator
     */
    public record SearchSettings(
            double maxDistanceM,
            int iterations,
            int candidates,
            int samples,
            double similarity,
            double inlierShare,
            int seed) {
        /** For street scenes thinned to about 1 m. */
        public static SearchSettings defaults() {
            return new SearchSettings(1.0, 5000, 5, 3, 0.9, 0.25, 1);
        }
    }

    /**
     * A refinement and what PCL's own part of it took.
     *
     * @param alignNanos processor time of PCL's iterations alone: trees, covariances and cells are
     *     made before, the pose is judged after
     */
    public record Alignment(Refinement refinement, long alignNanos) {}

    /** Point-to-point ICP. */
    public static Refinement icp(
            NativeCloud target, NativeCloud source, RigidTransform guess, Settings settings) {
        return align(AzPclNative.ICP, target, source, guess, settings).refinement();
    }

    /** ICP with normals, linearised; normals of 20 neighbours. */
    public static Refinement pointToPlane(
            NativeCloud target, NativeCloud source, RigidTransform guess, Settings settings) {
        return align(AzPclNative.POINT_TO_PLANE, target, source, guess, settings).refinement();
    }

    /** Generalised ICP (Segal, Haehnel, Thrun, RSS 2009) by BFGS. */
    public static Refinement gicp(
            NativeCloud target, NativeCloud source, RigidTransform guess, Settings settings) {
        return align(AzPclNative.GICP, target, source, guess, settings).refinement();
    }

    /** Normal distributions transform (Magnusson 2009). */
    public static Refinement ndt(
            NativeCloud target, NativeCloud source, RigidTransform guess, Settings settings) {
        return align(AzPclNative.NDT, target, source, guess, settings).refinement();
    }

    static Alignment align(
            int method,
            NativeCloud target,
            NativeCloud source,
            RigidTransform guess,
            Settings settings) {
        double[] start = Arrays.copyOf(guess.toRows(), 16);
        start[15] = 1;
        double[] result = new double[SIZE];
        Native.run(
                () ->
                        AzPclNative.align(
                                method,
                                source.handle(),
                                target.handle(),
                                start,
                                settings.maxDistanceM(),
                                settings.iterations(),
                                settings.neighbours(),
                                settings.resolutionM(),
                                settings.stepM(),
                                result),
                source,
                target);
        return new Alignment(
                judged(result, source.size(), guess, settings.minOverlap()),
                (long) result[ALIGN_NANOS]);
    }

    /**
     * Sample consensus with prerejection (Buch et al., ICRA 2013): a pose without a guess, from
     * descriptors. Points without a valid descriptor are left out. Calls of all threads wait for
     * each other, because PCL draws from the C library's one generator.
     *
     * @param targetDescriptors of the target's points, by {@link PclFeatures#fpfh}
     * @param sourceDescriptors of the source's points
     */
    public static Refinement prerejective(
            NativeCloud target,
            PclFeatures.Descriptors targetDescriptors,
            NativeCloud source,
            PclFeatures.Descriptors sourceDescriptors,
            SearchSettings settings) {
        FloatBuffer onto = rows("target", target, targetDescriptors, 0);
        FloatBuffer from = rows("source", source, sourceDescriptors, 1);
        double[] result = new double[SIZE];
        Native.run(
                () ->
                        AzPclNative.prerejective(
                                source.handle(),
                                from,
                                target.handle(),
                                onto,
                                settings.maxDistanceM(),
                                settings.iterations(),
                                settings.candidates(),
                                settings.samples(),
                                settings.similarity(),
                                settings.inlierShare(),
                                settings.seed(),
                                result),
                source,
                target);
        return judged(result, source.size(), RigidTransform.IDENTITY, settings.inlierShare());
    }

    private static FloatBuffer rows(
            String name, NativeCloud cloud, PclFeatures.Descriptors descriptors, int slot) {
        float[] data = descriptors.data();
        if (descriptors.dim() != 33 || data.length != 33L * cloud.size()) {
            throw new IllegalArgumentException(
                    "%s has %d points and descriptors of %d numbers, %d in all; expected 33 a point"
                            .formatted(name, cloud.size(), descriptors.dim(), data.length));
        }
        FloatBuffer out = Scratch.ofThread().floats(slot, data.length);
        out.duplicate().put(data);
        return out;
    }

    private static Refinement judged(
            double[] r, int sourceSize, RigidTransform guess, double minOverlap) {
        boolean rigid = r[RIGID] != 0;
        boolean converged = r[CONVERGED] != 0;
        int inliers = (int) r[INLIERS];
        double overlap = inliers / (double) sourceSize;
        Status status;
        if (!rigid) {
            status = Status.NOT_CONVERGED;
        } else if (inliers < LEAST_INLIERS || overlap < minOverlap) {
            status = Status.NO_OVERLAP;
        } else if (r[EIGEN_SHARE] < LEAST_EIGEN_SHARE) {
            status = Status.DEGENERATE;
        } else {
            status = converged ? Status.ALIGNED : Status.NOT_CONVERGED;
        }
        return new Refinement(
                rigid ? RigidTransform.ofRows(Arrays.copyOf(r, 16)) : guess,
                status,
                converged && rigid,
                (int) r[ITERATIONS],
                inliers,
                r[RMSE],
                overlap,
                Arrays.copyOfRange(r, INFORMATION, INFORMATION + 36),
                "pcl-" + PclRuntime.probe().version(),
                (long) r[NANOS]);
    }
}
