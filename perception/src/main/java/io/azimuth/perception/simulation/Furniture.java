package io.azimuth.perception.simulation;

/** Shapes of what the town itself sets up beside its streets; x along the street. */
final class Furniture {
    /** Albedo of a clean retro-reflective sheet. */
    private static final double RETRO = 6;

    private Furniture() {}

    static Shape lamp(Dice dice) {
        double h = dice.between(3.5, 8.5);
        double r = dice.between(0.05, 0.1);
        Shape s = new Shape();
        s.cylinder(0, 0, r, -0.5, h).of(Surface.POLE, 0.35, 0, 1);
        s.cylinder(0, 0, r + 0.06, -0.5, dice.between(0.5, 1.2)).of(Surface.POLE, 0.3, 0, 1);
        if (h > 5) {
            s.box(0, dice.between(0.6, 1.8), 0.1, h - 0.15, h).of(Surface.POLE, 0.4, 0, 1);
        } else {
            s.ellipsoid(0, 0, h, 0.22, 0.22, 0.25).of(Surface.POLE, 0.5, 0, 1);
        }
        return s;
    }

    /** A bare post: of a fence, a wire, a parking meter with its head. */
    static Shape post(Dice dice) {
        double h = dice.between(1, 2.8);
        Shape s = new Shape();
        s.cylinder(0, 0, dice.between(0.025, 0.09), -0.3, h).of(Surface.POLE, 0.35, 0, 1);
        if (dice.chance(0.35)) {
            s.box(-0.13, 0.13, 0.1, h - 0.45, h).of(Surface.FURNITURE, 0.3, 0, 1);
        }
        return s;
    }

    static Shape utilityPole(Dice dice) {
        Shape s = new Shape();
        s.cylinder(0, 0, dice.between(0.12, 0.19), -0.5, dice.between(7, 10))
                .of(Surface.POLE, 0.25, 0, 1);
        return s;
    }

    /** A plate faces along the street; some posts carry two. */
    static Shape sign(Dice dice) {
        double low = dice.between(1.7, 2.3);
        double y = dice.between(0.2, 0.45);
        double h = dice.chance(0.3) ? dice.between(0.25, 0.4) : 2 * y;
        Shape s = new Shape();
        s.cylinder(0, 0, dice.between(0.03, 0.045), -0.3, low + h + 0.1)
                .of(Surface.POLE, 0.4, 0, 1);
        s.box(0.05, 0.065, y, low, low + h).of(Surface.PLATE, dice.between(0.5, 1) * RETRO, 0, 1);
        if (dice.chance(0.25)) {
            s.box(0.05, 0.065, 0.21, low - 0.4, low - 0.05)
                    .of(Surface.PLATE, dice.between(0.4, 0.8) * RETRO, 0, 1);
        }
        s.box(0.035, 0.05, 0.9 * y, low, low + h).of(Surface.SIGN, 0.5, 0, 1);
        return s;
    }

    /** A name plate or poster on two legs. */
    static Shape board(Dice dice) {
        double y = dice.between(0.5, 1.4);
        double low = dice.between(0.4, 1);
        Shape s = new Shape();
        s.box(-0.05, 0.05, y, low, low + dice.between(0.6, 1.5)).of(Surface.SIGN, 0.6, 0, 1);
        s.cylinder(0, y - 0.05, 0.04, -0.3, low + 0.3).of(Surface.POLE, 0.35, 0, 1);
        s.cylinder(0, 0.05 - y, 0.04, -0.3, low + 0.3).of(Surface.POLE, 0.35, 0, 1);
        return s;
    }

    /** Signals at head height, some with an arm over the road (x). */
    static Shape trafficLight(Dice dice) {
        double h = dice.between(2.9, 3.5);
        Shape s = new Shape();
        s.cylinder(0, 0, dice.between(0.06, 0.1), -0.5, h).of(Surface.POLE, 0.35, 0, 1);
        s.box(0.08, 0.4, 0.16, h - 1, h - 0.05).of(Surface.FURNITURE, 0.15, 0, 1);
        s.box(-0.35, -0.08, 0.14, 2, 2.5).of(Surface.FURNITURE, 0.15, 0, 1);
        if (dice.chance(0.4)) {
            s.cylinder(0, 0, 0.09, -0.5, 5.8).of(Surface.POLE, 0.35, 0, 1);
            s.box(0, dice.between(2.5, 5), 0.07, 5.5, 5.7).of(Surface.POLE, 0.35, 0, 1);
            s.box(2.2, 2.5, 0.2, 4.8, 5.8).of(Surface.FURNITURE, 0.15, 0, 1);
        }
        return s;
    }

    static Shape bollard(Dice dice) {
        double r = dice.between(0.04, 0.14);
        double h = dice.between(0.6, 1.1);
        Shape s = new Shape();
        s.cylinder(0, 0, r, -0.3, h).of(Surface.POLE, 0.35, 0, 1);
        if (dice.chance(0.4)) {
            s.cylinder(0, 0, r + 0.004, h - 0.25, h - 0.12).of(Surface.PLATE, 0.5 * RETRO, 0, 1);
        } else if (dice.chance(0.3)) {
            s.ellipsoid(0, 0, h, 1.3 * r, 1.3 * r, 1.3 * r).of(Surface.POLE, 0.4, 0, 1);
        }
        return s;
    }

