package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.ume.PlanarSearch.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

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
    private static final double MAX_SIGMA_M = 0.3;

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

    /** A digest of the fitted weights that poses are judged by: other weights, other answers. */
    public static String weights() {
        return VERIFIER.digest();
    }

    /** A pose with both ways of looking at it. */
    private record Aligned(
            RigidTransform pose, UmeEvidence.Side forward, UmeEvidence.Side back, int votes) {
        double score() {
            return 0.5 * (forward.score() + back.score());
        }
    }

    private record Start(RigidTransform pose, double score, int votes) {}

    /**
     * Registers {@code source} to {@code target}. Never fails on bad scans: the result says why
     * they were refused.
     */
    public UmeResult register(UmeScan target, UmeScan source) {
        return register(target, source, (pose, evidence) -> {});
    }

    /**
     * Registers likewise and tells of all poses that the answer was chosen from, as their weights
     * are fitted to these.
     *
     * @param finalists told every pose that was aligned and has something in common, {@code
     *     targetFromSource}, with what it was chosen by; the spread of a pose, which plays no part
     *     in the choice, is computed for the chosen one alone and left out here. Not in mode S
     */
    public UmeResult register(
            UmeScan target, UmeScan source, BiConsumer<RigidTransform, UmeEvidence> finalists) {
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
        return judge(target, source, aligned, hypotheses.poses(), finalists);
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
        GroundLift lift = new GroundLift(target, source);
        List<Start> near = new ArrayList<>();
        for (Candidate c : candidates) {
            RigidTransform start = lift.of(c);
            RigidTransform pose = alignment.run(start, FIRST_POINTS);
            if (!far(start, pose, MAX_MOVE_M, MAX_TURN_RAD) && isNew(near, pose)) {
                near.add(new Start(pose, check.score(pose), c.votes()));
            }
        }
        near.sort(Comparator.comparingDouble(a -> -a.score)); // stable
        Verification back = new Verification(source, target);
        List<Aligned> out = new ArrayList<>();
        for (Start a : near.subList(0, Math.min(FINALISTS, near.size()))) {
            RigidTransform pose = alignment.run(a.pose, ALIGNED_POINTS, SECOND_GATE_M);
            out.add(new Aligned(pose, check.side(pose), back.side(pose.inverse()), a.votes));
        }
        return out;
    }

    private static boolean isNew(List<Start> known, RigidTransform pose) {
        for (Start k : known) {
            if (!far(k.pose, pose, SAME_M, SAME_RAD)) {
                return false;
            }
        }
        return true;
    }

    private UmeResult judge(
            UmeScan target,
            UmeScan source,
            List<Aligned> aligned,
            int hypotheses,
            BiConsumer<RigidTransform, UmeEvidence> finalists) {
        Verification check = new Verification(target, source);
        double keys = Math.max(1, source.descriptorsOfSource().size);
        Aligned best =
                likeliest(
                        aligned,
                        check,
                        keys,
                        (pose, e) -> finalists.accept(inSensors(pose, target, source), e));
        PlaneAlignment alignment = new PlaneAlignment(target, source);
        RigidTransform pose = alignment.run(best.pose, source.size, LAST_GATE_M);
        UmeEvidence.Side back = new Verification(source, target).side(pose.inverse());
        Aligned last = new Aligned(pose, check.side(pose), back, best.votes);
        double[] information = alignment.information(pose);
        for (int i = 0; i < 36; i++) {
            information[i] *= INFORMATION_SHARE;
        }
        PoseSpread spread = PoseSpread.of(information, pose.tx(), pose.ty(), pose.tz());
        UmeEvidence evidence = evidence(last, aligned, check, keys, spread);
        double probability = VERIFIER.probability(evidence);
        UmeReason reason = reason(evidence, probability);
        return new UmeResult(
                reason == UmeReason.NONE,
                reason,
                inSensors(pose, target, source),
                evidence.score(),
                evidence.margin(),
                check.overlap,
                last.forward.overlap(),
                last.forward.freeSpace(),
                check.medianResidualM,
                check.inliers,
                SensorInformation.of(information, target.levelFromSensor),
                hypotheses,
                best.votes,
                evidence,
                probability);
    }

    private static RigidTransform inSensors(RigidTransform pose, UmeScan target, UmeScan source) {
        return target.levelFromSensor.inverse().times(pose).times(source.levelFromSensor);
    }

    /**
     * The pose that explains the scans best. A large overlap alone does not win: the next block of
     * a repetitive street, seen from near, overlaps more than the true place seen from afar.
     */
    private Aligned likeliest(
            List<Aligned> aligned,
            Verification check,
            double keys,
            BiConsumer<RigidTransform, UmeEvidence> finalists) {
        Aligned best = aligned.get(0);
        double most = -1;
        for (Aligned a : aligned) {
            if (UmeEvidence.Side.leastOverlap(a.forward, a.back) < config.minOverlap()) {
                continue; // nothing to judge by
            }
            UmeEvidence e = evidence(a, aligned, check, keys, PoseSpread.NONE);
            finalists.accept(a.pose, e);
            double probability = VERIFIER.probability(e);
            if (probability > most) {
                best = a;
                most = probability;
            }
        }
        return best;
    }

    /** Leaves the overlap and residual of the pose in {@code check}. */
    private static UmeEvidence evidence(
            Aligned of, List<Aligned> all, Verification check, double keys, PoseSpread spread) {
        double rivalScore = 0;
        double rivalOverlap = 0;
        for (Aligned a : all) {
            if (far(of.pose, a.pose, RIVAL_M, RIVAL_RAD)) {
                rivalScore = Math.max(rivalScore, a.score());
                double both = UmeEvidence.Side.leastOverlap(a.forward, a.back);
                rivalOverlap = Math.max(rivalOverlap, both);
            }
        }
        check.measure(of.pose);
        return new UmeEvidence(
                of.forward,
                of.back,
                of.score() - rivalScore,
                rivalOverlap,
                Math.hypot(of.pose.tx(), of.pose.ty()),
                check.overlap,
                check.medianResidualM,
                spread.metres(),
                spread.radians(),
                of.votes / keys);
    }

    private UmeReason reason(UmeEvidence e, double probability) {
        if (!(UmeEvidence.Side.leastOverlap(e.forward(), e.back()) >= config.minOverlap())) {
            return UmeReason.LOW_OVERLAP;
        }
        if (!(e.residualM() <= config.maxResidualM())) {
            return UmeReason.BAD_FIT;
        }
        if (!(e.margin() >= config.minMargin())) {
            return UmeReason.AMBIGUOUS;
        }
        if (!(e.sigmaM() <= MAX_SIGMA_M)) {
            return UmeReason.UNCERTAIN;
        }
        return probability >= config.minProbability() ? UmeReason.NONE : VERIFIER.weakness(e);
    }

    private static boolean far(RigidTransform a, RigidTransform b, double metres, double radians) {
        RigidTransform d = a.inverse().times(b);
        return d.angleRad() > radians || d.translationNorm() > metres;
    }
}
