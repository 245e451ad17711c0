package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.SurfaceCloud;

/**
 * Minimises distances between surfaces and judges the outcome. Poses are handed in and out in the
 * clouds' own frames; inside, both sides are relative to their origins, so that map coordinates
 * lose nothing and turns are about the middle of the source. Buffers are reused: one instance per
 * thread.
 */
final class SurfaceSolver {
    private static final String ENGINE = "azimuth";

    /** Fewer points than this are no surface to lay on another. */
    static final int MIN_POINTS = 20;

    /**
     * Residuals are not believed below 2 cm: the information of (1, 1, THICKNESS) at that sigma.
     */
    private static final double MIN_VARIANCE = 0.02 * 0.02 / (2 * SurfaceCloud.THICKNESS);

    private final RefinerSettings settings;
    private final GaussNewton solver;
    private RigidTransform pose = RigidTransform.IDENTITY; // between the origins

    /**
     * @param coarseness how many times larger than usual a last step may be
     */
    SurfaceSolver(RefinerSettings settings, double coarseness) {
        this.settings = settings;
        this.solver = new GaussNewton(settings.minEigenShare(), coarseness);
    }

    /** Finds the pose, {@code targetFromSource} in the clouds' own frames. */
    RigidTransform minimise(
            Linearisation residuals,
            SurfaceCloud target,
            SurfaceCloud source,
            RigidTransform targetFromSourceGuess) {
        RigidTransform start = between(target, targetFromSourceGuess, source);
        double leverM = Math.max(1, source.rmsRangeM());
        pose = solver.minimise(residuals, start, leverM, settings.maxIterations());
        return RigidTransform.translation(target.originX(), target.originY(), target.originZ())
                .times(pose)
                .times(toOrigin(source));
    }

    static boolean tooFew(SurfaceCloud target, SurfaceCloud source) {
        return target.size() < MIN_POINTS || source.size() < MIN_POINTS;
    }

    /** What is said about clouds of too few points: the guess, and nothing known. */
    static Refinement undetermined(RigidTransform guess, long nanos) {
        return new Refinement(
                guess, Status.DEGENERATE, false, 0, 0, 0, 0, new double[36], ENGINE, nanos);
    }

    /** The judgement on the pose that {@link #minimise} just found. */
    Refinement conclude(RigidTransform targetFromSource, SurfaceCloud source, long nanos) {
        NormalEquations e = solver.equations();
        return new Refinement(
                targetFromSource,
                status(source),
                solver.converged(),
                solver.iterations(),
                e.inliers,
                Math.sqrt(e.squaredInlierResiduals / Math.max(1, e.inliers)),
                e.inliers / (double) source.size(),
                information(source),
                ENGINE,
                nanos);
    }

    private Status status(SurfaceCloud source) {
        if (!overlaps(source.size())) {
            return Status.NO_OVERLAP;
        }
        if (solver.degenerate()) {
            return Status.DEGENERATE;
        }
        return solver.converged() ? Status.ALIGNED : Status.NOT_CONVERGED;
    }

    /**
     * Whether enough of the compared points have a correspondence for the pose to mean anything.
     */
    boolean overlaps(int compared) {
        int least = Math.max(MIN_POINTS, (int) Math.ceil(settings.minOverlap() * compared));
        return solver.equations().inliers >= least;
    }

    /** See {@link Refinement#information()}. */
    private double[] information(SurfaceCloud source) {
        NormalEquations e = solver.equations();
        double variance = Math.max(MIN_VARIANCE, e.cost / Math.max(1, 3 * e.inliers - 6));
        double[] h = aboutSourceFrame(solver.information(), source);
        for (int i = 0; i < 36; i++) {
            h[i] /= variance;
        }
        return h;
    }

    /**
     * From turns about the source's origin to turns about zero of its frame: a turn w about that
     * moves the origin, which lies at {@code d = R origin} from it, by {@code w x d}.
     */
    private double[] aboutSourceFrame(double[] h, SurfaceCloud source) {
        double ox = source.originX();
        double oy = source.originY();
        double oz = source.originZ();
        double dx = pose.mapX(ox, oy, oz) - pose.tx();
        double dy = pose.mapY(ox, oy, oz) - pose.ty();
        double dz = pose.mapZ(ox, oy, oz) - pose.tz();
        double[] p = new double[36];
        for (int i = 0; i < 6; i++) {
            p[7 * i] = 1;
        }
        p[19] = dz;
        p[20] = -dy;
        p[24] = -dz;
        p[26] = dx;
        p[30] = dy;
        p[31] = -dx;
        return GaussNewton.sandwich(p, h);
    }

    /** {@code T(-target origin) guess T(source origin)}. */
    private static RigidTransform between(
            SurfaceCloud target, RigidTransform guess, SurfaceCloud source) {
        double ox = source.originX();
        double oy = source.originY();
        double oz = source.originZ();
        return RigidTransform.of(
                guess.rotation(),
                guess.mapX(ox, oy, oz) - target.originX(),
                guess.mapY(ox, oy, oz) - target.originY(),
                guess.mapZ(ox, oy, oz) - target.originZ());
    }

    private static RigidTransform toOrigin(SurfaceCloud cloud) {
        return RigidTransform.translation(-cloud.originX(), -cloud.originY(), -cloud.originZ());
    }
}
