package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.ObjectClass;
import java.util.List;

/** Draws the ways and places of people on foot: alone, in groups, crossing, waiting, at cars. */
final class Pedestrians {
    private static final double NEAR_M = 75;

    private final Planner planner;
    private final StreetGraph graph;

    Pedestrians(Planner planner) {
        this.planner = planner;
        this.graph = planner.graph;
    }

    /** One person, or up to four who walk together. */
    boolean walking(Dice d, int vehicle) {
        double at = d.between(0, planner.seconds);
        double cruise = d.around(1.35, 0.22);
        Planner.Span span = planner.around(at, 25 / cruise, 60);
        int link = planner.linkNear(vehicle, at, NEAR_M, d);
        double start = 4 + d.unit() * 0.8 * StreetGraph.length(graph.line(link));
        double side = d.chance(0.5) ? 1 : -1;
        double in = graph.sidewalkM * d.between(0.46, 0.87);
        double length = cruise * (span.lengthS() + 2) + 10;
        int n = d.chance(0.35) ? 2 + d.below(3) : 1;
        boolean any = false;
        for (int i = 0; i < n; i++) {
            Dice own = d.child(i);
            double beside = (i & 1) == 0 ? 0 : in > 0.66 * graph.sidewalkM ? -0.8 : 0.8;
            double behind = (i >> 1) * -1.1 + own.between(-0.15, 0.15);
            Routes.Route r = planner.routes.walk(link, start, side * (in + beside), length);
            Planner.Drive drive = new Planner.Drive(r.path(), 3 + behind, cruise, cruise, span, 0);
            Figure body = planner.body(ObjectClass.PEDESTRIAN, own);
            any |= planner.enter(ObjectClass.PEDESTRIAN, body, own, drive, List.of());
        }
        return any;
    }

    /** Crosses the street near a crossing or in the middle of a block. */
    boolean crossing(Dice d, int vehicle) {
        double at = d.between(0, planner.seconds);
        double cruise = d.around(1.4, 0.25);
        Planner.Span span = planner.around(at, 25 / cruise, 60);
        int link = planner.linkNear(vehicle, at, NEAR_M, d);
        double whole = StreetGraph.length(graph.line(link));
        double cross = d.chance(0.6) ? whole - 15.5 : d.between(20, whole - 20);
        double start = Math.max(8, cross - d.between(4, 25));
        double in = (d.chance(0.5) ? 1 : -1) * graph.sidewalkM * d.between(0.46, 0.87);
        Routes.Route r =
                planner.routes.across(link, start, cross, in, cruise * (span.lengthS() + 2) + 10);
        Planner.Drive drive = new Planner.Drive(r.path(), 1, cruise, cruise, span, 0);
        Figure body = planner.body(ObjectClass.PEDESTRIAN, d);
        return planner.enter(ObjectClass.PEDESTRIAN, body, d, drive, List.of());
    }

    /** Two to five people who stand and face each other, or one who waits. */
    boolean talking(Dice d, int vehicle) {
        double at = d.between(0, planner.seconds);
        int link = planner.linkNear(vehicle, at, NEAR_M, d);
        double along = d.between(14, StreetGraph.length(graph.line(link)) - 14);
        boolean door = d.chance(0.4);
        double in = graph.sidewalkM * (door ? d.between(0.85, 1) : d.between(0.4, 0.7));
        double[] p = new double[4];
        graph.at(link, along, (d.chance(0.5) ? 1 : -1) * (graph.halfM(link) + in), p);
        double[] w = new double[2];
        graph.chart.toWorld(p[0], p[1], w);
        int n = d.chance(0.25) ? 1 : 2 + d.below(4);
        double radius = n == 1 ? 0 : 0.42 + 0.1 * n;
        double first = d.between(0, 2 * Math.PI);
        int in0 = 0;
        for (int i = 0; i < n; i++) {
            double a = first + 2 * Math.PI * i / n + d.between(-0.1, 0.1);
            double c = StrictMath.cos(a);
            double s = StrictMath.sin(a);
            double[] place = {w[0] + radius * c, w[1] + radius * s, -c, -s};
            in0 += planner.stand(ObjectClass.PEDESTRIAN, d.child(i), place) ? 1 : 0;
        }
        return in0 > 0;
    }

    /** Stands at the side of a parked car. */
    boolean atCar(Dice d, int vehicle) {
        List<double[]> parked = planner.world.parked();
        double[] e = new double[4];
        planner.crowd.actors.get(vehicle).planar(d.between(0, planner.seconds), e);
        for (int tries = 0; tries < 40 && !parked.isEmpty(); tries++) {
            double[] car = parked.get(d.below(parked.size()));
            if (Math.hypot(car[0] - e[0], car[1] - e[1]) < NEAR_M) {
                double side = d.chance(0.6) ? -1 : 1;
                double beside = side * d.between(1.25, 1.45);
                double along = d.between(-1.8, 1.8);
                double[] place = {
                    car[0] + along * car[2] - beside * car[3],
                    car[1] + along * car[3] + beside * car[2],
                    side * car[3],
                    -side * car[2]
                };
                return planner.stand(ObjectClass.PEDESTRIAN, d, place);
            }
        }
        return false;
    }
}
