package io.azimuth.perception.simulation;

/**
 * Sets up furniture and clutter in the strip along the kerb, mostly close to parked cars, and along
 * the houses; the middle stays free for people.
 */
final class Sidewalk {
    private static final double STRIP_LOW_M = 0.35;
    private static final double STRIP_HIGH_M = 0.85;

    private final Stand stand;

    Sidewalk(Stand stand) {
        this.stand = stand;
    }

    void furnish(Dice dice, Frontage f) {
        double from = f.from() + StreetPlan.CORNER_M + 1;
        double to = f.to() - StreetPlan.CORNER_M - 1;
        corners(dice.child(1), f);
        trees(dice.child(2), f, from, to);
        regular(dice.child(3), f, from, to);
        strip(dice.child(4), f, from, to);
        wallSide(dice.child(5), f, from, to);
    }

    private void corners(Dice dice, Frontage f) {
        boolean lights = dice.chance(0.35);
        for (int k = 0; k < 2; k++) {
            double a = k == 0 ? f.from() + 4.2 : f.to() - 4.2;
            double turn = f.trafficAlong() ? 0 : Math.PI;
            if (lights) {
                double towardsRoad = f.outwards();
                stand.post(dice, Furniture.trafficLight(dice), f, a, 0.9, towardsRoad);
            } else if (dice.chance(0.6)) {
                stand.post(dice, Furniture.sign(dice), f, a, 0.7, turn + Math.PI);
            }
            for (int b = dice.chance(0.4) ? 2 + dice.below(4) : 0; b > 0; b--) {
                double along = a + (k == 0 ? 1.4 : -1.4) * b;
                stand.post(dice.child(k), Furniture.bollard(dice.child(k)), f, along, 0.45, 0);
            }
        }
    }

    private void trees(Dice dice, Frontage f, double from, double to) {
        if (!dice.chance(0.5)) {
            return;
        }
        double spacing = dice.between(7, 14);
        double size = dice.between(0.6, 1.1);
        boolean young = dice.chance(0.25);
        for (double a = from + 1; a < to; a += spacing * dice.between(0.9, 1.15)) {
            if (dice.chance(0.12)) {
                continue;
            }
            Dice d = dice.child((long) (10 * a));
            Shape s = young ? Plants.guarded(d) : Plants.tree(d, size);
            stand.post(d, s, f, a, d.between(0.6, 0.9), d.between(0, 6));
        }
    }

    /** Lamps or wires' poles at even distances. */
    private void regular(Dice dice, Frontage f, double from, double to) {
        long look = dice.bits();
        boolean wires = dice.chance(0.15);
        double spacing = dice.between(18, 34);
        for (double a = from + dice.between(0, 8); a < to; a += spacing) {
            Dice d = new Dice(look);
            Shape s = wires ? Furniture.utilityPole(d) : Furniture.lamp(d);
            stand.post(dice, s, f, a, 0.5, f.outwards());
        }
    }

    private void strip(Dice dice, Frontage f, double from, double to) {
        double mean = dice.between(3.5, 9);
        double a = from + dice.between(0, mean);
        for (int k = 0; a < to; k++) {
            Dice d = dice.child(k);
            a += item(d, f, a) + mean * d.between(0.4, 1.6);
        }
    }

