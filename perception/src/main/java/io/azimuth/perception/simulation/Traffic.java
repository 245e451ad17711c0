package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.ObjectClass;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who moves, and where: routes are drawn at random and kept only if they never touch anyone drawn
 * before, the sensor vehicles first.
 */
final class Traffic {
    private static final double LANE_M = 1.75;
    private static final double CYCLE_LANE_M = 3.55;
    private static final double CHECK_S = 0.2;
    private static final double UNSEEN_M = 75;
    private static final double CLEARANCE_M = 0.12;

    private final Town town;
    private final StreetPlan plan;
    private final double seconds;
    final List<Actor> actors = new ArrayList<>();

    /** Looked up only, never walked. */
    private final Map<Actor, double[]> bounds = new IdentityHashMap<>();

    Traffic(Town town, TownConfig config, double seconds, Dice dice) {
        this.town = town;
        this.plan = town.plan;
        this.seconds = seconds;
        Dice egos = dice.child(1);
        for (int v = 0; v < config.vehicles(); v++) {
            ego(egos.child(v));
        }
        Dice parking = dice.child(2);
        for (int i = 0; i < this.town.parked.size(); i++) {
            Dice d = parking.child(i);
            ObjectClass c = d.chance(0.12) ? ObjectClass.VAN : ObjectClass.CAR;
            Shape s = Shapes.of(c, d);
            actors.add(new Actor(c, s, d.bits(), plan, this.town.parked.get(i)));
        }
        double trips = config.trafficDensity() * (1 + seconds / 45);
        Dice movers = dice.child(3);
        for (int v = 0; v < config.vehicles(); v++) {
            Dice d = movers.child(v);
            populate(d.child(0), v, ObjectClass.CAR, 18 * trips);
            populate(d.child(1), v, ObjectClass.VAN, 4 * trips);
            populate(d.child(2), v, ObjectClass.TRUCK, 2 * trips);
            populate(d.child(3), v, ObjectClass.BUS, 1.6 * trips);
            populate(d.child(4), v, ObjectClass.CYCLIST, 14 * trips);
            populate(d.child(5), v, ObjectClass.PEDESTRIAN, 50 * trips);
        }
    }

    private void ego(Dice dice) {
        for (int attempt = 0; attempt < 200; attempt++) {
            Dice d = dice.child(attempt);
            double cruise = d.between(9, 11.8);
            int mid = StreetPlan.STREETS / 2;
            int i = mid + d.below(3) - 1;
            int j = mid + d.below(3) - 1;
            List<Double> stops = new ArrayList<>();
            Path path = route(d, i, j, cruise * (seconds + 4) + 60, LANE_M, stops);
            double[] halts = stops.stream().mapToDouble(Double::doubleValue).toArray();
            Motion motion =
                    new Motion(path, 12, cruise, -0.5, seconds + 2, halts, d.between(1.5, 4));
            Actor a =
                    new Actor(
                            ObjectClass.CAR,
                            Shapes.car(d),
                            d.bits(),
                            plan,
                            path,
                            motion,
                            -1e9,
                            1e9,
                            0.003);
            if (free(a)) {
                actors.add(a);
                return;
            }
        }
        throw new IllegalArgumentException(
                "town: no room for vehicle %d on the streets; use fewer vehicles or sweeps"
                        .formatted(actors.size()));
    }

    private void populate(Dice dice, int vehicle, ObjectClass c, double wanted) {
        int n = (int) Math.round(wanted);
        for (int k = 0; k < n; k++) {
            for (int attempt = 0; attempt < 6; attempt++) {
                Dice d = dice.child(k * 16L + attempt);
                Actor a = mover(d, vehicle, c);
                if (free(a)) {
                    actors.add(a);
                    break;
                }
            }
        }
    }

