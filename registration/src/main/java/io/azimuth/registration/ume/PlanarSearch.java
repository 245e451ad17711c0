package io.azimuth.registration.ume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Scores every hypothesis, for correct ones are few and their descriptors do not rank first; then
 * adds votes, drops near duplicates and polishes what is left on the finer field.
 */
final class PlanarSearch {
    private static final int VOTED = 600;
    private static final double VOTE_WEIGHT = 0.1;
    private static final double NMS_RAD = Math.toRadians(5);
    private static final double NMS_M = 2;
    private static final double[] YAW_STEPS_RAD = {0.03, 0.012};
    private static final double[] SHIFT_STEPS_M = {0.7, 0.35};
    private static final int REACH = 2;

    /** A pose in the plane, {@code targetFromSource} between level frames, and its score. */
    record Candidate(double yawRad, double tx, double ty, double score, int votes) {
        boolean near(Candidate o, double radius, double angleRad) {
            double dx = tx - o.tx;
            double dy = ty - o.ty;
            return dx * dx + dy * dy < radius * radius
                    && Math.cos(yawRad - o.yawRad) > Math.cos(angleRad);
        }
    }

    /** Best first; ties by the order of the hypotheses. */
    static List<Candidate> run(UmeScan target, UmeScan source, Hypotheses h, UmeConfig config) {
        ScorePoints points = ScorePoints.thinned(source, config.scorePoints(), config.seed());
        UmeTarget fields = target.target();
        ScoreFields coarse = target.coarse();
        int[] best = bestScored(coarse, points, h);
        List<Candidate> voted = new ArrayList<>(best.length);
        int[] seenBy = new int[Math.max(1, h.keys)];
        double voteScale = VOTE_WEIGHT / Math.sqrt(Math.max(1, h.keys));
        for (int i = 0; i < best.length; i++) {
            int p = best[i];
            int votes = h.votes(p, seenBy, i + 1);
            double score = coarse.score(points, h.yaw[p], h.tx[p], h.ty[p]);
            voted.add(new Candidate(h.yaw[p], h.tx[p], h.ty[p], score + voteScale * votes, votes));
        }
        List<Candidate> polished = new ArrayList<>();
        ScoreFields.Turned turned = new ScoreFields.Turned(points.size());
        for (Candidate c : suppress(voted, config.candidates())) {
            polished.add(polish(fields.fine, points, c, turned));
        }
        return suppress(polished, config.starts());
    }

    private static int[] bestScored(ScoreFields field, ScorePoints points, Hypotheses h) {
        long[] ranked = new long[h.poses()];
        for (int p = 0; p < ranked.length; p++) {
            float score = (float) field.score(points, h.yaw[p], h.tx[p], h.ty[p]);
            ranked[p] = ((long) -sortable(score) << 32) | p;
        }
        Arrays.sort(ranked);
        int[] best = new int[Math.min(VOTED, ranked.length)];
        for (int i = 0; i < best.length; i++) {
            best[i] = (int) ranked[i];
        }
        return best;
    }

    /** An integer that orders as the float does. */
    private static int sortable(float v) {
        int bits = Float.floatToIntBits(v);
        return bits < 0 ? -(bits & 0x7FFFFFFF) : bits;
    }

    private static List<Candidate> suppress(List<Candidate> in, int limit) {
        List<Candidate> order = new ArrayList<>(in);
        order.sort(Comparator.comparingDouble((Candidate c) -> -c.score)); // stable
        List<Candidate> kept = new ArrayList<>();
        for (Candidate c : order) {
            if (kept.size() == limit) {
                break;
            }
            boolean fresh = true;
            for (Candidate k : kept) {
                fresh &= !c.near(k, NMS_M, NMS_RAD);
            }
            if (fresh) {
                kept.add(c);
            }
        }
        return kept;
    }

    private static Candidate polish(
            ScoreFields field, ScorePoints points, Candidate start, ScoreFields.Turned turned) {
        Candidate best =
                new Candidate(
                        start.yawRad,
                        start.tx,
                        start.ty,
                        field.score(points, start.yawRad, start.tx, start.ty),
                        start.votes);
        for (int level = 0; level < YAW_STEPS_RAD.length; level++) {
            best = around(field, points, best, level, turned);
        }
        return best;
    }

    /**
     * The best of 5 yaws times 5 x 5 shifts. Yaw turns about the source's middle, not its sensor.
     */
    private static Candidate around(
            ScoreFields field,
            ScorePoints points,
            Candidate c,
            int level,
            ScoreFields.Turned turned) {
        double shiftStep = SHIFT_STEPS_M[level];
        Candidate best = c;
        for (int a = -REACH; a <= REACH; a++) {
            double yaw = c.yawRad + a * YAW_STEPS_RAD[level];
            ScoreFields.turn(points, yaw, turned);
            for (int i = -REACH; i <= REACH; i++) {
                for (int j = -REACH; j <= REACH; j++) {
                    double tx = c.tx + i * shiftStep;
                    double ty = c.ty + j * shiftStep;
                    double score = field.score(points, turned, tx, ty);
                    if (score > best.score) {
                        best = new Candidate(yaw, tx, ty, score, c.votes);
                    }
                }
            }
        }
        return best;
    }

    private PlanarSearch() {}
}
