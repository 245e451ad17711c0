package io.azimuth.perception.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Family B's standing world: what lines its streets, fills its blocks, and where cars are parked.
 * Shares nothing with family A but primitives.
 */
final class OtherTown {
    private final OtherGround ground;
    private final StreetGraph graph;
    private final List<Body> bodies = new ArrayList<>();
    private final List<double[]> parked = new ArrayList<>();
    private final List<Body> large = new ArrayList<>();
    private final double[] p = new double[4];

    private OtherTown(Dice d, double parkingDensity) {
        ground = new OtherGround(d.child(1));
        graph = new OtherStreets(ground, d.child(2)).graph;
        for (int link = 0; link < 2 * graph.roads.size(); link++) {
            Dice own = d.child(100 + link);
            park(own.child(1), link, parkingDensity);
            frontage(own.child(2), link);
            kerbside(own.child(3), link);
        }
        blocks(d.child(3), parkingDensity);
    }

    static World world(Dice d, double parkingDensity) {
        OtherTown t = new OtherTown(d, parkingDensity);
        return new World(t.ground, t.bodies, t.parked, t.graph);
    }

    private double inner(int link) {
        return graph.halfM(link) + ground.sidewalkM();
    }

    /** Whether a rectangle keeps away from roads and from what is large. */
    private boolean fits(Shape s, double x, double y, double yaw, double kerb) {
        double c = StrictMath.cos(yaw);
        double n = StrictMath.sin(yaw);
        for (int i = 0; i <= 4; i++) {
            for (int j = 0; j <= 4; j++) {
                double a = s.low[0] + (s.high[0] - s.low[0]) * i / 4;
                double b = s.low[1] + (s.high[1] - s.low[1]) * j / 4;
                if (ground.kerbDistance(x + a * c - b * n, y + a * n + b * c) < kerb) {
                    return false;
                }
            }
        }
        double[] at = {x, y, c, n};
        for (Body o : large) {
            double[] q = {o.pose()[9], o.pose()[10], o.pose()[0], o.pose()[3]};
            if (Footprint.touch(s, at, o.shape(), q, 0.3, 0.3)) {
                return false;
            }
        }
        return Math.hypot(x, y) < OtherGround.EXTENT_M - 40;
    }

    private boolean build(Dice d, Shape s, double x, double y, double yaw, double kerb) {
        if (!fits(s, x, y, yaw, kerb)) {
            return false;
        }
        stand(d, s, x, y, yaw);
        large.add(bodies.get(bodies.size() - 1));
        return true;
    }

    private void stand(Dice d, Shape s, double x, double y, double yaw) {
        double[] pose = new double[12];
        Actor.frame(StrictMath.cos(yaw), StrictMath.sin(yaw), 0, 0, pose);
        pose[9] = x;
        pose[10] = y;
        pose[11] = ground.ground(x, y);
        bodies.add(new Body(s, pose, d.bits()));
    }

    private double at(int link, double along, double right) {
        graph.at(link, along, right, p);
        return StrictMath.atan2(p[3], p[2]);
    }

    private void frontage(Dice d, int link) {
        double end = StreetGraph.length(graph.line(link)) - 6;
        double from = ground.sidewalkM() + 0.25;
        for (double a = 10; a < end; ) {
            double length = d.between(9, 26);
            double depth = d.between(8, 14);
            double back = inner(link) + d.between(0.3, 5);
            double yaw = at(link, a + length / 2, back + depth / 2);
            double kind = d.unit();
            Shape s =
                    kind < 0.3
                            ? OtherBuildings.stepped(d, length, depth)
                            : kind < 0.42
                                    ? OtherBuildings.tower(d)
                                    : kind < 0.5
                                            ? OtherBuildings.canopy(d)
                                            : OtherBuildings.block(
                                                    d, length, depth, d.between(5, 17));
            boolean built = build(d, s, p[0], p[1], yaw, from);
            if (built && kind >= 0.5 && d.chance(0.7)) {
                wings(d, p[0], p[1], yaw, length, depth);
            } else if (!built) {
                low(d, link, a, from);
            }
            a += length + (d.chance(0.3) ? 0.5 : d.between(2, 12));
        }
    }

    /** One wing behind a block makes an L, two a U. */
    private void wings(Dice d, double x, double y, double yaw, double length, double depth) {
        double c = StrictMath.cos(yaw);
        double s = StrictMath.sin(yaw);
        double wing = d.between(7, 13);
        int n = 1 + d.below(2);
        for (int i = 0; i < n; i++) {
            double a = (i == 0 ? 1 : -1) * (length / 2 - 3);
            double b = -(depth / 2 + wing / 2 + 0.35);
            Shape part = OtherBuildings.block(d, 5.5, wing, d.between(4, 12));
            build(d, part, x + a * c - b * s, y + a * s + b * c, yaw, ground.sidewalkM() + 0.3);
        }
    }

