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
    private static final int PROMISING = 3000;
    private static final int VOTED = 1000;

    /** Candidates polished to the end, for each one that is aligned. */
    private static final int FINE_SHARE = 3;

    private static final double VOTE_WEIGHT = 0.1;
    private static final double NMS_RAD = Math.toRadians(5);
    private static final double NMS_M = 2;

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
        ScorePoints points = source.scorePoints();
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
        PlanarPolish polish = new PlanarPolish(target, source);
        List<Candidate> polished = new ArrayList<>();
        for (Candidate c : suppress(voted, config.candidates())) {
            polished.add(polish.coarse(c));
        }
        List<Candidate> judged = new ArrayList<>();
        for (Candidate c : suppress(polished, FINE_SHARE * config.starts())) {
            judged.add(polish.fine(c));
        }
        return suppress(judged, config.starts());
    }

    /** By a third of the points first, for most hypotheses are far off; the rest by all of them. */
    private static int[] bestScored(ScoreFields field, ScorePoints points, Hypotheses h) {
        int[] all = new int[h.poses()];
        Arrays.setAll(all, p -> p);
        int[] promising = best(field, points.everyThird(), h, all, PROMISING);
        return best(field, points, h, promising, VOTED);
    }

    /** Those of the hypotheses that score best, best first; ties by their order. */
    private static int[] best(
            ScoreFields field, ScorePoints points, Hypotheses h, int[] of, int limit) {
        double[] scores = field.scores(points, h, of);
        long[] ranked = new long[of.length];
        for (int i = 0; i < ranked.length; i++) {
            int p = of[i];
            ranked[i] = ((long) -sortable((float) scores[i]) << 32) | p;
        }
        Arrays.sort(ranked);
        int[] best = new int[Math.min(limit, ranked.length)];
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

    private PlanarSearch() {}
}
