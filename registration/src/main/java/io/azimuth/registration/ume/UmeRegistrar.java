package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.ume.PlanarSearch.Candidate;
import io.azimuth.registration.ume.PoseChoice.Aligned;
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
    private static final int FINALISTS = 8;
    private static final double MAX_MOVE_M = 3;
    private static final double MAX_TURN_RAD = Math.toRadians(8);

    /** So much farther apart may surfaces lie of which few beams show but lines. */
    private static final double COARSE_RESIDUAL = 1.8;

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
        PoseChoice choice =
                new PoseChoice(
                        target,
                        source,
                        config,
                        (pose, e) -> finalists.accept(inSensors(pose, target, source), e));
        List<Aligned> aligned = align(target, source, candidates, choice);
        if (aligned.isEmpty()) {
            return UmeResult.refused(UmeReason.LOW_SCORE, hypotheses.poses());
        }
        return judge(target, source, aligned, hypotheses.poses(), choice);
    }

    private boolean isFree(UmeScan target, UmeScan source) {
        boolean groundless =
                target.defect() == UmeReason.NO_GROUND || source.defect() == UmeReason.NO_GROUND;
        return (mode == UmeMode.FREE || (mode == UmeMode.AUTO && groundless))
                && target.isSpatial()
                && source.isSpatial();
    }

    /** All candidates with few points, then the best of what they led to with many. */
    private static List<Aligned> align(
            UmeScan target, UmeScan source, List<Candidate> candidates, PoseChoice choice) {
        GroundLift lift = new GroundLift(target, source);
        List<RigidTransform> known = new ArrayList<>();
        List<Start> near = new ArrayList<>();
        for (Candidate c : candidates) {
            RigidTransform start = lift.of(c);
            RigidTransform pose = choice.alignment.run(start, FIRST_POINTS);
            if (!PoseChoice.far(start, pose, MAX_MOVE_M, MAX_TURN_RAD)
                    && PoseChoice.isNew(known, pose)) {
                known.add(pose);
                near.add(new Start(pose, choice.check.score(pose), c.votes()));
            }
        }
        near.sort(Comparator.comparingDouble(a -> -a.score)); // stable
        List<Aligned> out = new ArrayList<>();
        for (Start a : near.subList(0, Math.min(FINALISTS, near.size()))) {
            RigidTransform pose =
                    choice.alignment.run(
                            a.pose, PoseChoice.ALIGNED_POINTS, PoseChoice.SECOND_GATE_M);
            out.add(choice.look(pose, a.votes));
        }
        return out;
    }

    private UmeResult judge(
            UmeScan target,
            UmeScan source,
            List<Aligned> aligned,
            int hypotheses,
            PoseChoice choice) {
        PoseChoice.Likely first = choice.likeliest(aligned);
        List<Aligned> others = new ArrayList<>(aligned);
        others.remove(first.aligned());
        Aligned best = choice.again(first, others).aligned();
        others.add(best);
        RigidTransform pose =
                choice.alignment.run(best.pose(), source.size, PoseChoice.LAST_GATE_M);
        Aligned last = choice.look(pose, best.votes());
        double[] information = choice.alignment.information(pose);
        for (int i = 0; i < 36; i++) {
            information[i] *= INFORMATION_SHARE;
        }
        PoseSpread spread = PoseSpread.of(information, pose.tx(), pose.ty(), pose.tz());
        UmeEvidence evidence = choice.evidence(last, others, spread);
        double probability = VERIFIER.probability(evidence);
        UmeReason reason = reason(evidence, probability);
        return new UmeResult(
                reason == UmeReason.NONE,
                reason,
                inSensors(pose, target, source),
                evidence.score(),
                evidence.margin(),
                choice.check.overlap,
                last.forward().overlap(),
                last.forward().freeSpace(),
                choice.check.medianResidualM,
                choice.check.inliers,
                SensorInformation.of(information, target.levelFromSensor),
                hypotheses,
                best.votes(),
                evidence,
                probability);
    }

    private static RigidTransform inSensors(RigidTransform pose, UmeScan target, UmeScan source) {
        return target.levelFromSensor.inverse().times(pose).times(source.levelFromSensor);
    }

    private UmeReason reason(UmeEvidence e, double probability) {
        if (!(UmeEvidence.Side.leastOverlap(e.forward(), e.back()) >= config.minOverlap())) {
            return UmeReason.LOW_OVERLAP;
        }
        double coarseness = UmeVerifier.isCoarse(e) ? COARSE_RESIDUAL : 1;
        if (!(e.residualM() <= coarseness * config.maxResidualM())) {
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
}