    private void low(Dice d, int link, double a, double from) {
        double yaw = at(link, a + 4, inner(link) + 1.4);
        Shape s = d.chance(0.5) ? OtherBuildings.porousWall(d, 3.5) : OtherBuildings.billboard(d);
        build(d, s, p[0], p[1], yaw, from);
    }

    private void kerbside(Dice d, int link) {
        double end = StreetGraph.length(graph.line(link)) - 17;
        double right = graph.halfM(link) + 0.42;
        for (double a = 17; a < end; a += d.between(7, 22)) {
            double kind = d.unit();
            double run = Math.min(end, a + d.between(5, 14));
            if (kind < 0.1) {
                a = row(d, link, a, run, 3, right, Surface.WALL);
            } else if (kind < 0.25) {
                a = row(d, link, a, run, 2.2, right, Surface.HEDGE);
            } else if (kind < 0.4) {
                a = row(d, link, a, run, 1.7, right, Surface.POLE);
            } else {
                double yaw = at(link, a, right);
                Shape s =
                        kind < 0.6
                                ? OtherBuildings.lamp(d)
                                : kind < 0.75
                                        ? OtherBuildings.bin(d)
                                        : kind < 0.87
                                                ? OtherBuildings.column(d)
                                                : OtherBuildings.conifer(d);
                kerbStand(d, s, yaw);
            }
        }
    }

    private double row(
            Dice d, int link, double from, double to, double step, double right, Surface kind) {
        double a = from;
        for (; a < to; a += step) {
            double yaw = at(link, a, right);
            Shape s =
                    switch (kind) {
                        case WALL -> OtherBuildings.jerseyBarrier();
                        case HEDGE -> OtherBuildings.planter(d);
                        default -> OtherBuildings.bollard(d);
                    };
            kerbStand(d, s, yaw);
        }
        return a;
    }

    /** Not where the kerb is rounded off. */
    private void kerbStand(Dice d, Shape s, double yaw) {
        double k = ground.kerbDistance(p[0], p[1]);
        if (k > 0.3 && k < 0.6) {
            stand(d, s, p[0], p[1], yaw);
        }
    }

    private void park(Dice d, int link, double density) {
        double half = graph.halfM(link);
        boolean angled = half == OtherStreets.ANGLED_M;
        if (!angled && half != OtherStreets.PARALLEL_M) {
            return;
        }
        double end = StreetGraph.length(graph.line(link)) - 24;
        for (double a = 24 + d.between(0, 4); a < end; a += angled ? 3.4 : d.between(6.2, 7.4)) {
            if (d.chance(density)) {
                double yaw = at(link, a, half - (angled ? 2.75 : 1.12));
                yaw += angled ? -Math.PI / 3 : d.chance(0.06) ? Math.PI : 0;
                yaw += (angled && d.chance(0.15) ? Math.PI : 0) + d.between(-0.04, 0.04);
                parked.add(new double[] {p[0], p[1], StrictMath.cos(yaw), StrictMath.sin(yaw)});
            }
        }
    }

    /** Behind the streets: warehouses, sheds, containers, rows of parked cars, planting. */
    private void blocks(Dice d, double density) {
        for (int i = 0; i < 900; i++) {
            Dice own = d.child(i);
            double x = own.between(-350, 350);
            double y = own.between(-350, 350);
            double yaw = own.between(0, Math.PI);
            double kerb = ground.sidewalkM() + 2;
            switch (own.below(6)) {
                case 0 -> build(own, OtherBuildings.warehouse(own), x, y, yaw, kerb);
                case 1 -> build(own, OtherBuildings.shed(own), x, y, yaw, kerb);
                case 2 -> build(own, OtherBuildings.containers(own), x, y, yaw, kerb);
                case 3 -> lot(own, x, y, yaw, density);
                case 4 -> build(own, OtherBuildings.bamboo(own), x, y, yaw, kerb - 1);
                default -> build(own, OtherBuildings.conifer(own), x, y, yaw, kerb - 1);
            }
        }
    }

    private void lot(Dice d, double x, double y, double yaw, double density) {
        int n = 3 + d.below(6);
        Shape room = new Shape().box(-1.4 * n, 1.4 * n, 3, 0, 2);
        if (!fits(room, x, y, yaw, ground.sidewalkM() + 1)) {
            return;
        }
        double c = StrictMath.cos(yaw);
        double s = StrictMath.sin(yaw);
        for (int i = 0; i < n; i++) {
            double a = 2.8 * (i + 0.5 - 0.5 * n);
            if (d.chance(density)) {
                double side = d.chance(0.5) ? 1 : -1;
                parked.add(new double[] {x + a * c, y + a * s, -side * s, side * c});
            }
        }
    }
}
