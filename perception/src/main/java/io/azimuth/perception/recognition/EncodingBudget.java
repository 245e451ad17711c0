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
 * one sweep: first those whose score says little, whose class or identity another detection near
 * them disputes, whose heading is open; and each direction around the sensor has its turn every few
 * sweeps, by the sweep's number, so that what is new soon comes to the front, unless more than the
 * budget dispute each other all the time. Those with few points come last.
 */
final class EncodingBudget {
    private static final double UNSURE_FROM = 0.1;
    private static final double UNSURE_TO = 0.9;
    private static final int FEW_POINTS = 16;
    private static final double NEAR_M = 3;
    private static final int TURNS = 8;

    private static final double OPEN_HEADING = 0.25;
    private static final double OTHER_CLASS_NEAR = 0.5;
    private static final double SAME_KIND_NEAR = 0.3;
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
            if (d.points() >= minPoints && d.objectClass() != ObjectClass.UNKNOWN) {
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
        return need + neighbours(i, detections);
    }

    private static double neighbours(int i, List<Detection> detections) {
        Detection d = detections.get(i);
        boolean otherClass = false;
        boolean sameKind = false;
        for (int j = 0; j < detections.size(); j++) {
            Detection n = detections.get(j);
            double dx = n.box().x() - d.box().x();
            double dy = n.box().y() - d.box().y();
            if (j == i || dx * dx + dy * dy > NEAR_M * NEAR_M) {
                continue;
            }
            boolean alike =
                    n.objectClass() == d.objectClass()
                            || (n.objectClass().isVehicle() && d.objectClass().isVehicle());
            otherClass |= !alike;
            sameKind |= alike;
        }
        return (otherClass ? OTHER_CLASS_NEAR : 0) + (sameKind ? SAME_KIND_NEAR : 0);
    }

    /** Whether the eighth of a turn in which the box lies is that of this sweep. */
    private static boolean hasItsTurn(OrientedBox box, long seq) {
        double turn = StrictMath.atan2(box.y(), box.x()) / (2 * Math.PI) + 0.5;
        int part = Math.min(TURNS - 1, (int) (turn * TURNS));
        return Math.floorMod(seq, TURNS) == part;
    }
}
