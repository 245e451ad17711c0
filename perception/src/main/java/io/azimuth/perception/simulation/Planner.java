package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.ObjectClass;
import java.util.ArrayList;
import java.util.List;

/** Gives bodies their times and speeds on given ways, such that nobody touches anybody. */
final class Planner {
    private static final int REPLANS = 4;

    /** In drives that are not longer than this, everybody is there all the time. */
    private static final double SHORT_S = 60;

    final World world;
    final StreetGraph graph;
    final Routes routes;
    final Crowded crowd;
    final double seconds;
    private final TownConfig config;

    Planner(World world, Crowded crowd, TownConfig config, double seconds) {
        this.world = world;
        this.graph = world.graph();
        this.routes = new Routes(graph);
        this.crowd = crowd;
        this.config = config;
        this.seconds = seconds;
    }

    /** When somebody is there. */
    record Span(double fromS, double untilS) {
        double lengthS() {
            return untilS - fromS;
        }
    }

    /** How a way is driven. */
    record Drive(Path path, double fromM, double cruise, double firstMps, Span span, double sway) {}

    Figure body(ObjectClass c, Dice d) {
        return Bodies.of(config.family(), config.sizes(), c, d);
    }

    Span always() {
        return new Span(-1, seconds + 1);
    }

    /** A time around an instant in long drives, always in short ones. */
    Span around(double at, double beforeS, double lifeS) {
        if (seconds <= SHORT_S) {
            return always();
        }
        double from = Math.max(at - beforeS, -1);
        return new Span(from, Math.min(from + lifeS, seconds + 1));
    }

    /** A link near a sensor vehicle at an instant. */
    int linkNear(int vehicle, double at, double reach, Dice d) {
        double[] p = new double[4];
        crowd.actors.get(vehicle).planar(at, p);
        return graph.near(p[0], p[1], reach, d);
    }

    /** Lets a body in that stands for good, if it has room there. */
    boolean stand(ObjectClass c, Dice d, double[] place) {
        Actor a = new Actor(c, body(c, d), d.bits(), world.ground(), place);
        boolean person = c == ObjectClass.PEDESTRIAN;
        if (crowd.firstContact(a) >= 0
                || (person && crowd.hitsFurniture(a, world.ground(), 0.35))) {
            return false;
        }
        crowd.add(a);
        return true;
    }

    /** Lets a body in that moves, if it can go its way without touching anybody. */
    boolean enter(ObjectClass c, Figure figure, Dice d, Drive drive, List<Driver.Halt> stops) {
        List<Driver.Halt> halts = new ArrayList<>(stops);
        List<Crowded.Placed> others = new ArrayList<>();
        for (Crowded.Placed b : crowd.close(region(drive))) {
            if (b.actor.moves()) {
                others.add(b);
            }
        }
        long seed = d.bits();
        Span span = drive.span;
        for (int plan = 0; plan <= REPLANS; plan++) {
            Motion m =
                    new Motion(
                            drive.path,
                            drive.fromM,
                            drive.cruise,
                            drive.firstMps,
                            span.fromS - 0.2,
                            span.lengthS() + 1,
                            new Driver(graph, drive.path, figure.shape, others, halts));
            Actor a =
                    new Actor(
                            c,
                            figure,
                            seed,
                            world.ground(),
                            drive.path,
                            m,
                            span.fromS,
                            span.untilS,
                            drive.sway);
            if (crowd.popsUp(a)) {
                return false;
            }
            double contact = crowd.firstContact(a);
            if (contact < 0) {
                if (c == ObjectClass.PEDESTRIAN && crowd.hitsFurniture(a, world.ground(), 0.3)) {
                    return false;
                }
                crowd.add(a);
                return true;
            }
            double reach = figure.shape.high[0];
            double wait = m.wayM(contact) + reach - 3 - reach;
            if (crowd.touchesStanding(a, contact) || wait < drive.fromM + reach + 0.5) {
                return false;
            }
            halts.add(new Driver.Halt(wait, contact + 1.5 + reach / 2, 0, -1));
        }
        return false;
    }

    private static double[] region(Drive drive) {
        double[] out = {1e9, 1e9, -1e9, -1e9};
        double[] p = new double[4];
        double end = drive.fromM + drive.cruise * (drive.span.lengthS() + 1) + 25;
        for (double s = drive.fromM; s < end; s += 5) {
            drive.path.at(s, p);
            for (int k = 0; k < 2; k++) {
                out[k] = Math.min(out[k], p[k] - 12);
                out[2 + k] = Math.max(out[2 + k], p[k] + 12);
            }
        }
        return out;
    }
}
