package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.ume.PlanarSearch.Candidate;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds how two scans lie to one another without a first guess, or says why it will not. Levels
 * both by their ground, matches invariant moments, scores every hypothesis, aligns the best and
 * accepts one only if it explains the scans, clearly better than any other pose. Source: Haitman,
 * Efraim, Francos, "UMERegRobust" (ECCV 2024); differs: weights made by hand, gravity known from
 * the ground, selection by a likelihood field.
 *
 * <p>Same scans and configuration give the same bits. Safe for use by several threads.
 */
public final class UmeRegistrar {
    private static final int ALIGNED_POINTS = 5000;
    private static final double MAX_MOVE_M = 3;
    private static final double MAX_TURN_RAD = Math.toRadians(8);
    private static final double RIVAL_M = 2;
    private static final double RIVAL_RAD = Math.toRadians(5);
    private static final double STRONG_SCORE = 0.5;
    private static final double LAST_GATE_M = 0.5;

    /** Neighbouring residuals are correlated: a quarter of the information is believed. */
    private static final double INFORMATION_SHARE = 0.25;

    private final UmeConfig config;

    public UmeRegistrar(UmeConfig config) {
        this.config = config;
    }

    private record Aligned(RigidTransform pose, double score, int votes) {}

    /**
     * Registers {@code source} to {@code target}. Never fails on bad scans: the result says why
     * they were refused.
     */
    public UmeResult register(UmeScan target, UmeScan source) {
        if (target.defect() != UmeReason.NONE) {
            return UmeResult.refused(target.defect(), 0);
        }
        if (source.defect() != UmeReason.NONE) {
            return UmeResult.refused(source.defect(), 0);
        }
        Hypotheses hypotheses =
                Hypotheses.of(target, source, config.neighbours(), config.bothDirections());
        if (hypotheses.matches == 0) {
            return UmeResult.refused(UmeReason.NO_STRUCTURE, 0);
        }
        List<Candidate> candidates = PlanarSearch.run(target, source, hypotheses, config);
        List<Aligned> aligned = align(target, source, candidates);
        if (aligned.isEmpty()) {
            return UmeResult.refused(UmeReason.LOW_SCORE, hypotheses.poses());
        }
        return judge(target, source, aligned, hypotheses.poses());
    }

    private List<Aligned> align(UmeScan target, UmeScan source, List<Candidate> candidates) {
        PlaneAlignment alignment = new PlaneAlignment(target, source);
        Verification check = new Verification(target, source);
        List<Aligned> out = new ArrayList<>();
        for (Candidate c : candidates) {
            RigidTransform start = check.lifted(c);
            RigidTransform pose = alignment.run(start, ALIGNED_POINTS);
            if (!far(start, pose, MAX_MOVE_M, MAX_TURN_RAD)) {
                out.add(new Aligned(pose, check.score(pose), c.votes()));
            }
        }
        return out;
    }

    private UmeResult judge(UmeScan target, UmeScan source, List<Aligned> aligned, int hypotheses) {
        Aligned best = aligned.get(0);
        for (Aligned a : aligned) {
            best = a.score > best.score ? a : best;
        }
        double rival = 0;
        for (Aligned a : aligned) {
            if (far(best.pose, a.pose, RIVAL_M, RIVAL_RAD)) {
                rival = Math.max(rival, a.score);
            }
        }
        PlaneAlignment alignment = new PlaneAlignment(target, source);
        RigidTransform pose = alignment.run(best.pose, source.size, LAST_GATE_M);
        Verification check = new Verification(target, source);
        double score = check.score(pose);
        check.measure(pose);
        double margin = score - rival;
        UmeReason reason = reason(score, margin, check);
        double[] information = alignment.information(pose);
        for (int i = 0; i < 36; i++) {
            information[i] *= INFORMATION_SHARE;
        }
        return new UmeResult(
                reason == UmeReason.NONE,
                reason,
                target.levelFromSensor.inverse().times(pose).times(source.levelFromSensor),
                score,
                margin,
                check.overlap,
                check.structureOverlap,
                check.freeSpaceShare,
                check.medianResidualM,
                check.inliers,
                SensorInformation.of(information, target.levelFromSensor),
                hypotheses,
                best.votes);
    }

    private UmeReason reason(double score, double margin, Verification check) {
        if (!(score >= config.minScore())) {
            return UmeReason.LOW_SCORE;
        }
        if (!(check.overlap >= config.minOverlap())) {
            return UmeReason.LOW_OVERLAP;
        }
        if (!(check.medianResidualM <= config.maxResidualM())) {
            return UmeReason.BAD_FIT;
        }
        // a strong score leaves room for traffic; weak evidence may hardly contradict the rays
        double allowed = config.maxFreeSpaceShare() * (score < STRONG_SCORE ? 0.5 : 1);
        if (!(check.freeSpaceShare <= allowed)) {
            return UmeReason.FREE_SPACE;
        }
        return margin >= config.minMargin() ? UmeReason.NONE : UmeReason.AMBIGUOUS;
    }

    private static boolean far(RigidTransform a, RigidTransform b, double metres, double radians) {
        RigidTransform d = a.inverse().times(b);
        return d.angleRad() > radians || d.translationNorm() > metres;
    }
}
