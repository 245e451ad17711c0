package io.azimuth.perception.simulation;

import java.util.ArrayList;
import java.util.List;

/** Draws ways through a street graph: along lanes, along sidewalks, across streets. */
final class Routes {
    private static final double LEFT_RADIUS_M = 8.5;
    private static final double RIGHT_RADIUS_M = 7.5;
    private static final double GENTLE_RADIUS_M = 60;

    /** From the lane in a roundabout to its outer kerb. */
    static final double ROUNDABOUT_EDGE_M = 3.2;

    /**
     * A path and where it comes to crossings.
     *
     * @param gateM arc lengths at which one stops before a crossing, ascending
     * @param gateLink the link that ends there
     */
    record Route(Path path, double[] gateM, int[] gateLink) {}

    private final StreetGraph graph;
    private final List<Double> uv = new ArrayList<>();
    private final List<Double> radii = new ArrayList<>();
    private final List<Integer> gateVertex = new ArrayList<>();
    private final List<Integer> gateLinks = new ArrayList<>();
    private final List<Double> gateBefore = new ArrayList<>();

    Routes(StreetGraph graph) {
        this.graph = graph;
    }

    /**
     * A random drive in a lane, from a place along a link.
     *
     * @param parkM distance from the middle of the road at which it begins (parked), or the lane's
     */
    Route drive(Dice d, int first, double startM, double lane, double parkM, double length) {
        clear();
        begin(first, startM, lane, parkM);
        int link = first;
        double walked = StreetGraph.length(graph.line(first)) - startM;
        bends(link, lane, parkM == lane ? startM : startM + 16);
        while (walked < length) {
            int next = graph.next(link, d);
            gateVertex.add(radii.size());
            gateLinks.add(link);
            double round = graph.node(graph.end(link))[2];
            gateBefore.add(round > 0 ? 2.5 : graph.halfM(next) + 6.5);
            if (round > 0) {
                roundabout(link, next, lane, round);
            } else {
                corner(link, next, lane, -1);
            }
            link = next;
            bends(link, lane, 0);
            walked += StreetGraph.length(graph.line(link));
        }
        finish(link, lane);
        return route();
    }

    /** A walk on the sidewalk beside one block. */
    Route walk(int first, double startM, double lateral, double length) {
        clear();
        begin(first, startM, side(first, lateral), side(first, lateral));
        stroll(first, startM, lateral, length);
        return route();
    }

    /** Along the sidewalk, across the street at a place, and on along the other side. */
    Route across(int link, double startM, double crossM, double lateral, double length) {
        clear();
        begin(link, startM, side(link, lateral), side(link, lateral));
        double[] p = new double[4];
        graph.at(link, crossM, side(link, lateral), p);
        add(p[0], p[1], 0.8);
        graph.at(link, crossM, -side(link, lateral), p);
        add(p[0], p[1], 0.8);
        stroll(link, crossM + 3, -lateral, length);
        return route();
    }

    private double side(int link, double lateral) {
        return lateral + Math.signum(lateral) * graph.halfM(link);
    }

    private void stroll(int first, double startM, double lateral, double length) {
        int link = first;
        double walked = 0;
        double from = startM;
        while (walked < length) {
            bends(link, side(link, lateral), from);
            walked += StreetGraph.length(graph.line(link)) - from;
            int next = graph.around(link, lateral > 0);
            if ((next ^ 1) == link) {
                break;
            }
            sidewalkCorner(link, next, lateral);
            link = next;
            from = 0;
        }
        double[] p = new double[4];
        double end = Math.min(60, 0.8 * StreetGraph.length(graph.line(link)));
        graph.at(link, end, side(link, lateral), p);
        add(p[0], p[1], 0);
    }

    private void begin(int link, double startM, double lane, double parkM) {
        double[] p = new double[4];
        graph.at(link, startM, parkM, p);
        add(p[0], p[1], 0);
        if (parkM != lane) {
            graph.at(link, startM + 6, parkM, p);
            add(p[0], p[1], 10);
            graph.at(link, startM + 15, lane, p);
            add(p[0], p[1], 12);
        }
    }

    private void finish(int link, double lane) {
        double[] p = new double[4];
        graph.at(link, 0.9 * StreetGraph.length(graph.line(link)), lane, p);
        add(p[0], p[1], 0);
    }

