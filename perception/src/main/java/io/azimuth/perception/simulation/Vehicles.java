package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.ObjectClass;
import java.util.ArrayList;
import java.util.List;

/** Draws the ways of what drives: sensor vehicles, cars to buses, cyclists. */
final class Vehicles {
    private static final double NEAR_M = 110;
    private static final double SWAY = 0.003;

    private final Planner planner;
    private final StreetGraph graph;
    private final List<Routes.Route> egoRoutes = new ArrayList<>();
    private final double[] centre = new double[2];

    Vehicles(Planner planner) {
        this.planner = planner;
        this.graph = planner.graph;
        double[] w = new double[2];
        for (int i = 0; i < graph.nodes(); i++) {
            graph.chart.toWorld(graph.node(i)[0], graph.node(i)[1], w);
            centre[0] += w[0] / graph.nodes();
            centre[1] += w[1] / graph.nodes();
        }
    }

    /** A sensor vehicle in the middle of the town. */
    boolean sensing(Dice d, int vehicle) {
        double cruise = d.between(7.5, 16.5);
        int link = graph.near(centre[0], centre[1], 170, d);
        Planner.Span span = planner.always();
        double length = cruise * (planner.seconds + 4) + 60;
        Routes.Route r =
                planner.routes.drive(d, link, d.between(4, 30), graph.laneM, graph.laneM, length);
        List<Driver.Halt> stops = stops(d, r, 0.3);
        Figure car = planner.body(ObjectClass.CAR, d);
        Planner.Drive drive = new Planner.Drive(r.path(), 6, cruise, d.unit() * cruise, span, SWAY);
        boolean in = planner.enter(ObjectClass.CAR, car, d, drive, stops);
        if (in) {
            egoRoutes.add(r);
        }
        return in;
    }

    /** A car or van that drives before or behind a sensor vehicle for a while. */
    boolean before(Dice d, int vehicle) {
        Routes.Route r = egoRoutes.get(vehicle);
        ObjectClass c = d.chance(0.25) ? ObjectClass.VAN : ObjectClass.CAR;
        double cruise = d.between(7, 15);
        Planner.Drive drive =
                new Planner.Drive(r.path(), d.between(14, 60), cruise, cruise, planner.always(), 0);
        return planner.seconds < 60
                && planner.enter(c, planner.body(c, d), d, drive, stops(d, r, 0.1));
    }

    boolean driving(Dice d, int vehicle, ObjectClass c) {
        double at = d.between(0, planner.seconds);
        double cruise = c == ObjectClass.CAR ? d.between(6, 15) : d.between(5, 11);
        Planner.Span span = planner.around(at, Math.min(40, 60 / cruise), 45);
        double length = cruise * (span.lengthS() + 2) + 60;
        int link = planner.linkNear(vehicle, at, NEAR_M, d);
        double start = 2 + d.unit() * 0.7 * StreetGraph.length(graph.line(link));
        Routes.Route r = planner.routes.drive(d, link, start, graph.laneM, graph.laneM, length);
        List<Driver.Halt> stops = stops(d, r, 0.25);
        if (c == ObjectClass.BUS) {
            for (int i = 1; i < r.gateM().length; i += 2) {
                stops.add(new Driver.Halt(r.gateM()[i] - 34, 0, d.between(5, 10), -1));
            }
        }
        Planner.Drive drive = new Planner.Drive(r.path(), 6, cruise, d.unit() * cruise, span, 0);
        return planner.enter(c, planner.body(c, d), d, drive, stops);
    }

    /** Leaves a place at the kerb. */
    boolean pullingOut(Dice d, int vehicle) {
        double at = d.between(0, planner.seconds);
        int link = planner.linkNear(vehicle, at, NEAR_M, d);
        double park = graph.halfM(link) - 1.1;
        if (park < graph.laneM + 2.4) {
            return false;
        }
        double start = d.between(16, 0.6 * StreetGraph.length(graph.line(link)));
        double cruise = d.between(6, 12);
        Planner.Span span = planner.always();
        Routes.Route r =
                planner.routes.drive(
                        d, link, start, graph.laneM, park, cruise * (planner.seconds + 4) + 60);
        List<Driver.Halt> stops = stops(d, r, 0.25);
        ObjectClass c = d.chance(0.2) ? ObjectClass.VAN : ObjectClass.CAR;
        Figure body = planner.body(c, d);
        stops.add(new Driver.Halt(3 + body.shape.high[0] + 0.5, at, 0, -1));
        Planner.Drive drive = new Planner.Drive(r.path(), 3, cruise, 0, span, 0);
        return planner.enter(c, body, d, drive, stops);
    }

    /** Most at the right edge of the road, some on the sidewalk. */
    boolean cycling(Dice d, int vehicle) {
        double at = d.between(0, planner.seconds);
        boolean sidewalk = d.chance(0.22);
        double cruise = sidewalk ? d.around(3.3, 0.4) : d.around(4.8, 0.9);
        Planner.Span span = planner.around(at, Math.min(40, 60 / cruise), 45);
        double length = cruise * (span.lengthS() + 2) + 40;
        int link = planner.linkNear(vehicle, at, 85, d);
        double start = 2 + d.unit() * 0.75 * StreetGraph.length(graph.line(link));
        double in = (d.chance(0.5) ? 1 : -1) * graph.sidewalkM * d.between(0.5, 0.85);
        Routes.Route r =
                sidewalk
                        ? planner.routes.walk(link, start, in, length)
                        : planner.routes.drive(
                                d, link, start, graph.cycleLaneM, graph.cycleLaneM, length);
        Planner.Drive drive = new Planner.Drive(r.path(), 2, cruise, d.unit() * cruise, span, 0);
        Figure body = planner.body(ObjectClass.CYCLIST, d);
        return planner.enter(ObjectClass.CYCLIST, body, d, drive, stops(d, r, 0.1));
    }

    /** Traffic lights, and some other crossings at which one stops. */
    private List<Driver.Halt> stops(Dice d, Routes.Route r, double share) {
        List<Driver.Halt> out = new ArrayList<>();
        for (int i = 0; i < r.gateM().length; i++) {
            int link = r.gateLink()[i];
            if (graph.hasLight(link)) {
                out.add(new Driver.Halt(r.gateM()[i], 0, 0, link));
            } else if (d.chance(share)) {
                out.add(new Driver.Halt(r.gateM()[i], 0, d.between(0.8, 3), -1));
            }
        }
        return out;
    }
}
