package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.ObjectClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everybody who has been given a place so far. Who comes later keeps clear of them: whoever would
 * touch anybody, or appear or vanish in view of a sensor vehicle, is not let in.
 */
final class Crowded {
    private static final double CHECK_S = 0.1;
    private static final double UNSEEN_M = 75;
    private static final double PERSON_UNSEEN_M = 35;
    private static final double CLEARANCE_M = 0.12;
    private static final double CELL_M = 16;

    final List<Actor> actors = new ArrayList<>();
    private final double seconds;

    private final List<Placed> placed = new ArrayList<>();

    /** Static bodies by cell; looked up only. */
    private final Map<Long, List<Body>> standing = new HashMap<>();

    private final Shape.Hit hit = new Shape.Hit();

    Crowded(List<Body> bodies, double seconds) {
        this.seconds = seconds;
        for (Body b : bodies) {
            double r = b.shape().radius() + 1;
            for (int i = cell(b.pose()[9] - r); i <= cell(b.pose()[9] + r); i++) {
                for (int j = cell(b.pose()[10] - r); j <= cell(b.pose()[10] + r); j++) {
                    standing.computeIfAbsent(key(i, j), k -> new ArrayList<>()).add(b);
                }
            }
        }
    }

    private static int cell(double x) {
        return (int) Math.floor(x / CELL_M);
    }

    private static long key(int i, int j) {
        return ((long) i << 32) ^ (j & 0xFFFFFFFFL);
    }

    void add(Actor a) {
        actors.add(a);
        placed.add(new Placed(a, bounds(a), a.moves() ? track(a) : planarOf(a)));
    }

    /** An actor with its planar poses and speeds every tenth of a second, kept for speed. */
    static final class Placed {
        private static final int STRIDE = 5;

        final Actor actor;
        final double radius;
        private final double[] bounds;
        private final double[] track;
        private final int first;
        private final int last;

        Placed(Actor actor, double[] bounds, double[] track) {
            this.actor = actor;
            this.bounds = bounds;
            this.track = track;
            radius = actor.shape.radius();
            first = first(actor);
            last = track.length / STRIDE - 1;
        }

        /** Number of the tenth of a second about a time. */
        static int check(double t) {
            return (int) Math.rint(t / CHECK_S);
        }

        /** x, y, cos, sin, speed at a check; of the whole drive for whoever stands. */
        void at(int check, double[] out) {
            int k = STRIDE * Math.max(0, Math.min(last, check - first));
            out[0] = track[k];
            out[1] = track[k + 1];
            out[2] = track[k + 2];
            out[3] = track[k + 3];
            out[4] = track[k + 4];
        }
    }

    private static int first(Actor a) {
        return (int) (Math.max(0, a.fromS) / CHECK_S);
    }

    private static double[] planarOf(Actor a) {
        double[] out = new double[Placed.STRIDE];
        a.planar(0, out);
        return out;
    }

    /** Time of the first contact with anybody, -1 if there is none. */
    double firstContact(Actor a) {
        List<Placed> close = close(bounds(a));
        double radius = a.shape.radius();
        double[] p = new double[4];
        double[] q = new double[Placed.STRIDE];
        double until = Math.min(seconds, a.untilS);
        for (int k = (int) Math.ceil(Math.max(0, a.fromS) / CHECK_S); k * CHECK_S <= until; k++) {
            double t = k * CHECK_S;
            int check = Placed.check(t);
            a.planar(t, p);
            for (Placed b : close) {
                if (b.actor.presentAt(t) && (a.moves() || b.actor.moves() || k == 0)) {
                    b.at(check, q);
                    if (touch(a, radius, p, b, q)) {
                        return t;
                    }
                }
            }
        }
        return -1;
    }

    private static boolean touch(Actor a, double radius, double[] p, Placed b, double[] q) {
        return Footprint.touch(
                a.shape, radius, p, b.actor.shape, b.radius, q, CLEARANCE_M, CLEARANCE_M);
    }

    /** Whether it touches somebody who will not go away. */
    boolean touchesStanding(Actor a, double t) {
        double[] p = new double[4];
        double[] q = new double[4];
        a.planar(t, p);
        double radius = a.shape.radius();
        for (Placed b : placed) {
            if (!b.actor.moves()) {
                b.actor.planar(t, q);
                if (touch(a, radius, p, b, q)) {
                    return true;
                }
            }
        }
        return false;
    }