    private Actor mover(Dice d, int vehicle, ObjectClass c) {
        double[] near = new double[4];
        double at = d.between(0, seconds);
        actors.get(vehicle).planar(at, near);
        int last = StreetPlan.STREETS - 2;
        int i = plan.nearestStreet(0, plan.u(near[0], near[1])) + d.below(3) - 1;
        int j = plan.nearestStreet(1, plan.v(near[0], near[1])) + d.below(3) - 1;
        i = Math.max(1, Math.min(last, i));
        j = Math.max(1, Math.min(last, j));
        boolean walks = c == ObjectClass.PEDESTRIAN;
        double cruise =
                walks
                        ? d.around(1.35, 0.2)
                        : c == ObjectClass.CYCLIST ? d.around(4.6, 0.7) : d.between(5, 11);
        double reach = walks ? 25 : 60;
        double before = Math.min(40, reach / cruise);
        double life = walks ? 60 : 45;
        double from = Math.max(at - before, -1);
        double until = Math.min(from + life, seconds + 1);
        double length = cruise * (until - from + 2) + 140;
        Path path =
                walks
                        ? around(d, i, j, length)
                        : route(
                                d,
                                i,
                                j,
                                length,
                                c == ObjectClass.CYCLIST ? CYCLE_LANE_M : LANE_M,
                                new ArrayList<>());
        Motion m =
                new Motion(
                        path,
                        d.between(2, 110),
                        cruise,
                        from - 0.2,
                        until - from + 1,
                        new double[0],
                        0);
        return new Actor(c, Shapes.of(c, d), d.bits(), plan, path, m, from, until, 0);
    }

    /** A random walk over the street grid, on the right. */
    private Path route(Dice d, int i0, int j0, double length, double offset, List<Double> stops) {
        int i = i0;
        int j = j0;
        int dir = d.below(4);
        int last = StreetPlan.STREETS - 2;
        List<Double> uv = new ArrayList<>();
        List<Double> radii = new ArrayList<>();
        double du = du(dir);
        double dv = dv(dir);
        uv.add(plan.at[0][i] + offset * dv + 10 * du);
        uv.add(plan.at[1][j] - offset * du + 10 * dv);
        radii.add(0.0);
        double walked = -10;
        while (walked < length) {
            int ni = i + (int) du(dir);
            int nj = j + (int) dv(dir);
            if (ni < 0 || nj < 0 || ni > last + 1 || nj > last + 1) {
                dir = (dir + 1) % 4;
                continue;
            }
            double leg =
                    Math.abs(plan.at[0][ni] - plan.at[0][i])
                            + Math.abs(plan.at[1][nj] - plan.at[1][j]);
            if (d.chance(0.22)) {
                stops.add(walked + leg - 11);
            }
            walked += leg;
            i = ni;
            j = nj;
            int turn = turn(d, i, j, dir);
            if (turn != 0) {
                int next = (dir + turn + 4) % 4;
                uv.add(plan.at[0][i] + offset * (dv(dir) + dv(next)));
                uv.add(plan.at[1][j] - offset * (du(dir) + du(next)));
                radii.add(turn > 0 ? 8.5 : 7.5 + 2 * (LANE_M - offset) * 0.5);
                dir = next;
            }
        }
        uv.add(plan.at[0][i] + offset * dv(dir) + 60 * du(dir));
        uv.add(plan.at[1][j] - offset * du(dir) + 60 * dv(dir));
        radii.add(0.0);
        return Path.through(plan, array(uv), array(radii));
    }

    /** Left (1), right (-1) or on (0), such that the next crossing is inside the town. */
    private static int turn(Dice d, int i, int j, int dir) {
        double p = d.unit();
        int first = p < 0.4 ? 0 : p < 0.7 ? 1 : -1;
        int[] order = {first, first == 0 ? 1 : 0, first == -1 ? 1 : -1};
        for (int t : order) {
            int next = (dir + t + 4) % 4;
            int ni = i + (int) du(next);
            int nj = j + (int) dv(next);
            if (ni >= 1
                    && nj >= 1
                    && ni <= StreetPlan.STREETS - 2
                    && nj <= StreetPlan.STREETS - 2) {
                return t;
            }
        }
        return first;
    }

    /** On the sidewalk around the block between streets i, i + 1 and j, j + 1. */
    private Path around(Dice d, int i, int j, double length) {
        double in = d.between(1.45, 2.6);
        int bi = Math.max(0, i - d.below(2));
        int bj = Math.max(0, j - d.below(2));
        double u0 = plan.at[0][bi] + plan.half[0][bi] + in;
        double u1 = plan.at[0][bi + 1] - plan.half[0][bi + 1] - in;
        double v0 = plan.at[1][bj] + plan.half[1][bj] + in;
        double v1 = plan.at[1][bj + 1] - plan.half[1][bj + 1] - in;
        double[] u = {u0, u1, u1, u0};
        double[] v = {v0, v0, v1, v1};
        int step = d.chance(0.5) ? 1 : 3;
        int corner = d.below(4);
        List<Double> uv = new ArrayList<>();
        List<Double> radii = new ArrayList<>();
        double walked = -120;
        while (walked < length) {
            uv.add(u[corner]);
            uv.add(v[corner]);
            radii.add(3.5);
            int next = (corner + step) % 4;
            walked += Math.abs(u[next] - u[corner]) + Math.abs(v[next] - v[corner]);
            corner = next;
        }
        return Path.through(plan, array(uv), array(radii));
    }

