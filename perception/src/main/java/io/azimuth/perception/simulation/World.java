package io.azimuth.perception.simulation;

import java.util.List;

/**
 * What a generator family makes: everything that stands, and the streets for what moves.
 *
 * @param parked x, y, cos, sin of parked cars
 * @param graph the streets as traffic sees them
 */
record World(Ground ground, List<Body> bodies, List<double[]> parked, StreetGraph graph) {
    /** The world of a configuration's family; of dice that nothing else draws from. */
    static World of(TownConfig config, long townSeed) {
        return switch (config.family()) {
            case A -> {
                Town town = new Town(townSeed, config.parkingDensity(), config.decoyDensity());
                yield new World(
                        town.plan, town.bodies, town.parked, grid(town.plan, new Dice(townSeed)));
            }
            case B -> OtherTown.world(new Dice(townSeed).child(77), config.parkingDensity());
        };
    }

    /** Crossings of family A's two families of streets, without the outermost streets. */
    private static StreetGraph grid(StreetPlan plan, Dice dice) {
        StreetGraph g =
                new StreetGraph(plan::toWorld, 1.75, 3.55, StreetPlan.SIDEWALK_M, dice.child(5));
        int n = StreetPlan.STREETS - 2;
        for (int i = 1; i <= n; i++) {
            for (int j = 1; j <= n; j++) {
                g.addNode(plan.at[0][i], plan.at[1][j], 0);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double[] a = g.node(i * n + j);
                if (i + 1 < n) {
                    double[] b = g.node((i + 1) * n + j);
                    g.addRoad(
                            i * n + j,
                            (i + 1) * n + j,
                            new double[] {a[0], a[1], b[0], b[1]},
                            plan.half[1][j + 1]);
                }
                if (j + 1 < n) {
                    double[] b = g.node(i * n + j + 1);
                    g.addRoad(
                            i * n + j,
                            i * n + j + 1,
                            new double[] {a[0], a[1], b[0], b[1]},
                            plan.half[0][i + 1]);
                }
            }
        }
        return g;
    }
}
