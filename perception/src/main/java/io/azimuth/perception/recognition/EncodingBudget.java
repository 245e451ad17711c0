package io.azimuth.perception.recognition;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which detections of a sweep are worth an encoding. The front knows no tracks, and what it does
 * must not depend on the sweeps it saw before; so "new, uncertain or changed" becomes a rule about
 * one sweep: first those whose score says little, whose class another detection near them disputes,
 * whose heading is open; and each direction around the sensor has its turn every few sweeps, by the
 * sweep's number, so that what is new soon comes to the front, unless more than the budget dispute
 * each other all the time. Those with few points come last. Never chosen is what lies upon a better
 * one of its kind: the crop would say that it is such a thing, and so lift a second box of one
 * object above true ones that nobody looked at.
 */
final class EncodingBudget {
    private static final double UNSURE_FROM = 0.1;
    private static final double UNSURE_TO = 0.9;
    private static final int FEW_POINTS = 16;
    private static final double NEAR_M = 3;
    private static final double UPON_M = 1;
    private static final int TURNS = 8;

    private static final double OPEN_HEADING = 0.25;
    private static final double OTHER_CLASS_NEAR = 0.5;
    private static final double ITS_TURN = 0.75;
    private static final double FEW_POINTS_PENALTY = 2;

    private EncodingBudget() {}

    private record Candidate(int index, double need) {}

    /**
     * Indices of at most {@code budget} detections, rising.
     *
     * @param seq the sweep's number
     * @param minPoints detections with fewer are never chosen
     */
    static int[] choose(List<Detection> detections, long seq, int budget, int minPoints) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < detections.size(); i++) {
            Detection d = detections.get(i);
            boolean known = d.objectClass() != ObjectClass.UNKNOWN;
            if (known && d.points() >= minPoints && !liesUponABetter(i, detections)) {
                candidates.add(new Candidate(i, need(i, detections, seq)));
            }
        }
        candidates.sort(
                Comparator.comparingDouble((Candidate c) -> -c.need())
                        .thenComparingInt(Candidate::index));
        return candidates.stream().limit(budget).mapToInt(Candidate::index).sorted().toArray();
    }

    private static double need(int i, List<Detection> detections, long seq) {
        Detection d = detections.get(i);
        boolean unsure = d.score() >= UNSURE_FROM && d.score() <= UNSURE_TO;
        double need = unsure ? 1 - Math.abs(2 * d.score() - 1) : 0;
        need += d.headingKnown() ? 0 : OPEN_HEADING;
        need += hasItsTurn(d.box(), seq) ? ITS_TURN : 0;
        need -= d.points() < FEW_POINTS ? FEW_POINTS_PENALTY : 0;
        return need + (otherClassNear(d, detections) ? OTHER_CLASS_NEAR : 0);
    }

    private static boolean otherClassNear(Detection d, List<Detection> detections) {
        for (Detection other : detections) {
            if (!alike(d, other) && within(NEAR_M, d, other)) {
                return true;
            }
        }
        return false;
    }

    /** Of equal scores the first is the better. */
    private static boolean liesUponABetter(int i, List<Detection> detections) {
        Detection d = detections.get(i);
        for (int j = 0; j < detections.size(); j++) {
            Detection other = detections.get(j);
            boolean better = other.score() > d.score() || (other.score() == d.score() && j < i);
            if (better && alike(d, other) && within(UPON_M, d, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean alike(Detection a, Detection b) {
        return a.objectClass() == b.objectClass()
                || (a.objectClass().isVehicle() && b.objectClass().isVehicle());
    }

    private static boolean within(double metres, Detection a, Detection b) {
        double dx = a.box().x() - b.box().x();
        double dy = a.box().y() - b.box().y();
        return dx * dx + dy * dy <= metres * metres;
    }

    /** Whether the eighth of a turn in which the box lies is that of this sweep. */
    private static boolean hasItsTurn(OrientedBox box, long seq) {
        double turn = StrictMath.atan2(box.y(), box.x()) / (2 * Math.PI) + 0.5;
        int part = Math.min(TURNS - 1, (int) (turn * TURNS));
        return Math.floorMod(seq, TURNS) == part;
    }
}
