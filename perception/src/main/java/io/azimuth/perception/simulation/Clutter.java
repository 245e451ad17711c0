package io.azimuth.perception.simulation;

/** Shapes of what people put down beside the street, and of walls and fences. */
final class Clutter {
    private Clutter() {}

    static Shape wheelieBin(Dice dice) {
        boolean large = dice.chance(0.2);
        double x = large ? dice.between(0.5, 0.7) : dice.between(0.24, 0.3);
        double y = large ? 0.4 : dice.between(0.27, 0.36);
        double h = large ? dice.between(1.15, 1.4) : dice.between(0.95, 1.15);
        Shape s = new Shape();
        s.taper(-0.8 * x, -x, 0.8 * x, x, 0.8 * y, y, 0.05, h)
                .of(Surface.FURNITURE, dice.between(0.08, 0.5), 0, 1);
        s.wheel(-0.5 * x, 1.02 * y, 0.1, 0.03).of(Surface.FURNITURE, 0.08, 0, 1);
        return s;
    }

    static Shape litterBin(Dice dice) {
        Shape s = new Shape();
        s.cylinder(0, 0, dice.between(0.17, 0.3), 0.1, dice.between(0.75, 1.1))
                .of(Surface.FURNITURE, 0.3, 0, 1);
        s.cylinder(0, 0, 0.06, -0.2, 0.15).of(Surface.FURNITURE, 0.3, 0, 1);
        return s;
    }

    /** A container with a sloping lid, or an open skip. */
    static Shape dumpster(Dice dice) {
        double x = dice.between(0.8, 1.9);
        double y = dice.between(0.55, 0.95);
        double h = dice.between(1, 1.6);
        Shape s = new Shape();
        s.taper(-0.85 * x, -x, 0.85 * x, x, y, y, 0.1, h)
                .of(Surface.FURNITURE, dice.between(0.15, 0.5), 0, 1);
        if (dice.chance(0.6)) {
            s.taper(-x, -x, x, x, y, 0.4 * y, h, h + 0.3).of(Surface.FURNITURE, 0.3, 0, 1);
        }
        return s;
    }

    /** Bags, boxes or rubble in a heap. */
    static Shape heap(Dice dice) {
        Shape s = new Shape();
        int n = 2 + dice.below(4);
        for (int k = 0; k < n; k++) {
            double x = dice.between(-0.5, 0.5);
            double r = dice.between(0.2, 0.45);
            if (dice.chance(0.6)) {
                s.ellipsoid(x, dice.between(-0.3, 0.3), 0.6 * r, r, 0.9 * r, 0.8 * r)
                        .of(Surface.FURNITURE, dice.between(0.1, 0.6), 0, 1);
            } else {
                s.box(x, x + r, 0.8 * r, 0, dice.between(0.2, 0.6))
                        .of(Surface.FURNITURE, 0.4, 0, 1);
            }
        }
        return s;
    }

    /** A board with bright stripes on feet, as around a pit. */
    static Shape barrier(Dice dice) {
        double x = dice.between(0.6, 1.2);
        Shape s = new Shape();
        s.box(-x, x, 0.03, 0.8, 1.05).of(Surface.PLATE, dice.between(1.5, 4), 0, 1);
        s.box(-x, x, 0.025, 0.3, 0.45).of(Surface.FURNITURE, 0.5, 0, 1);
        s.box(-x, -x + 0.08, 0.3, 0, 0.1).of(Surface.FURNITURE, 0.3, 0, 1);
        s.box(x - 0.08, x, 0.3, 0, 0.1).of(Surface.FURNITURE, 0.3, 0, 1);
        s.box(-x, -x + 0.05, 0.03, 0, 1).of(Surface.FURNITURE, 0.3, 0, 1);
        s.box(x - 0.05, x, 0.03, 0, 1).of(Surface.FURNITURE, 0.3, 0, 1);
        return s;
    }

    /** A warning post with a bright plate. */
    static Shape beacon(Dice dice) {
        Shape s = new Shape();
        s.box(-0.03, 0.03, 0.13, 0.15, dice.between(0.9, 1.2))
                .of(Surface.PLATE, dice.between(2, 6), 0, 1);
        s.box(-0.4, 0.4, 0.2, 0, 0.13).of(Surface.FURNITURE, 0.15, 0, 1);
        return s;
    }

    /** A statue or fountain figure: about as tall as a person, on a plinth or not. */
    static Shape figure(Dice dice) {
        double plinth = dice.chance(0.6) ? dice.between(0.3, 0.9) : 0;
        double h = dice.between(1.5, 1.9);
        Shape s = new Shape();
        if (plinth > 0) {
            double r = dice.between(0.25, 0.5);
            s.box(-r, r, r, -0.3, plinth).of(Surface.FIGURE, 0.4, 0, 1);
        }
        double y = dice.between(0.13, 0.22);
        s.cylinder(0, 0.6 * y, 0.1, plinth - 0.2, plinth + 0.5 * h).of(Surface.FIGURE, 0.45, 0, 1);
        s.cylinder(0, -0.6 * y, 0.1, plinth - 0.2, plinth + 0.5 * h).of(Surface.FIGURE, 0.45, 0, 1);
        s.ellipsoid(0, 0, plinth + 0.62 * h, 0.16, 1.4 * y, 0.3 * h).of(Surface.FIGURE, 0.45, 0, 1);
        s.ellipsoid(0.02, 0, plinth + 0.94 * h, 0.11, 0.09, 0.13).of(Surface.FIGURE, 0.45, 0, 1);
        if (dice.chance(0.5)) {
            s.box(0, dice.between(0.3, 0.7), 0.05, plinth + 0.65 * h, plinth + 0.75 * h)
                    .of(Surface.FIGURE, 0.45, 0, 1);
        }
        return s;
    }

