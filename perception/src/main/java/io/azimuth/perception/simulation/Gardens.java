package io.azimuth.perception.simulation;

/** Plants and fences in front gardens, parks and behind the houses. */
final class Gardens {
    private final Stand stand;
    private final double[] w = new double[2];

    Gardens(Stand stand) {
        this.stand = stand;
    }

    /** What separates a front garden from the sidewalk, and what grows in it. */
    void front(Dice dice, Frontage f, double from, double to, double back) {
        double room = back - StreetPlan.SIDEWALK_M;
        if (room < 1.1) {
            return;
        }
        double kind = dice.unit();
        double gate = dice.between(0.9, 1.4);
        double at = dice.between(from, to - gate);
        if (kind < 0.75) {
            Dice left = dice.child(1);
            separator(left, kind, f, from, at);
            separator(dice.child(1), kind, f, at + gate, to);
        }
        int plants = (int) ((to - from) * Math.min(4, room) / dice.between(7, 16));
        for (int k = 0; k < plants; k++) {
            double a = dice.between(from + 0.6, to - 0.6);
            double depth = StreetPlan.SIDEWALK_M + dice.between(0.9, Math.max(1, room - 0.5));
            plant(dice.child(10 + k), f, a, depth, room);
        }
    }

    private void separator(Dice dice, double kind, Frontage f, double from, double to) {
        // short pieces follow the street's bend and the slope
        int pieces = Math.max(1, (int) ((to - from) / 5));
        double length = (to - from) / pieces;
        if (length < 0.5) {
            return;
        }
        long look = dice.bits();
        for (int k = 0; k < pieces; k++) {
            Dice d = new Dice(look);
            Shape s =
                    kind < 0.2
                            ? Clutter.wall(d, length)
                            : kind < 0.42 ? Clutter.fence(d, length) : Plants.hedge(d, length);
            double c = from + (k + 0.5) * length;
            stand.along(dice, s, f, c, StreetPlan.SIDEWALK_M + 0.5, 0);
        }
    }

    private void plant(Dice d, Frontage f, double a, double depth, double room) {
        double kind = d.unit();
        if (kind < 0.5) {
            stand.along(d, Plants.shrub(d), f, a, depth, d.between(0, 6));
        } else if (kind < 0.6) {
            stand.along(d, Plants.stems(d), f, a, depth, d.between(0, 6));
        } else if (kind < 0.7 && room > 2) {
            stand.along(d, Plants.carLikeHedge(d), f, a, depth, d.between(-0.1, 0.1));
        } else if (kind < 0.78) {
            stand.post(d, Plants.conifer(d), f, a, depth, 0);
        } else if (kind < 0.88 && room > 2) {
            stand.post(d, Plants.tree(d, 0.6), f, a, depth, 0);
        } else if (kind < 0.92) {
            stand.along(d, Clutter.figure(d), f, a, depth, d.between(0, 6));
        } else {
            stand.along(d, Plants.planter(d), f, a, depth, 0);
        }
    }

    /** A frontage without houses: trees, shrubs, a figure in a basin, benches, a guard rail. */
    void park(Dice dice, Frontage f, double from, double to) {
        boolean railed = dice.chance(0.4);
        for (double a = from + 3; a + 3 < to; a += dice.between(3, 7)) {
            double depth = StreetPlan.SIDEWALK_M + dice.between(0.8, 14);
            double kind = dice.unit();
            if (kind < 0.45) {
                stand.post(dice, Plants.tree(dice, 1.2), f, a, depth, dice.between(0, 6));
            } else if (kind < 0.75) {
                stand.along(dice, Plants.shrub(dice), f, a, depth, dice.between(0, 6));
            } else if (kind < 0.83) {
                stand.along(dice, Plants.carLikeHedge(dice), f, a, depth, dice.between(0, 6));
            } else if (kind < 0.9) {
                stand.along(dice, Furniture.bench(dice), f, a, depth, 0);
            } else if (kind < 0.95) {
                stand.along(dice, Clutter.figure(dice), f, a, depth, dice.between(0, 6));
            } else {
                stand.along(dice, Clutter.basin(dice), f, a, depth, 0);
            }
            if (railed) {
                stand.along(
                        dice, Furniture.guardRail(dice, 5), f, a, StreetPlan.SIDEWALK_M + 0.3, 0);
            }
        }
    }

    /** Inside a block: trees, sheds and buildings that show over and between the front row. */
    void yard(Dice dice, StreetPlan plan, int i, int j) {
        double inset = 29;
        double u0 = plan.at[0][i] + inset;
        double u1 = plan.at[0][i + 1] - inset;
        double v0 = plan.at[1][j] + inset;
        double v1 = plan.at[1][j + 1] - inset;
        int n = 8 + dice.below(10);
        for (int k = 0; k < n && u1 > u0 && v1 > v0; k++) {
            plan.toWorld(dice.between(u0, u1), dice.between(v0, v1), w);
            Dice d = dice.child(k);
            double yaw = d.between(0, 6);
            if (k == 0 && d.chance(0.6)) {
                Houses.Plan house = Houses.block(d, 12);
                stand.at(d, Houses.shape(house, d, d.chance(0.5)), w[0], w[1], 0);
            } else if (d.chance(0.12)) {
                stand.at(d, Houses.garage(d), w[0], w[1], yaw);
            } else if (d.chance(0.7)) {
                stand.post(d, Plants.tree(d, 1.3), w[0], w[1], yaw);
            } else if (d.chance(0.4)) {
                stand.post(d, Plants.conifer(d), w[0], w[1], yaw);
            } else {
                stand.at(d, Plants.shrub(d), w[0], w[1], yaw);
            }
        }
    }
}
