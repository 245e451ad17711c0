package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Mode S: six unknowns, no vertical. Every match of descriptors gives a pose in closed form, tried
 * with small turns about it; every pose is scored by how well points of all directions of surfaces
 * meet the target, the best are aligned and judged. Safe for use by several threads.
 */
final class SpatialRegistrar {
    private static final int SCORED = 300;
    private static final int ALIGNED = 1500;
    private static final double SWEEP_RAD = Math.toRadians(12);
    private static final int RANKED = 600;
    private static final double RIVAL_M = 2;
    private static final double RIVAL_RAD = Math.toRadians(5);
    private static final double LAST_GATE_M = 0.5;

    private final UmeConfig config;

    SpatialRegistrar(UmeConfig config) {
        this.config = config;
    }

    private record Scored(RigidTransform pose, double score) {}

    /** As {@link UmeRegistrar#register}. */
    UmeResult register(SpatialScan target, SpatialScan source) {
        List<RigidTransform> hypotheses = hypotheses(target, source);
        if (hypotheses.isEmpty()) {
            return UmeResult.refused(UmeReason.NO_STRUCTURE, 0);
        }
        SpatialCheck check = new SpatialCheck(target, source);
        List<Scored> candidates =
                distinct(ranked(hypotheses, check, SCORED, RANKED), config.candidates());
        PlaneAlignment alignment =
                new PlaneAlignment(target.surfaces, target.nearest(), source.balanced);
        List<Scored> aligned = new ArrayList<>();
        for (Scored c : candidates) {
            RigidTransform pose = alignment.run(c.pose, ALIGNED);
            aligned.add(new Scored(pose, check.score(pose, source.balanced.size())));
        }
        aligned.sort(Comparator.comparingDouble((Scored s) -> -s.score)); // stable
        return judge(target, source, aligned, hypotheses.size());
    }

    private List<RigidTransform> hypotheses(SpatialScan target, SpatialScan source) {
        SpatialDescriptors from = source.descriptorsOfSource();
        SpatialDescriptors to = target.descriptorsOfTarget();
        int wanted = Math.min(config.neighbours(), to.size);
        float[] distances = new float[to.size];
        int[] best = new int[wanted];
        List<RigidTransform> out = new ArrayList<>();
        for (int i = 0; i < from.size && wanted > 0; i++) {
            to.distances(from, i, distances);
            Hypotheses.nearest(distances, to.size, best);
            for (int j : best) {
                RigidTransform pose = UmeMatrix.pose(to.moments[j], from.moments[i]);
                if (pose != null) {
                    sweep(pose, from.moments[i], out);
                }
            }
        }
        return out;
    }

    /** The pose, and six turned a little about the key point: one match fixes no rotation well. */
    private static void sweep(RigidTransform pose, UmeMatrix at, List<RigidTransform> out) {
        out.add(pose);
        RigidTransform toKey = RigidTransform.translation(at.centreX, at.centreY, at.centreZ);
        for (int axis = 0; axis < 3; axis++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                double[] turn = new double[6];
                turn[axis] = sign * SWEEP_RAD;
                out.add(pose.times(toKey).times(RigidTransform.exp(turn)).times(toKey.inverse()));
            }
        }
    }

    private static List<Scored> ranked(
            List<RigidTransform> poses, SpatialCheck check, int points, int limit) {
        List<Scored> out = new ArrayList<>(poses.size());
        for (RigidTransform pose : poses) {
            out.add(new Scored(pose, check.score(pose, points)));
        }
        out.sort(Comparator.comparingDouble((Scored s) -> -s.score)); // stable
        return out.subList(0, Math.min(limit, out.size()));
    }

    private static List<Scored> distinct(List<Scored> in, int limit) {
        List<Scored> kept = new ArrayList<>();
        for (Scored c : in) {
            if (kept.size() == limit) {
                break;
            }
            boolean fresh = true;
            for (Scored k : kept) {
                fresh &= far(k.pose, c.pose);
            }
            if (fresh) {
                kept.add(c);
            }
        }
        return kept;
    }

    private UmeResult judge(
            SpatialScan target, SpatialScan source, List<Scored> aligned, int hypotheses) {
        Scored best = aligned.get(0);
        double rival = 0;
        for (Scored a : aligned) {
            if (far(best.pose, a.pose)) {
                rival = Math.max(rival, a.score);
            }
        }
        PlaneAlignment alignment =
                new PlaneAlignment(target.surfaces, target.nearest(), source.balanced);
        RigidTransform pose = alignment.run(best.pose, source.balanced.size(), LAST_GATE_M);
        SpatialCheck check = new SpatialCheck(target, source);
        double score = check.score(pose, source.balanced.size());
        check.measure(pose);
        double margin = score - rival;
        UmeReason reason = check.reason(score, margin);
        return new UmeResult(
                reason == UmeReason.NONE,
                reason,
                target.principalFromSensor.inverse().times(pose).times(source.principalFromSensor),
                score,
                margin,
                check.overlap,
                check.balancedOverlap,
                check.freeSpaceShare,
                check.medianResidualM,
                check.inliers,
                information(alignment, target, pose),
                hypotheses,
                0,
                UmeEvidence.NONE,
                Double.NaN);
    }

    private static double[] information(
            PlaneAlignment alignment, SpatialScan target, RigidTransform pose) {
        double[] out = alignment.information(pose);
        for (int i = 0; i < 36; i++) {
            out[i] *= UmeRegistrar.INFORMATION_SHARE;
        }
        return SensorInformation.of(out, target.principalFromSensor);
    }

    private static boolean far(RigidTransform a, RigidTransform b) {
        RigidTransform d = a.inverse().times(b);
        return d.angleRad() > RIVAL_RAD || d.translationNorm() > RIVAL_M;
    }
}