    /** The basin of a fountain. */
    static Shape basin(Dice dice) {
        double r = dice.between(0.9, 1.8);
        Shape s = new Shape();
        s.cylinder(0, 0, r, -0.3, dice.between(0.4, 0.7)).of(Surface.WALL, 0.4, 0, 1);
        s.cylinder(0, 0, 0.2, 0, dice.between(1.2, 2)).of(Surface.FIGURE, 0.4, 0, 1);
        return s;
    }

    /** A table with chairs, often under a parasol. */
    static Shape cafeTable(Dice dice) {
        Shape s = new Shape();
        s.cylinder(0, 0, 0.35, 0.7, 0.74).of(Surface.FURNITURE, 0.4, 0, 1);
        s.cylinder(0, 0, 0.04, -0.1, 0.7).of(Surface.FURNITURE, 0.4, 0, 1);
        int chairs = 1 + dice.below(3);
        for (int k = 0; k < chairs; k++) {
            double x = (k % 2 == 0 ? 1 : -1) * dice.between(0.5, 0.75);
            s.box(x - 0.2, x + 0.2, 0.2, 0.42, 0.47).of(Surface.FURNITURE, 0.3, 0, 1);
            s.box(x + Math.copySign(0.17, x) - 0.02, x + Math.copySign(0.17, x) + 0.02, 0.2, 0, 0.9)
                    .of(Surface.FENCE, 0.3, 0, 0.5);
        }
        if (dice.chance(0.5)) {
            double r = dice.between(0.9, 1.5);
            s.taper(-r, -0.1, r, 0.1, r, 0.1, 2.1, 2.6).of(Surface.CLOTH, 0.5, 0, 1);
            s.cylinder(0, 0, 0.03, 0, 2.4).of(Surface.POLE, 0.4, 0, 1);
        }
        return s;
    }

    /** A market stall: counter, posts, cloth roof, a back. */
    static Shape stall(Dice dice) {
        double x = dice.between(1, 2.2);
        double h = dice.between(2, 2.5);
        Shape s = new Shape();
        s.box(-x, x, 0.4, dice.between(0, 0.6), dice.between(0.8, 1.05))
                .of(Surface.FURNITURE, 0.4, 0, 1);
        s.taper(-x - 0.3, -x, x + 0.3, x, 1, 0.1, h, h + 0.6).of(Surface.CLOTH, 0.5, 0, 1);
        s.cylinder(-x, 0.8, 0.03, -0.1, h).of(Surface.POLE, 0.4, 0, 1);
        s.cylinder(x, 0.8, 0.03, -0.1, h).of(Surface.POLE, 0.4, 0, 1);
        s.cylinder(-x, -0.8, 0.03, -0.1, h).of(Surface.POLE, 0.4, 0, 1);
        s.cylinder(x, -0.8, 0.03, -0.1, h).of(Surface.POLE, 0.4, 0, 1);
        if (dice.chance(0.4)) {
            s.box(-x, -x + 0.02, 0.8, 0, h).of(Surface.CLOTH, 0.5, 0, 1);
        }
        return s;
    }

    static Shape wall(Dice dice, double length) {
        double x = length / 2;
        double h = dice.chance(0.4) ? dice.between(0.3, 0.8) : dice.between(0.9, 1.9);
        double y = dice.between(0.1, 0.2);
        Shape s = new Shape();
        s.box(-x, x, y, -0.8, h).of(Surface.WALL, dice.between(0.2, 0.6), 0, 1);
        if (dice.chance(0.4)) {
            s.box(-x - 0.1, -x + 0.3, y + 0.08, -0.8, h + 0.3).of(Surface.WALL, 0.5, 0, 1);
            s.box(x - 0.3, x + 0.1, y + 0.08, -0.8, h + 0.3).of(Surface.WALL, 0.5, 0, 1);
        }
        if (h < 0.8 && dice.chance(0.5)) {
            s.box(-x, x, 0.02, h, h + 0.8).of(Surface.FENCE, 0.4, 0, 0.25);
        }
        return s;
    }

    /** Pickets or bars, rails on posts, or boards. */
    static Shape fence(Dice dice, double length) {
        double x = length / 2;
        double h = dice.between(0.8, 1.9);
        double kind = dice.unit();
        Shape s = new Shape();
        if (kind < 0.5) {
            s.box(-x, x, 0.02, 0.05, h).of(Surface.FENCE, 0.4, 0, dice.between(0.2, 0.45));
        } else if (kind < 0.75) {
            s.box(-x, x, 0.03, h - 0.15, h - 0.05).of(Surface.FENCE, 0.4, 0, 1);
            s.box(-x, x, 0.03, 0.5 * h - 0.1, 0.5 * h).of(Surface.FENCE, 0.4, 0, 1);
        } else {
            s.box(-x, x, 0.03, 0.05, h).of(Surface.FENCE, dice.between(0.2, 0.5), 0, 0.97);
        }
        int posts = (int) Math.max(1, Math.min(5, length / 2.5));
        for (int k = 0; k <= posts; k++) {
            s.cylinder(-x + k * length / posts, 0, 0.05, -0.3, h + 0.05)
                    .of(Surface.POLE, 0.35, 0, 1);
        }
        return s;
    }
}