    static Shape hydrant(Dice dice) {
        Shape s = new Shape();
        s.cylinder(0, 0, 0.13, -0.2, dice.between(0.55, 0.8)).of(Surface.FURNITURE, 0.5, 0, 1);
        s.box(-0.2, 0.2, 0.07, 0.4, 0.55).of(Surface.FURNITURE, 0.5, 0, 1);
        s.ellipsoid(0, 0, 0.75, 0.13, 0.13, 0.12).of(Surface.FURNITURE, 0.5, 0, 1);
        return s;
    }

    /** Electricity and telephone boxes, post boxes, ticket machines. */
    static Shape cabinet(Dice dice) {
        double x = dice.between(0.22, 0.85);
        double y = dice.between(0.15, 0.35);
        Shape s = new Shape();
        s.box(-x, x, y, -0.2, dice.between(0.9, 1.75)).of(Surface.FURNITURE, 0.45, 0, 1);
        s.box(-0.9 * x, 0.9 * x, 1.1 * y, -0.2, 0.15).of(Surface.FURNITURE, 0.3, 0, 1);
        return s;
    }

    static Shape bench(Dice dice) {
        double x = dice.between(0.7, 1.1);
        Shape s = new Shape();
        s.box(-x, x, 0.24, 0.4, 0.46).of(Surface.FURNITURE, 0.3, 0, 1);
        s.box(-x + 0.1, -x + 0.18, 0.22, -0.1, 0.4).of(Surface.FURNITURE, 0.3, 0, 1);
        s.box(x - 0.18, x - 0.1, 0.22, -0.1, 0.4).of(Surface.FURNITURE, 0.3, 0, 1);
        if (dice.chance(0.6)) {
            s.box(-x, x, 0.03, 0.55, 0.85).of(Surface.FURNITURE, 0.3, 0, 1);
        }
        return s;
    }

    /** Glass walls, a roof, a bench and a poster case. */
    static Shape shelter(Dice dice) {
        double x = dice.between(1.5, 2.6);
        Shape s = new Shape();
        s.box(-x, x, 0.75, 2.35, 2.5).of(Surface.FURNITURE, 0.4, 0, 1);
        s.box(-x, x, 0.02, 0.15, 2.3).of(Surface.WINDOW, 0.3, 0.75, 1);
        s.box(-x, -x + 0.05, 0.7, 0.1, 2.35).of(Surface.WINDOW, 0.3, 0.7, 1);
        s.box(x - 0.12, x, 0.65, 0.1, 2.35).of(Surface.SIGN, 0.5, 0, 1);
        for (int k = -1; k <= 1; k++) {
            s.box(k * 0.97 * x - 0.04, k * 0.97 * x + 0.04, 0.04, -0.2, 2.35)
                    .of(Surface.POLE, 0.3, 0, 1);
        }
        s.box(-0.6 * x, 0.5 * x, 0.25, 0.42, 0.5).of(Surface.FURNITURE, 0.3, 0, 1);
        return s;
    }

    static Shape advertisingColumn(Dice dice) {
        double r = dice.between(0.55, 0.75);
        double h = dice.between(2.6, 3.4);
        Shape s = new Shape();
        s.cylinder(0, 0, r, -0.2, h).of(Surface.FURNITURE, 0.5, 0, 1);
        s.cylinder(0, 0, r + 0.08, -0.2, 0.3).of(Surface.FURNITURE, 0.4, 0, 1);
        s.ellipsoid(0, 0, h, r + 0.12, r + 0.12, 0.3).of(Surface.FURNITURE, 0.3, 0, 1);
        return s;
    }

    /** Hoops with bicycles leaning at them: thin, full of holes. */
    static Shape bikeRack(Dice dice) {
        Shape s = new Shape();
        int n = 2 + dice.below(4);
        for (int k = 0; k < n; k++) {
            double x = (k - 0.5 * n) * dice.between(0.6, 0.9);
            s.box(x, x + 0.05, 0.4, 0, 0.8).of(Surface.RACK, 0.35, 0, 0.2);
            if (dice.chance(0.75)) {
                s.box(x + 0.1, x + 0.16, 0.85, 0.02, dice.between(0.65, 0.8))
                        .of(Surface.RACK, 0.3, 0, 0.35);
                s.box(x - 0.1, x + 0.35, 0.04, 0.85, 1.05).of(Surface.RACK, 0.3, 0, 0.4);
            }
        }
        return s;
    }

    /** A barrier of steel on posts. */
    static Shape guardRail(Dice dice, double length) {
        double x = length / 2;
        Shape s = new Shape();
        s.box(-x, x, 0.04, 0.45, 0.78).of(Surface.FENCE, 0.5, 0, 1);
        int posts = 1 + (int) (length / dice.between(2, 3));
        for (int k = 0; k <= posts; k++) {
            s.cylinder(-x + k * length / posts, 0, 0.05, -0.3, 0.75).of(Surface.POLE, 0.4, 0, 1);
        }
        return s;
    }
}
