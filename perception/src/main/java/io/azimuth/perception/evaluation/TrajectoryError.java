package io.azimuth.perception.evaluation;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
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
    public static final double SHORT_PATH_M = 200;

    private static final double[] SHORT_SEGMENTS_M = {10, 20, 50};
    private static final double[] KITTI_SEGMENTS_M = {100, 200, 300, 400, 500, 600, 700, 800};

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
        Pairs pairs = Pairs.associate(truth, estimate);
        double[] walked = walked(pairs.truth);
        boolean isShort = walked[walked.length - 1] < SHORT_PATH_M;
        return score(pairs, walked, isShort ? SHORT_SEGMENTS_M : KITTI_SEGMENTS_M);
    }

    /** Scores with segments of the given lengths in metres. */
    public static TrajectoryError of(
            Trajectory truth, Trajectory estimate, double[] segmentLengthsM) {
        Pairs pairs = Pairs.associate(truth, estimate);
        return score(pairs, walked(pairs.truth), segmentLengthsM);
    }

    private static TrajectoryError score(Pairs pairs, double[] walked, double[] lengthsM) {
        List<RigidTransform> t = pairs.truth;
        List<RigidTransform> e = pairs.estimate;
        int last = t.size() - 1;
        double path = walked[last];
        RigidTransform end = error(t, e, 0, last);
        Segments segments = Segments.over(t, e, walked, lengthsM);
        Steps steps = Steps.over(pairs);
        return new TrajectoryError(
                t.size(),
                pairs.missing,
                path,
                100 * end.translationNorm() / Math.max(path, 1e-9),
                Math.toDegrees(end.angleRad()),
                segments.count,
                segments.translationPercent,
                segments.rotationDegPer100m,
                RigidAlignment.rmseAligned(t, e),
                RigidAlignment.rmseFromOrigin(t, e),
                steps.rmsM,
                steps.rmsDeg,
                steps.worstM,
                steps.worstKey);
    }

    /** {@code (T_i^-1 T_j)^-1 (E_i^-1 E_j)}: identity if the estimate moves as the truth does. */
    private static RigidTransform error(
            List<RigidTransform> truth, List<RigidTransform> estimate, int i, int j) {
        RigidTransform moved = truth.get(i).inverse().times(truth.get(j));
        return moved.inverse().times(estimate.get(i).inverse().times(estimate.get(j)));
    }

    private static double[] walked(List<RigidTransform> poses) {
        double[] sum = new double[poses.size()];
        for (int i = 1; i < sum.length; i++) {
            RigidTransform a = poses.get(i - 1);
            RigidTransform b = poses.get(i);
            double dx = b.tx() - a.tx();
            double dy = b.ty() - a.ty();
            double dz = b.tz() - a.tz();
            sum[i] = sum[i - 1] + Math.sqrt(dx * dx + dy * dy + dz * dz);
        }
        return sum;
    }

    /** Poses that both trajectories have, in order. */
    private record Pairs(
            List<Long> keys,
            List<RigidTransform> truth,
            List<RigidTransform> estimate,
            int missing) {
        static Pairs associate(Trajectory truth, Trajectory estimate) {
            Pairs out = new Pairs(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0);
            int j = 0;
            for (int i = 0; i < truth.size(); i++) {
                long key = truth.keys()[i];
                while (j < estimate.size() && estimate.keys()[j] < key) {
                    j++;
                }
                if (j < estimate.size() && estimate.keys()[j] == key) {
                    out.keys.add(key);
                    out.truth.add(truth.poses().get(i));
                    out.estimate.add(estimate.poses().get(j));
                }
            }
            if (out.truth.isEmpty()) {
                throw new IllegalArgumentException(
                        "truth (%d poses) and estimate (%d poses) share no sweep, expected at least one"
                                .formatted(truth.size(), estimate.size()));
            }
            return new Pairs(out.keys, out.truth, out.estimate, truth.size() - out.truth.size());
        }
    }

    private record Segments(int count, double translationPercent, double rotationDegPer100m) {
        static Segments over(
                List<RigidTransform> t,
                List<RigidTransform> e,
                double[] walked,
                double[] lengthsM) {
            int count = 0;
            double percent = 0;
            double degrees = 0;
            for (double length : lengthsM) {
                for (int first = 0; first < walked.length; first++) {
                    int last = firstAtLeast(walked, walked[first] + length);
                    if (last >= walked.length) {
                        break;
                    }
                    RigidTransform error = error(t, e, first, last);
                    percent += 100 * error.translationNorm() / length;
                    degrees += 100 * Math.toDegrees(error.angleRad()) / length;
                    count++;
                }
            }
            return new Segments(
                    count,
                    count == 0 ? Double.NaN : percent / count,
                    count == 0 ? Double.NaN : degrees / count);
        }

        /** First index whose value is at least {@code value}; the length if there is none. */
        private static int firstAtLeast(double[] sorted, double value) {
            int low = 0;
            int high = sorted.length;
            while (low < high) {
                int mid = (low + high) >>> 1;
                if (sorted[mid] < value) {
                    low = mid + 1;
                } else {
                    high = mid;
                }
            }
            return low;
        }
    }

    private record Steps(double rmsM, double rmsDeg, double worstM, long worstKey) {
        static Steps over(Pairs pairs) {
            double metres2 = 0;
            double degrees2 = 0;
            double worst = 0;
            long worstKey = -1;
            int n = pairs.truth.size() - 1;
            for (int i = 0; i < n; i++) {
                RigidTransform step = error(pairs.truth, pairs.estimate, i, i + 1);
                double m = step.translationNorm();
                double deg = Math.toDegrees(step.angleRad());
                metres2 += m * m;
                degrees2 += deg * deg;
                if (worstKey < 0 || m > worst) {
                    worst = m;
                    worstKey = pairs.keys.get(i + 1);
                }
            }
            int count = Math.max(1, n);
            return new Steps(
                    Math.sqrt(metres2 / count), Math.sqrt(degrees2 / count), worst, worstKey);
        }
    }
}
