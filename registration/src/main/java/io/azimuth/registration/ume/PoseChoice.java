package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Chooses the likeliest of the poses that were aligned for two scans, and looks once more beside
 * it. Poses map the source's level frame into the target's. Not thread-safe.
 */
final class PoseChoice {
    static final int ALIGNED_POINTS = 5000;
    static final double SECOND_GATE_M = 0.8;
    static final double LAST_GATE_M = 0.5;
    private static final int RESTARTED_POINTS = 2500;
    private static final double SAME_M = 0.3;
    private static final double SAME_RAD = Math.toRadians(1);
    private static final double RIVAL_M = 2;
    private static final double RIVAL_RAD = Math.toRadians(5);

    /** A pose as likely as this needs no second look. */
    private static final double SURE = 0.98;

    private static final UmeVerifier VERIFIER = UmeVerifier.fitted();

    private final UmeScan target;
    private final UmeScan source;
    private final BiConsumer<RigidTransform, UmeEvidence> told;
    private final double minOverlap;
    private final double keys;
    private final Verification back;

    final PlaneAlignment alignment;

    /** Of the pose whose evidence was asked for last it has overlap, residual and inliers. */
    final Verification check;

    /** A pose with both ways of looking at it. */
    record Aligned(
            RigidTransform pose, UmeEvidence.Side forward, UmeEvidence.Side back, int votes) {
        double score() {
            return 0.5 * (forward.score() + back.score());
        }

        double leastOverlap() {
            return UmeEvidence.Side.leastOverlap(forward, back);
        }
    }

    /** One of them, with the probability that it is right; -1 if there was nothing to judge by. */
    record Likely(Aligned aligned, double probability) {}

    /**
     * @param told every pose that is judged, with its evidence
     */
    PoseChoice(
            UmeScan target,
            UmeScan source,
            UmeConfig config,
            BiConsumer<RigidTransform, UmeEvidence> told) {
        this.target = target;
        this.source = source;
        this.told = told;
        minOverlap = config.minOverlap();
        keys = Math.max(1, source.descriptorsOfSource().size);
        alignment = new PlaneAlignment(target, source);
        check = new Verification(target, source);
        back = new Verification(source, target);
    }

    Aligned look(RigidTransform pose, int votes) {
        return new Aligned(pose, check.side(pose), back.side(pose.inverse()), votes);
    }

    /**
     * The pose that explains the scans best. A large overlap alone does not win: the next block of
     * a repetitive street, seen from near, overlaps more than the true place seen from afar.
     */
    Likely likeliest(List<Aligned> aligned) {
        Likely best = new Likely(aligned.get(0), -1);
        for (Aligned a : aligned) {
            best = likelier(best, a, aligned);
        }
        return best;
    }

    /**
     * Starts anew beside the likeliest pose, unless that is sure, and keeps what is likelier.
     *
     * @param others aligned poses without the first
     */
    Likely again(Likely first, List<Aligned> others) {
        Likely best = first;
        if (first.probability < 0 || first.probability >= SURE) {
            return best;
        }
        List<RigidTransform> known = new ArrayList<>(List.of(first.aligned.pose));
        for (RigidTransform start : Restarts.about(first.aligned.pose, target, source)) {
            RigidTransform pose = alignment.run(start, RESTARTED_POINTS, SECOND_GATE_M);
            if (isNew(known, pose)) {
                known.add(pose);
                pose = alignment.run(pose, ALIGNED_POINTS, LAST_GATE_M);
                best = likelier(best, look(pose, first.aligned.votes), others);
            }
        }
        return best;
    }

    private Likely likelier(Likely best, Aligned a, List<Aligned> all) {
        if (a.leastOverlap() < minOverlap) {
            return best; // nothing to judge by
        }
        UmeEvidence e = evidence(a, all, PoseSpread.NONE);
        told.accept(a.pose, e);
        double probability = VERIFIER.probability(e);
        return probability > best.probability ? new Likely(a, probability) : best;
    }

    /** Leaves the overlap and residual of the pose in {@code check}. */
    UmeEvidence evidence(Aligned of, List<Aligned> all, PoseSpread spread) {
        double rivalScore = 0;
        double rivalOverlap = 0;
        for (Aligned a : all) {
            if (far(of.pose, a.pose, RIVAL_M, RIVAL_RAD)) {
                rivalScore = Math.max(rivalScore, a.score());
                rivalOverlap = Math.max(rivalOverlap, a.leastOverlap());
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

    static boolean isNew(List<RigidTransform> known, RigidTransform pose) {
        for (RigidTransform k : known) {
            if (!far(k, pose, SAME_M, SAME_RAD)) {
                return false;
            }
        }
        return true;
    }

    static boolean far(RigidTransform a, RigidTransform b, double metres, double radians) {
        RigidTransform d = a.inverse().times(b);
        return d.angleRad() > radians || d.translationNorm() > metres;
    }
}