    /** The bends of a link beyond a distance. */
    private void bends(int link, double lane, double beyond) {
        double[] line = graph.line(link);
        double walked = 0;
        for (int i = 2; i + 2 < line.length; i += 2) {
            walked += Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1]);
            if (walked > beyond + 3) {
                mitre(
                        line[i] - line[i - 2],
                        line[i + 1] - line[i - 1],
                        line[i + 2] - line[i],
                        line[i + 3] - line[i + 1],
                        line[i],
                        line[i + 1],
                        lane,
                        lane,
                        GENTLE_RADIUS_M);
            }
        }
    }

    private void corner(int link, int next, double lane, double radius) {
        corner(link, next, lane, lane, radius);
    }

    private void sidewalkCorner(int link, int next, double lateral) {
        double round = graph.node(graph.end(link))[2];
        if (round == 0) {
            corner(link, next, side(link, lateral), side(next, lateral), 3.5);
            return;
        }
        double r = round + ROUNDABOUT_EDGE_M + Math.abs(lateral);
        double[] c = graph.node(graph.end(link));
        double[] p = new double[4];
        double a = side(link, lateral);
        double b = side(next, lateral);
        double length = StreetGraph.length(graph.line(link));
        graph.at(link, length - Math.sqrt(Math.max(1, r * r - a * a)), a, p);
        double from = StrictMath.atan2(p[1] - c[1], p[0] - c[0]);
        graph.at(next, Math.sqrt(Math.max(1, r * r - b * b)), b, p);
        double span = StrictMath.atan2(p[1] - c[1], p[0] - c[0]) - from;
        double turn = Math.signum(lateral);
        while (span * turn < 0) {
            span += turn * 2 * Math.PI;
        }
        int steps = 1 + (int) (Math.abs(span) / 0.4);
        for (int i = 0; i <= steps; i++) {
            double angle = from + span * i / steps;
            add(c[0] + r * StrictMath.cos(angle), c[1] + r * StrictMath.sin(angle), 3);
        }
    }

    private void corner(int link, int next, double lane, double nextLane, double radius) {
        double[] a = graph.line(link);
        double[] b = graph.line(next);
        int n = a.length;
        if ((next ^ 1) == link) {
            return;
        }
        mitre(
                a[n - 2] - a[n - 4],
                a[n - 1] - a[n - 3],
                b[2] - b[0],
                b[3] - b[1],
                b[0],
                b[1],
                lane,
                nextLane,
                radius);
    }

    /** Adds the corner of two lanes to the right of two lines that meet at u, v. */
    private void mitre(
            double ax,
            double ay,
            double bx,
            double by,
            double u,
            double v,
            double lane,
            double nextLane,
            double radius) {
        double n = Math.hypot(ax, ay);
        double m = Math.hypot(bx, by);
        double cross = (ax * by - ay * bx) / (n * m);
        double dot = (ax * bx + ay * by) / (n * m);
        double r = radius;
        if (r < 0) {
            boolean gentle = dot > 0.9;
            r = gentle ? GENTLE_RADIUS_M : cross > 0 ? LEFT_RADIUS_M : RIGHT_RADIUS_M;
        }
        if (Math.abs(cross) < 0.1 && dot > 0) {
            double offset = 0.5 * (lane + nextLane);
            add(u + offset * ay / n, v - offset * ax / n, r);
            return;
        }
        // on both lanes: p = node + lane right(a) + s a = node + next right(b) + t b
        double du = nextLane * by / m - lane * ay / n;
        double dv = -nextLane * bx / m + lane * ax / n;
        double s = (du * by - dv * bx) / m / cross;
        add(u + lane * ay / n + s * ax / n, v - lane * ax / n + s * ay / n, r);
    }

    /** Counter-clockwise around the island. */
    private void roundabout(int link, int next, double lane, double radius) {
        double[] c = graph.node(graph.end(link));
        double[] p = new double[4];
        double length = StreetGraph.length(graph.line(link));
        graph.at(link, length - radius - 7, lane, p);
        add(p[0], p[1], 12);
        double[] q = new double[4];
        graph.at(next, radius + 7, lane, q);
        double from = StrictMath.atan2(p[1] - c[1], p[0] - c[0]);
        double span = StrictMath.atan2(q[1] - c[1], q[0] - c[0]) - from;
        while (span < 0.2) {
            span += 2 * Math.PI;
        }
        double in = 0.42;
        int steps = (int) Math.max(0, Math.round((span - 2 * in) / 0.5));
        for (int i = 0; i <= steps; i++) {
            double a = from + (steps == 0 ? 0.5 * span : in + (span - 2 * in) * i / steps);
            double r = i == 0 || i == steps ? radius : radius / StrictMath.cos(0.25);
            add(c[0] + r * StrictMath.cos(a), c[1] + r * StrictMath.sin(a), radius);
        }
        add(q[0], q[1], 12);
    }

    private void clear() {
        uv.clear();
        radii.clear();
        gateVertex.clear();
        gateLinks.clear();
        gateBefore.clear();
    }

    private void add(double u, double v, double radius) {
        int n = uv.size();
        if (n >= 2 && Math.hypot(uv.get(n - 2) - u, uv.get(n - 1) - v) < 0.3) {
            return;
        }
        uv.add(u);
        uv.add(v);
        radii.add(radius);
    }

    private Route route() {
        double[] marks = new double[radii.size()];
        Path path = Path.through(graph.chart, array(uv), array(radii), marks);
        int n = gateVertex.size();
        double[] gate = new double[n];
        int[] link = new int[n];
        for (int i = 0; i < n; i++) {
            int vertex = Math.min(gateVertex.get(i), marks.length - 1);
            gate[i] = marks[vertex] - gateBefore.get(i);
            link[i] = gateLinks.get(i);
        }
        return new Route(path, gate, link);
    }

    private static double[] array(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
