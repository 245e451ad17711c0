package io.azimuth.perception.evaluation;

import io.azimuth.perception.evaluation.trajectory.AbsoluteError;
import io.azimuth.perception.evaluation.trajectory.Alignment;
import io.azimuth.perception.evaluation.trajectory.PosePairs;
import io.azimuth.perception.evaluation.trajectory.RelativeError;
import io.azimuth.perception.evaluation.trajectory.SegmentError;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.List;

/**
 * How far an estimated trajectory is from the truth. Only sweeps that both have are compared.
 * Sources: Geiger, Lenz, Urtasun, "Are we ready for autonomous driving?" (CVPR 2012) for segments
 * (differs: every sweep starts segments, not every tenth); Sturm et al., "A benchmark for the
 * evaluation of RGB-D SLAM systems" (IROS 2012) for ATE and RPE. Immutable, thread-safe.
 *
 * @param poses sweeps compared
 * @param missing sweeps of the truth that the estimate lacks
 * @param pathM length of the truth's path, metres
 * @param driftPercent error of the last pose relative to the first, in percent of the path
 * @param endAngleDeg angle of the same error
 * @param segments segments that fit; if 0 the next two are NaN
 * @param translationPercent mean translation error over all segments, percent of their length
 * @param rotationDegPer100m mean rotation error over all segments, degrees in 100 m
 * @param ateM RMS position error after the best rigid alignment (no scale)
 * @param ateOriginM RMS position error with the first poses laid on each other
 * @param rpeM RMS translation error from sweep to sweep
 * @param rpeDeg RMS rotation error from sweep to sweep
 * @param worstStepM largest translation error from sweep to sweep
 * @param worstStepKey key of the sweep where that step ends, -1 if there is no step
 */
public record TrajectoryError(
        int poses,
        int missing,
        double pathM,
        double driftPercent,
        double endAngleDeg,
        int segments,
        double translationPercent,
        double rotationDegPer100m,
        double ateM,
        double ateOriginM,
        double rpeM,
        double rpeDeg,
        double worstStepM,
        long worstStepKey) {

    /** Below this path length KITTI's segments say nothing. */
    public static final double SHORT_PATH_M = SegmentError.SHORT_PATH_M;

    /** Scores two lists of the same sweeps; see {@link #of(Trajectory, Trajectory)}. */
    public static TrajectoryError of(List<RigidTransform> truth, List<RigidTransform> estimate) {
        if (truth.size() != estimate.size()) {
            throw new IllegalArgumentException(
                    "estimate has %d poses, expected %d as the truth; give sweep numbers if some are missing"
                            .formatted(estimate.size(), truth.size()));
        }
        return of(Trajectory.ofSweeps(truth), Trajectory.ofSweeps(estimate));
    }

    /**
     * Scores with segments of 10, 20 and 50 m if the truth's path is below 200 m, else with KITTI's
     * 100, 200, ... 800 m.
     *
     * @throws IllegalArgumentException if the two share no key
     */
    public static TrajectoryError of(Trajectory truth, Trajectory estimate) {
        return of(pairs(truth, estimate));
    }

    /** Scores poses that were paired already, with segments by the length of the truth's path. */
    public static TrajectoryError of(PosePairs pairs) {
        double[] walked = pairs.walkedM();
        return score(pairs, walked, SegmentError.usualLengthsM(walked[walked.length - 1]));
    }

    /** Scores with segments of the given lengths in metres. */
    public static TrajectoryError of(
            Trajectory truth, Trajectory estimate, double[] segmentLengthsM) {
        PosePairs pairs = pairs(truth, estimate);
        return score(pairs, pairs.walkedM(), segmentLengthsM);
    }

    private static PosePairs pairs(Trajectory truth, Trajectory estimate) {
        return PosePairs.associate(
                truth.keys(), truth.poses(), estimate.keys(), estimate.poses(), 0);
    }

    private static TrajectoryError score(PosePairs pairs, double[] walked, double[] lengthsM) {
        int last = pairs.size() - 1;
        double path = walked[last];
        RigidTransform end = pairs.motionError(0, last);
        SegmentError segments = SegmentError.of(pairs, lengthsM, 1);
        RelativeError steps = RelativeError.overPoses(pairs, 1);
        int worst = worstStep(pairs);
        return new TrajectoryError(
                pairs.size(),
                pairs.missing(),
                path,
                100 * end.translationNorm() / Math.max(path, 1e-9),
                Math.toDegrees(end.angleRad()),
                segments.segments(),
                segments.translationPercent(),
                segments.rotationDegPer100m(),
                AbsoluteError.of(pairs, Alignment.SE3).metres().rms(),
                AbsoluteError.of(pairs, Alignment.ORIGIN).metres().rms(),
                worst < 0 ? 0 : steps.metres().rms(),
                worst < 0 ? 0 : steps.degrees().rms(),
                worst < 0 ? 0 : steps.metres().max(),
                worst < 0 ? -1 : pairs.keys()[worst]);
    }

    /** Index of the pose where the step with the largest translation error ends; -1 if none. */
    private static int worstStep(PosePairs pairs) {
        int worst = -1;
        double most = 0;
        for (int i = 1; i < pairs.size(); i++) {
            double metres = pairs.motionError(i - 1, i).translationNorm();
            if (worst < 0 || metres > most) {
                worst = i;
                most = metres;
            }
        }
        return worst;
    }
}
