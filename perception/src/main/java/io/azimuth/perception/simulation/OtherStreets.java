package io.azimuth.perception.simulation;

/**
 * Family B's street plan: a roundabout in the middle, bent radial streets of unequal directions,
 * and ring roads; some crossings on the rings are roundabouts.
 */
final class OtherStreets {
    static final double PARALLEL_M = 6.9;
    static final double ANGLED_M = 9.6;
    private static final double NARROW_M = 3.9;
    private static final double RING_M = 5.2;
    private static final double ISLAND_M = 3.6;
    private static final int[] COUNT = {5, 8, 11};
    private static final double[] RADIUS = {108, 208, 312};

    final StreetGraph graph;
    private final OtherGround ground;
    private final double[][] angle = new double[3][];
    private final int[][] node = new int[3][];

    OtherStreets(OtherGround ground, Dice d) {
        this.ground = ground;
        graph = new StreetGraph(OtherStreets::same, 1.9, 3.4, ground.sidewalkM(), d.child(1));
        graph.addNode(0, 0, 10.5);
        double first = d.between(0, 2 * Math.PI);
        double squeeze = d.between(0.75, 1);
        for (int k = 0; k < 3; k++) {
            angle[k] = new double[COUNT[k]];
            node[k] = new int[COUNT[k]];
            double step = 2 * Math.PI / COUNT[k];
            for (int i = 0; i < COUNT[k]; i++) {
                angle[k][i] = first + step * (i + d.between(-0.13, 0.13));
                double r = RADIUS[k] + d.between(-9, 9);
                node[k][i] =
                        graph.addNode(
                                r * StrictMath.cos(angle[k][i]),
                                squeeze * r * StrictMath.sin(angle[k][i]),
                                d.chance(0.2) ? 9 : 0);
            }
            rings(k, d, squeeze);
        }
        radials(d);
        for (int n = 0; n < graph.nodes(); n++) {
            double[] c = graph.node(n);
            if (c[2] > 0) {
                ground.roundabout(c[0], c[1], c[2] + Routes.ROUNDABOUT_EDGE_M);
            }
        }
        for (int n = 0; n < graph.nodes(); n++) {
            double[] c = graph.node(n);
            if (c[2] > 0) {
                ground.island(c[0], c[1], c[2] - ISLAND_M);
            }
        }
    }

    private static void same(double u, double v, double[] out) {
        out[0] = u;
        out[1] = v;
    }

    private void rings(int k, Dice d, double squeeze) {
        int n = COUNT[k];
        for (int i = 0; i < n; i++) {
            double[] a = graph.node(node[k][i]);
            double[] b = graph.node(node[k][(i + 1) % n]);
            double to = angle[k][(i + 1) % n] + (i + 1 == n ? 2 * Math.PI : 0);
            double ra = Math.hypot(a[0], a[1] / squeeze);
            double rb = Math.hypot(b[0], b[1] / squeeze);
            int steps = (int) ((to - angle[k][i]) * ra / 16);
            double[] line = new double[2 * steps + 2];
            for (int s = 0; s <= steps; s++) {
                double f = s / (double) steps;
                double t = angle[k][i] + f * (to - angle[k][i]);
                double r = ra + f * (rb - ra);
                line[2 * s] = r * StrictMath.cos(t);
                line[2 * s + 1] = squeeze * r * StrictMath.sin(t);
            }
            add(node[k][i], node[k][(i + 1) % n], line, d.chance(0.5) ? ANGLED_M : RING_M);
        }
    }

    private void radials(Dice d) {
        for (int i = 0; i < COUNT[0]; i++) {
            bent(0, node[0][i], d);
        }
        for (int k = 1; k < 3; k++) {
            for (int i = 0; i < COUNT[k]; i++) {
                int best = 0;
                double least = 10;
                for (int j = 0; j < COUNT[k - 1]; j++) {
                    double turn = angle[k - 1][j] - angle[k][i];
                    double off =
                            Math.abs(StrictMath.atan2(StrictMath.sin(turn), StrictMath.cos(turn)));
                    if (off < least) {
                        best = j;
                        least = off;
                    }
                }
                if (least < (k == 1 ? 0.34 : 0.24)) {
                    bent(node[k - 1][best], node[k][i], d);
                }
            }
        }
    }

    private void bent(int from, int to, Dice d) {
        double[] a = graph.node(from);
        double[] b = graph.node(to);
        double bend = d.between(-5, 5);
        double dx = b[0] - a[0];
        double dy = b[1] - a[1];
        double n = Math.hypot(dx, dy);
        double[] line = new double[14];
        for (int s = 0; s <= 6; s++) {
            double f = s / 6.0;
            double aside = bend * StrictMath.sin(Math.PI * f);
            line[2 * s] = a[0] + f * dx - aside * dy / n;
            line[2 * s + 1] = a[1] + f * dy + aside * dx / n;
        }
        add(from, to, line, d.chance(0.6) ? PARALLEL_M : NARROW_M);
    }

    private void add(int from, int to, double[] line, double halfM) {
        graph.addRoad(from, to, line, halfM);
        ground.road(line, halfM);
    }
}
