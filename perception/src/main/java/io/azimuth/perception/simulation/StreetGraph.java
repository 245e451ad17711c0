package io.azimuth.perception.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Roads between crossings, as traffic sees them. Coordinates are those of a chart (straight lines
 * of the street plan), which maps into the world. A link is a road in one direction: road {@code k}
 * from its first to its second crossing is {@code 2 k}, back is {@code 2 k + 1}. Built once, then
 * immutable.
 */
final class StreetGraph {
    /** World x, y of chart coordinates. */
    interface Chart {
        void toWorld(double u, double v, double[] out);
    }

    /**
     * @param line u0, v0, u1, v1, ... with both crossings
     * @param halfM half the width between the kerbs
     */
    record Road(int from, int to, double[] line, double halfM) {}

    final Chart chart;

    /** Offset of a car's and of a cyclist's way from the middle of the road, and sidewalk width. */
    final double laneM;

    final double cycleLaneM;
    final double sidewalkM;
    final List<Road> roads = new ArrayList<>();
    private final List<double[]> nodes = new ArrayList<>(); // u, v, lane radius of a roundabout
    private final List<List<Integer>> leaving = new ArrayList<>();
    private final List<double[]> middles = new ArrayList<>();
    private final Dice lights;

    StreetGraph(Chart chart, double laneM, double cycleLaneM, double sidewalkM, Dice lights) {
        this.chart = chart;
        this.laneM = laneM;
        this.cycleLaneM = cycleLaneM;
        this.sidewalkM = sidewalkM;
        this.lights = lights;
    }

    int addNode(double u, double v, double roundaboutM) {
        nodes.add(new double[] {u, v, roundaboutM});
        leaving.add(new ArrayList<>());
        return nodes.size() - 1;
    }

    void addRoad(int from, int to, double[] line, double halfM) {
        leaving.get(from).add(2 * roads.size());
        leaving.get(to).add(2 * roads.size() + 1);
        roads.add(new Road(from, to, line, halfM));
        double[] w = new double[2];
        int middle = line.length / 4 * 2;
        chart.toWorld(
                0.5 * (line[middle - 2] + line[middle]),
                0.5 * (line[middle - 1] + line[middle + 1]),
                w);
        middles.add(w);
    }

    int nodes() {
        return nodes.size();
    }

    double[] node(int n) {
        return nodes.get(n);
    }

    int end(int link) {
        Road r = roads.get(link >> 1);
        return (link & 1) == 0 ? r.to : r.from;
    }

    double halfM(int link) {
        return roads.get(link >> 1).halfM;
    }

    /** The link's line in its direction. */
    double[] line(int link) {
        double[] line = roads.get(link >> 1).line;
        if ((link & 1) == 0) {
            return line;
        }
        double[] back = new double[line.length];
        for (int i = 0; i < line.length; i += 2) {
            back[i] = line[line.length - 2 - i];
            back[i + 1] = line[line.length - 1 - i];
        }
        return back;
    }

    static double length(double[] line) {
        double sum = 0;
        for (int i = 2; i < line.length; i += 2) {
            sum += Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1]);
        }
        return sum;
    }

    /** Another link at the end of this one, straight on more often than not; back in dead ends. */
    int next(int link, Dice d) {
        List<Integer> options = leaving.get(end(link));
        int best = link ^ 1;
        double bestScore = -1;
        for (int option : options) {
            if (option != (link ^ 1)) {
                double score = d.unit() * (Math.abs(turn(link, option)) < 0.5 ? 1.35 : 1);
                if (score > bestScore) {
                    best = option;
                    bestScore = score;
                }
            }
        }
        return best;
    }

    /** The link on which one stays beside the same block: the sharpest turn to one side. */
    int around(int link, boolean right) {
        int best = link ^ 1;
        double sharpest = -10;
        for (int option : leaving.get(end(link))) {
            double turn = turn(link, option) * (right ? -1 : 1);
            if (option != (link ^ 1) && turn > sharpest) {
                best = option;
                sharpest = turn;
            }
        }
        return best;
    }

    /** Angle from the end of one link to the beginning of the next, left positive. */
    private double turn(int link, int next) {
        double[] a = line(link);
        double[] b = line(next);
        int n = a.length;
        double ax = a[n - 2] - a[n - 4];
        double ay = a[n - 1] - a[n - 3];
        double bx = b[2] - b[0];
        double by = b[3] - b[1];
        return StrictMath.atan2(ax * by - ay * bx, ax * bx + ay * by);
    }

    /** A random link whose middle is within reach of a place in the world, or the nearest. */
    int near(double x, double y, double reach, Dice d) {
        List<Integer> close = new ArrayList<>();
        int nearest = 0;
        double least = 1e18;
        for (int i = 0; i < middles.size(); i++) {
            double dx = middles.get(i)[0] - x;
            double dy = middles.get(i)[1] - y;
            double q = dx * dx + dy * dy;
            if (q < reach * reach) {
                close.add(i);
            }
            if (q < least) {
                nearest = i;
                least = q;
            }
        }
        int road = close.isEmpty() ? nearest : close.get(d.below(close.size()));
        return 2 * road + d.below(2);
    }

    /** Whether the way out of this link into its crossing has traffic lights. */
    boolean hasLight(int link) {
        int n = end(link);
        return leaving.get(n).size() > 2 && nodes.get(n)[2] == 0 && lights.child(n).chance(0.45);
    }

    /** Whether the traffic light at the end of a link is red. */
    boolean red(int link, double t) {
        Dice d = lights.child(end(link)).child(1);
        double cycle = d.between(22, 40);
        double phase = (t + d.between(0, 40)) / cycle;
        phase -= Math.floor(phase);
        double[] a = line(link);
        int n = a.length;
        double along = Math.abs(a[n - 2] - a[n - 4]);
        double across = Math.abs(a[n - 1] - a[n - 3]);
        double begin = along > across ? 0 : 0.5;
        return phase < begin || phase > begin + 0.4;
    }

    /** Point and unit direction at a distance along a link and to the right of its middle. */
    void at(int link, double along, double right, double[] out) {
        double[] line = line(link);
        double s = along;
        for (int i = 2; i < line.length; i += 2) {
            double dx = line[i] - line[i - 2];
            double dy = line[i + 1] - line[i - 1];
            double n = Math.hypot(dx, dy);
            if (s <= n || i == line.length - 2) {
                out[2] = dx / n;
                out[3] = dy / n;
                out[0] = line[i - 2] + s * out[2] + right * out[3];
                out[1] = line[i - 1] + s * out[3] - right * out[2];
                return;
            }
            s -= n;
        }
    }
}
