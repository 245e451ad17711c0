package io.azimuth.perception.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks ahead along one path: red lights, places to halt at, and everybody who was there before and
 * is, or will be, in the way.
 */
final class Driver implements Motion.Ahead {
    private static final double LOOK_STEP_M = 1.5;
    private static final double GAP_M = 2;
    private static final double BESIDE_M = 0.25;

    private final Path path;
    private final Shape shape;
    private final double noseM;
    private final double radius;
    private final List<Crowded.Placed> others;
    private final List<Halt> halts;
    private final double[] waited;
    private final boolean[] passed;
    private final StreetGraph graph;
    private final double[] p = new double[4];
    private final double[] q = new double[5];
    private final List<Crowded.Placed> near = new ArrayList<>();

    /**
     * Where to stop.
     *
     * @param wayM of the nose
     * @param untilS time before which one does not go on
     * @param restS how long one rests there at least
     * @param link with the traffic light that must be green, or -1
     */
    record Halt(double wayM, double untilS, double restS, int link) {}

    /**
     * @param others who do not wait for this one
     */
    Driver(
            StreetGraph graph,
            Path path,
            Shape shape,
            List<Crowded.Placed> others,
            List<Halt> halts) {
        this.graph = graph;
        this.path = path;
        this.shape = shape;
        this.others = others;
        this.halts = halts;
        noseM = shape.high[0];
        radius = shape.radius();
        waited = new double[halts.size()];
        passed = new boolean[halts.size()];
    }

    @Override
    public double allowedMps(double t, double wayM, double speedMps) {
        double allowed = 100;
        for (int i = 0; i < halts.size(); i++) {
            Halt h = halts.get(i);
            double gap = h.wayM - wayM - noseM;
            if (passed[i] || gap > 80 || !holds(i, h, t, gap, speedMps)) {
                continue;
            }
            allowed = Math.min(allowed, Motion.stopping(gap));
        }
        return Math.min(allowed, clear(t, wayM, speedMps));
    }

    private boolean holds(int i, Halt h, double t, double gap, double speedMps) {
        if (h.link >= 0) {
            // whoever cannot stop any more drives on
            passed[i] = gap < speedMps * speedMps / 6 - 0.5 || gap < -1.5;
            return !passed[i] && graph.red(h.link, t);
        }
        if (gap < 1 && speedMps < 0.3) {
            waited[i] += Motion.STEP_S;
        }
        passed[i] = gap < -1.5 || (waited[i] >= h.restS && t >= h.untilS);
        return !passed[i];
    }

    private double clear(double t, double wayM, double speedMps) {
        double horizon = speedMps * speedMps / 3.6 + 1.2 * speedMps + 6;
        path.near(wayM, p);
        near.clear();
        int check = Crowded.Placed.check(t);
        for (Crowded.Placed b : others) {
            if (b.actor.presentAt(t)) {
                b.at(check, q);
                double reach = horizon + radius + b.radius + 3 * q[4] + 2;
                double dx = q[0] - p[0];
                double dy = q[1] - p[1];
                if (dx * dx + dy * dy < reach * reach
                        && dx * p[2] + dy * p[3] > -radius - b.radius) {
                    near.add(b);
                }
            }
        }
        double allowed = 100;
        for (double x = 0; x <= horizon && !near.isEmpty(); x += LOOK_STEP_M) {
            path.near(wayM + x, p);
            double soon = Math.min(x / Math.max(2.5, speedMps), 3);
            for (Crowded.Placed b : near) {
                b.at(check, q);
                Shape other = b.actor.shape;
                double cosine = p[2] * q[2] + p[3] * q[3];
                if (x <= 3 + 0.9 * speedMps
                        && cosine > 0.5
                        && Footprint.touch(shape, radius, p, other, b.radius, q, GAP_M, BESIDE_M)) {
                    allowed = Math.min(allowed, 0.9 * q[4] * cosine + Math.max(0, 0.5 * (x - 1)));
                }
                q[0] += q[4] * soon * q[2];
                q[1] += q[4] * soon * q[3];
                if (Footprint.touch(shape, radius, p, other, b.radius, q, GAP_M, BESIDE_M)) {
                    return Math.min(allowed, Motion.stopping(x - LOOK_STEP_M));
                }
            }
        }
        return allowed;
    }
}