    /** One thing, or a row of them; returns its length along the kerb. */
    private double item(Dice d, Frontage f, double a) {
        double depth = d.between(STRIP_LOW_M, STRIP_HIGH_M);
        double turn = d.between(-0.15, 0.15) + (d.chance(0.5) ? Math.PI : 0);
        double kind = d.unit();
        if (kind < 0.16) {
            stand.post(d, Furniture.sign(d), f, a, depth, turn);
        } else if (kind < 0.27) {
            stand.post(d, Furniture.post(d), f, a, depth, turn);
        } else if (kind < 0.35) {
            return rowOf(d, f, a, depth, 3 + d.below(7));
        } else if (kind < 0.46) {
            return bins(d, f, a, depth);
        } else if (kind < 0.52) {
            stand.along(d, Clutter.litterBin(d), f, a, depth, turn);
        } else if (kind < 0.57) {
            stand.along(d, Furniture.hydrant(d), f, a, depth, turn);
        } else if (kind < 0.65) {
            stand.along(d, Furniture.cabinet(d), f, a, depth, turn);
        } else if (kind < 0.69) {
            stand.along(d, Plants.planter(d), f, a, 0.8, 0);
        } else if (kind < 0.74) {
            stand.along(d, Furniture.bikeRack(d), f, a + 1.5, 1.05, 0);
            return 4;
        } else if (kind < 0.8) {
            double length = d.between(2, 7);
            stand.along(d, Plants.hedge(d, length), f, a + length / 2, 0.75, 0);
            return length;
        } else if (kind < 0.86) {
            stand.along(d, Plants.shrub(d), f, a, 1.1, turn);
        } else if (kind < 0.89) {
            stand.along(d, Furniture.shelter(d), f, a + 2.5, 1, 0);
            return 5;
        } else if (kind < 0.91) {
            stand.along(d, Furniture.advertisingColumn(d), f, a, 1, 0);
        } else if (kind < 0.95) {
            return works(d, f, a);
        } else if (kind < 0.97) {
            double length = d.between(4, 9);
            stand.along(d, Furniture.guardRail(d, length), f, a + length / 2, 0.4, 0);
            return length;
        } else {
            stand.along(d, Furniture.board(d), f, a, 0.7, turn + Math.PI / 2);
        }
        return 0;
    }

    private double rowOf(Dice d, Frontage f, double a, double depth, int n) {
        long look = d.bits();
        double step = d.between(1.2, 2.2);
        for (int k = 0; k < n; k++) {
            stand.post(d, Furniture.bollard(new Dice(look)), f, a + k * step, depth, 0);
        }
        return n * step;
    }

    private double bins(Dice d, Frontage f, double a, double depth) {
        int n = 1 + d.below(5);
        for (int k = 0; k < n; k++) {
            double turn = f.outwards() + d.between(-0.3, 0.3);
            stand.along(d, Clutter.wheelieBin(d), f, a + 0.75 * k, depth, turn);
        }
        if (d.chance(0.3)) {
            stand.along(d, Clutter.heap(d), f, a + 0.75 * n + 0.4, depth + 0.1, 0);
        }
        return 0.75 * n;
    }

    /** A hole in the sidewalk with barriers around, or a skip. */
    private double works(Dice d, Frontage f, double a) {
        int n = 2 + d.below(3);
        for (int k = 0; k < n; k++) {
            if (d.chance(0.6)) {
                stand.along(d, Clutter.barrier(d), f, a + 2.3 * k, 0.5, d.between(-0.2, 0.2));
            } else {
                stand.along(d, Clutter.beacon(d), f, a + 2.3 * k, 0.5, Math.PI / 2);
            }
        }
        if (d.chance(0.5)) {
            stand.along(d, Clutter.dumpster(d), f, a + 2.3 * n + 1, 1.05, 0);
        } else {
            stand.along(d, Clutter.heap(d), f, a + 1.5, 0.9, 0);
        }
        return 2.3 * n + 3;
    }

    /** Along house walls and gardens, behind where people walk. */
    private void wallSide(Dice dice, Frontage f, double from, double to) {
        boolean lively = dice.chance(0.3);
        double mean = lively ? 5 : 16;
        double a = from + dice.between(0, mean);
        for (int k = 0; a < to; k++) {
            Dice d = dice.child(k);
            double kind = d.unit();
            double depth = StreetPlan.SIDEWALK_M + d.between(0, 0.3);
            if (lively && kind < 0.45) {
                stand.along(d, Clutter.cafeTable(d), f, a, depth + 0.4, d.between(0, 6));
            } else if (lively && kind < 0.6) {
                stand.along(d, Clutter.stall(d), f, a, depth + 0.6, 0);
            } else if (kind < 0.7) {
                stand.along(d, Plants.planter(d), f, a, depth, 0);
            } else if (kind < 0.8) {
                stand.along(d, Clutter.figure(d), f, a, depth + 0.3, d.between(0, 6));
            } else if (kind < 0.9) {
                stand.along(d, Furniture.bench(d), f, a, depth, 0);
            } else {
                stand.along(d, Furniture.board(d), f, a, depth, 0);
            }
            a += mean * d.between(0.4, 1.6);
        }
    }
}