    private double[] track(Actor b) {
        int first = first(b);
        int last = (int) (Math.min(seconds, b.untilS) / CHECK_S) + 1;
        double[] out = new double[Placed.STRIDE * (last - first + 1)];
        double[] p = new double[4];
        for (int k = first; k <= last; k++) {
            b.planar(k * CHECK_S, p);
            System.arraycopy(p, 0, out, Placed.STRIDE * (k - first), 4);
            out[Placed.STRIDE * (k - first) + 4] = b.speedMps(k * CHECK_S);
        }
        return out;
    }

    /** Whether an actor appears or vanishes near a sensor vehicle. */
    boolean popsUp(Actor a) {
        for (Actor b : actors) {
            if (b.sway > 0 && (popsUp(a, b, a.fromS) || popsUp(a, b, a.untilS))) {
                return true;
            }
        }
        return false;
    }

    private boolean popsUp(Actor a, Actor ego, double t) {
        if (t <= 0 || t >= seconds) {
            return false;
        }
        double[] p = new double[4];
        double[] q = new double[4];
        a.planar(t, p);
        ego.planar(t, q);
        return Math.hypot(p[0] - q[0], p[1] - q[1])
                < (a.objectClass == ObjectClass.PEDESTRIAN ? PERSON_UNSEEN_M : UNSEEN_M);
    }

    /** Those whose ways may come near a rectangle. */
    List<Placed> close(double[] reach) {
        List<Placed> out = new ArrayList<>();
        for (Placed b : placed) {
            double[] other = b.bounds;
            if (reach[0] < other[2]
                    && reach[2] > other[0]
                    && reach[1] < other[3]
                    && reach[3] > other[1]) {
                out.add(b);
            }
        }
        return out;
    }

    /** Where an actor may be met: lowest x, y, highest x, y, with room for its body. */
    private double[] bounds(Actor a) {
        double[] out = {1e9, 1e9, -1e9, -1e9};
        double[] p = new double[4];
        double room = a.shape.radius() + (a.moves() ? 8 : 0.5);
        double until = a.moves() ? Math.min(seconds, a.untilS) + 0.5 : 0;
        for (double t = a.moves() ? Math.max(0, a.fromS) : 0; t <= until; t += 0.5) {
            a.planar(t, p);
            for (int k = 0; k < 2; k++) {
                out[k] = Math.min(out[k], p[k] - room);
                out[2 + k] = Math.max(out[2 + k], p[k] + room);
            }
        }
        return out;
    }

    /** Whether something that stands is within a radius of a person's way, at hip height. */
    boolean hitsFurniture(Actor a, Ground ground, double radius) {
        double[] p = new double[4];
        double[] last = {1e9, 1e9};
        double until = a.moves() ? Math.min(seconds, a.untilS) : 0;
        for (double t = a.moves() ? Math.max(0, a.fromS) : 0; t <= until; t += 0.15) {
            a.planar(t, p);
            if (Math.hypot(p[0] - last[0], p[1] - last[1]) > 0.15) {
                last[0] = p[0];
                last[1] = p[1];
                if (furnitureNear(p[0], p[1], ground.ground(p[0], p[1]) + 0.6, radius)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean furnitureNear(double x, double y, double z, double radius) {
        for (Body b : standing.getOrDefault(key(cell(x), cell(y)), List.of())) {
            double[] q = b.pose();
            double dx = x - q[9];
            double dy = y - q[10];
            double dz = z - q[11];
            double reach = b.shape().radius() + radius;
            if (dx * dx + dy * dy > reach * reach) {
                continue;
            }
            double ox = q[0] * dx + q[3] * dy + q[6] * dz;
            double oy = q[1] * dx + q[4] * dy + q[7] * dz;
            double oz = q[2] * dx + q[5] * dy + q[8] * dz;
            for (int k = 0; k < 8; k++) {
                double angle = k * Math.PI / 4;
                hit.t = radius;
                if (b.shape()
                        .nearest(
                                ox,
                                oy,
                                oz,
                                StrictMath.cos(angle),
                                StrictMath.sin(angle),
                                0,
                                b.seed(),
                                hit)) {
                    return true;
                }
            }
        }
        return false;
    }
}
