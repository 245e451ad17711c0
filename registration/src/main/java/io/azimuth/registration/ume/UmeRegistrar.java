package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.ume.PlanarSearch.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
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
    private static final int FIRST_POINTS = 1500;
    private static final int ALIGNED_POINTS = 5000;
    private static final double SECOND_GATE_M = 0.8;
    private static final int FINALISTS = 8;
    private static final double SAME_M = 0.3;
    private static final double SAME_RAD = Math.toRadians(1);
    private static final double MAX_MOVE_M = 3;
    private static final double MAX_TURN_RAD = Math.toRadians(8);
    private static final double RIVAL_M = 2;
    private static final double RIVAL_RAD = Math.toRadians(5);
    private static final double LAST_GATE_M = 0.5;

    /** Neighbouring residuals are correlated: a quarter of the information is believed. */
    static final double INFORMATION_SHARE = 0.25;

    private static final UmeVerifier VERIFIER = UmeVerifier.fitted();

    private final UmeConfig config;
    private final UmeMode mode;

    public UmeRegistrar(UmeConfig config) {
        this(config, UmeMode.AUTO);
    }

    public UmeRegistrar(UmeConfig config, UmeMode mode) {
        this.config = config;
        this.mode = mode;
    }

    private record Aligned(RigidTransform pose, double score, double forward, int votes) {}

    /**
     * Registers {@code source} to {@code target}. Never fails on bad scans: the result says why
     * they were refused.
     */
    public UmeResult register(UmeScan target, UmeScan source) {
        if (isFree(target, source)) {
            return new SpatialRegistrar(config).register(target.spatial(), source.spatial());
        }
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

    private boolean isFree(UmeScan target, UmeScan source) {
        boolean groundless =
                target.defect() == UmeReason.NO_GROUND || source.defect() == UmeReason.NO_GROUND;
        return (mode == UmeMode.FREE || (mode == UmeMode.AUTO && groundless))
                && target.isSpatial()
                && source.isSpatial();
    }

    /** All candidates with few points, then the best of what they led to with many. */
    private static List<Aligned> align(UmeScan target, UmeScan source, List<Candidate> candidates) {
        PlaneAlignment alignment = new PlaneAlignment(target, source);
        Verification check = new Verification(target, source);
        List<Aligned> near = new ArrayList<>();
        for (Candidate c : candidates) {
            RigidTransform start = check.lifted(c);
            RigidTransform pose = alignment.run(start, FIRST_POINTS);
            if (!far(start, pose, MAX_MOVE_M, MAX_TURN_RAD) && isNew(near, pose)) {
                double score = check.side(pose).score();
                near.add(new Aligned(pose, score, score, c.votes()));
            }
        }
        near.sort(Comparator.comparingDouble(a -> -a.score)); // stable
        Verification back = new Verification(source, target);
        List<Aligned> out = new ArrayList<>();
        for (Aligned a : near.subList(0, Math.min(FINALISTS, near.size()))) {
            RigidTransform pose = alignment.run(a.pose, ALIGNED_POINTS, SECOND_GATE_M);
            double forward = check.side(pose).score();
            double backward = back.side(pose.inverse()).score();
            out.add(new Aligned(pose, 0.5 * (forward + backward), forward, a.votes));
        }
        return out;
    }

    private static boolean isNew(List<Aligned> known, RigidTransform pose) {
        for (Aligned k : known) {
            if (!far(k.pose, pose, SAME_M, SAME_RAD)) {
                return false;
            }
        }
        return true;
    }

    private UmeResult judge(UmeScan target, UmeScan source, List<Aligned> aligned, int hypotheses) {
        Aligned best = aligned.get(0);
        for (Aligned a : aligned) {
            best = a.score > best.score ? a : best;
        }
        double rival = 0;
        double forwardRival = 0;
        for (Aligned a : aligned) {
            if (far(best.pose, a.pose, RIVAL_M, RIVAL_RAD)) {
                rival = Math.max(rival, a.score);
                forwardRival = Math.max(forwardRival, a.forward);
            }
        }
        PlaneAlignment alignment = new PlaneAlignment(target, source);
        RigidTransform pose = alignment.run(best.pose, source.size, LAST_GATE_M);
        Verification check = new Verification(target, source);
        check.measure(pose);
        UmeEvidence.Side forward = check.side(pose);
        UmeEvidence.Side back = new Verification(source, target).side(pose.inverse());
        double[] information = alignment.information(pose);
        for (int i = 0; i < 36; i++) {
            information[i] *= INFORMATION_SHARE;
        }
        PoseSpread spread = PoseSpread.of(information, pose.tx(), pose.ty(), pose.tz());
        UmeEvidence evidence =
                new UmeEvidence(
                        forward,
                        back,
                        0.5 * (forward.score() + back.score()) - rival,
                        forward.score() - forwardRival,
                        check.overlap,
                        check.medianResidualM,
                        spread.metres(),
                        spread.radians(),
                        best.votes / (double) Math.max(1, source.descriptorsOfSource().size));
        double probability = VERIFIER.probability(evidence);
        UmeReason reason = reason(evidence, probability);
        return new UmeResult(
                reason == UmeReason.NONE,
                reason,
                target.levelFromSensor.inverse().times(pose).times(source.levelFromSensor),
                evidence.score(),
                evidence.margin(),
                check.overlap,
                forward.overlap(),
                forward.freeSpace(),
                check.medianResidualM,
                check.inliers,
                SensorInformation.of(information, target.levelFromSensor),
                hypotheses,
                best.votes,
                evidence,
                probability);
    }

    private UmeReason reason(UmeEvidence e, double probability) {
        if (!(Math.min(e.forward().overlap(), e.back().overlap()) >= config.minOverlap())) {
            return UmeReason.LOW_OVERLAP;
        }
        if (!(e.residualM() <= config.maxResidualM())) {
            return UmeReason.BAD_FIT;
        }
        if (!(e.margin() >= config.minMargin())) {
            return UmeReason.AMBIGUOUS;
        }
        return probability >= config.minProbability() ? UmeReason.NONE : VERIFIER.weakness(e);
    }

    private static boolean far(RigidTransform a, RigidTransform b, double metres, double radians) {
        RigidTransform d = a.inverse().times(b);
        return d.angleRad() > radians || d.translationNorm() > metres;
    }
}
