package io.azimuth.registration.ume;

import io.azimuth.registration.ume.PlanarSearch.Candidate;

/**
 * Moves a pose in the plane to the best of its neighbourhood on the fine field, then judges it both
 * ways. Yaws turn about the middle of what the target has seen of the source: where little is
 * common and far from both sensors, a turn about a sensor would carry it metres away. Shifts are
 * whole cells about a few starts, so that one look-up a point serves a window of them. Not
 * thread-safe.
 */
final class PlanarPolish {
    /** Yaws tried each way. */
    private static final int YAWS = 2;

    private static final double[] YAW_STEPS_RAD = {0.035, 0.012};

    /** Whole cells tried each way. */
    private static final int[] REACH = {3, 1};

    /** Shifts of the widest window, the first level's. */
    private static final int WINDOW = (2 * REACH[0] + 1) * (2 * REACH[0] + 1);

    /** Shifts within a cell, along both axes, that whole cells are added to. */
    private static final double[][] WITHIN_M = {{0}, {-0.125, 0.125}};

    private static final int MIN_SEEN = 10;

    private final ScoreFields fine;
    private final ScoreFields fineOfSource;
    private final ScorePoints points;
    private final ScorePoints pointsOfTarget;
    private final ScoreFields.Turned turned;
    private final double[] sums = new double[WINDOW];

    private double yaw;
    private double tx;
    private double ty;
    private double score;

    PlanarPolish(UmeScan target, UmeScan source) {
        fine = target.target().fine;
        fineOfSource = source.target().fine;
        points = source.scorePoints();
        pointsOfTarget = target.scorePoints();
        turned = new ScoreFields.Turned(points.size());
    }

    /** To a cell and two degrees. */
    Candidate coarse(Candidate start) {
        begin(start, fine.score(points, start.yawRad(), start.tx(), start.ty()));
        around(0);
        return new Candidate(yaw, tx, ty, score, start.votes());
    }

    /** Further, from a coarse one; the score is the mean of both ways, votes left out. */
    Candidate fine(Candidate start) {
        begin(start, start.score());
        around(1);
        double cos = Math.cos(yaw);
        double sin = Math.sin(yaw);
        double back =
                fineOfSource.score(pointsOfTarget, -yaw, -cos * tx - sin * ty, sin * tx - cos * ty);
        return new Candidate(yaw, tx, ty, 0.5 * (score + back), start.votes());
    }

    private void begin(Candidate start, double known) {
        yaw = start.yawRad();
        tx = start.tx();
        ty = start.ty();
        score = known;
    }

    private void around(int level) {
        double[] pivot = pivot();
        double yaw0 = yaw;
        double px = Math.cos(yaw0) * pivot[0] - Math.sin(yaw0) * pivot[1] + tx;
        double py = Math.sin(yaw0) * pivot[0] + Math.cos(yaw0) * pivot[1] + ty;
        for (int a = -YAWS; a <= YAWS; a++) {
            double turn = yaw0 + a * YAW_STEPS_RAD[level];
            double x0 = px - Math.cos(turn) * pivot[0] + Math.sin(turn) * pivot[1];
            double y0 = py - Math.sin(turn) * pivot[0] - Math.cos(turn) * pivot[1];
            ScoreFields.turn(points, turn, turned);
            for (double dy : WITHIN_M[level]) {
                for (double dx : WITHIN_M[level]) {
                    shifts(turn, x0 + dx, y0 + dy, REACH[level]);
                }
            }
        }
    }

    /** Takes the best of a window of shifts where it beats what is known. */
    private void shifts(double turn, double x0, double y0, int reach) {
        int side = 2 * reach + 1;
        fine.window(points, turned, x0, y0, reach, sums);
        int best = 0;
        for (int k = 1; k < side * side; k++) {
            best = sums[k] > sums[best] ? k : best;
        }
        double mean = sums[best] / Math.max(1, points.size());
        if (mean > score) {
            score = mean;
            yaw = turn;
            tx = x0 + (best % side - reach) * ScoreFields.CELL_M;
            ty = y0 + (best / side - reach) * ScoreFields.CELL_M;
        }
    }

    /** Middle of the points in what the target has seen, in the source's frame. */
    private double[] pivot() {
        double cos = Math.cos(yaw);
        double sin = Math.sin(yaw);
        double sx = 0;
        double sy = 0;
        int seen = 0;
        for (int i = 0; i < points.size(); i++) {
            double x = points.x()[i];
            double y = points.y()[i];
            if (fine.observedAt(cos * x - sin * y + tx, sin * x + cos * y + ty)) {
                sx += x;
                sy += y;
                seen++;
            }
        }
        return seen < MIN_SEEN ? new double[2] : new double[] {sx / seen, sy / seen};
    }
}