    /**
     * Whether nobody is touched, and appearing and vanishing happen where no sensor vehicle is
     * near.
     */
    private boolean free(Actor a) {
        double from = Math.max(0, a.fromS);
        double until = Math.min(seconds, a.untilS);
        double[] p = new double[4];
        double[] q = new double[4];
        for (Actor b : actors) {
            if (b.sway > 0 && (popsUp(a, b, a.fromS, p, q) || popsUp(a, b, a.untilS, p, q))) {
                return false;
            }
        }
        double[] reach = bounds(a);
        List<Actor> close = new ArrayList<>();
        for (Actor b : actors) {
            double[] other = bounds.computeIfAbsent(b, this::bounds);
            if (reach[0] < other[2]
                    && reach[2] > other[0]
                    && reach[1] < other[3]
                    && reach[3] > other[1]) {
                close.add(b);
            }
        }
        for (double t = from; t <= until; t += CHECK_S) {
            a.planar(t, p);
            for (Actor b : close) {
                if (b.presentAt(t)) {
                    b.planar(t, q);
                    if (touches(a, p, b, q)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Where an actor may be met: lowest x, y, highest x, y, with room for bodies. */
    private double[] bounds(Actor a) {
        double[] out = {1e9, 1e9, -1e9, -1e9};
        double[] p = new double[4];
        double until = a.moves() ? Math.min(seconds, a.untilS) : 0;
        for (double t = a.moves() ? Math.max(0, a.fromS) : 0; t <= until + 1; t += 1) {
            a.planar(t, p);
            for (int k = 0; k < 2; k++) {
                out[k] = Math.min(out[k], p[k] - 14);
                out[2 + k] = Math.max(out[2 + k], p[k] + 14);
            }
        }
        return out;
    }

    private boolean popsUp(Actor a, Actor ego, double t, double[] p, double[] q) {
        if (t <= 0 || t >= seconds) {
            return false;
        }
        a.planar(t, p);
        ego.planar(t, q);
        return Math.hypot(p[0] - q[0], p[1] - q[1])
                < (a.objectClass == ObjectClass.PEDESTRIAN ? 35 : UNSEEN_M);
    }

    /** Discs along both bodies. */
    private static boolean touches(Actor a, double[] p, Actor b, double[] q) {
        double dx = q[0] - p[0];
        double dy = q[1] - p[1];
        double reach = a.shape.radius() + b.shape.radius() + 1;
        if (dx * dx + dy * dy > reach * reach) {
            return false;
        }
        int n = discs(a.shape);
        int m = discs(b.shape);
        double r = discRadius(a.shape, n) + discRadius(b.shape, m) + CLEARANCE_M;
        for (int i = 0; i < n; i++) {
            double s = along(a.shape, n, i);
            for (int k = 0; k < m; k++) {
                double u = along(b.shape, m, k);
                double x = dx + u * q[2] - s * p[2];
                double y = dy + u * q[3] - s * p[3];
                if (x * x + y * y < r * r) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int discs(Shape s) {
        return (int) Math.ceil(1.4 * (s.high[0] - s.low[0]) / (s.high[1] - s.low[1]));
    }

    private static double discRadius(Shape s, int n) {
        double l = (s.high[0] - s.low[0]) / n;
        double w = s.high[1] - s.low[1];
        return 0.5 * Math.sqrt(l * l + w * w);
    }

    private static double along(Shape s, int n, int i) {
        return s.low[0] + (i + 0.5) * (s.high[0] - s.low[0]) / n;
    }

    private static double du(int dir) {
        return dir == 0 ? 1 : dir == 2 ? -1 : 0;
    }

    private static double dv(int dir) {
        return dir == 1 ? 1 : dir == 3 ? -1 : 0;
    }

    private static double[] array(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
