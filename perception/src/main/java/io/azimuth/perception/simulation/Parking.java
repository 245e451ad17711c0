package io.azimuth.perception.simulation;

import java.util.List;

/** Chooses where cars stand: along kerbs, in bays across or aslant, on lots and drives. */
final class Parking {
    /** Room from a car's middle to the next one's along the kerb, metres. */
    private static final double SHORTEST_M = 6.1;

    private final List<double[]> parked;
    private final double density;
    private final double[] w = new double[2];

    Parking(List<double[]> parked, double density) {
        this.parked = parked;
        this.density = density;
    }

    /** The parking lane of a frontage, clear of drives and bays. */
    void lane(Dice dice, Frontage f) {
        double a = f.from() + 9 + dice.between(0, 6);
        double end = f.to() - 9;
        while (a + 6 < end) {
            double clear = clearOfLots(f, a);
            if (clear > a) {
                a = clear;
                continue;
            }
            if (dice.chance(density)) {
                double depth = -1.1 + dice.between(-0.12, 0.12);
                // right-hand traffic: the kerb is on the right of most parked cars
                double turn = f.trafficAlong() == dice.chance(0.07) ? 0 : Math.PI;
                park(f, a + 3, depth, turn + dice.between(-0.03, 0.03));
            }
            a += dice.between(SHORTEST_M, 7.2);
        }
    }

    /** Where a place of 6 m may begin at or after {@code a}. */
    private static double clearOfLots(Frontage f, double a) {
        for (Lot lot : f.plan().lots) {
            if (lot.frontage().equals(f) && a + 6.6 > lot.from() && a < lot.to() + 0.6) {
                return lot.to() + 0.7;
            }
        }
        return a;
    }

    void lot(Dice dice, Lot lot) {
        Frontage f = lot.frontage();
        double out = f.outwards();
        switch (lot.kind()) {
            case BAYS -> {
                double step = dice.between(2.75, 3) / StrictMath.cos(lot.slant());
                double side = dice.chance(0.5) ? lot.slant() : -lot.slant();
                double inset = lot.slant() > 0 ? 2.6 : 1.6;
                for (double a = lot.from() + inset; a + inset < lot.to(); a += step) {
                    if (dice.chance(density)) {
                        double turn = dice.chance(0.2) ? out : out + Math.PI;
                        park(f, a, 5.9, turn + side + dice.between(-0.03, 0.03));
                    }
                }
            }
            case YARD -> {
                for (int k = 0; k < 4; k++) {
                    for (int column = 0; column < 2; column++) {
                        if (dice.chance(density)) {
                            double a = column == 0 ? lot.from() + 3.3 : lot.to() - 3.3;
                            double turn = dice.chance(0.5) ? 0 : Math.PI;
                            park(f, a, 5 + 2.9 * k, turn + dice.between(-0.04, 0.04));
                        }
                    }
                }
            }
            default -> {
                if (dice.chance(0.4 + 0.4 * density)) {
                    double turn = dice.chance(0.5) ? out : out + Math.PI;
                    double depth = 6.2 + dice.between(0, lot.depth() - 8);
                    park(f, 0.5 * (lot.from() + lot.to()), depth, turn);
                }
            }
        }
    }

    private void park(Frontage f, double a, double depth, double turn) {
        double yaw = f.along(a, depth, w) + turn;
        parked.add(new double[] {w[0], w[1], StrictMath.cos(yaw), StrictMath.sin(yaw)});
    }
}
