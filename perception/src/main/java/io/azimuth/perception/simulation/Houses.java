package io.azimuth.perception.simulation;

/**
 * Shapes of buildings, x along the street unless said otherwise, and of what is built onto them, x
 * towards the street and 0 at the wall. Walls are bands and piers in front of recessed glass.
 */
final class Houses {
    private static final double STOREY_M = 2.9;
    private static final double CELLAR_M = -3.5;

    private Houses() {}

    /**
     * Size and style of one building.
     *
     * @param width along the street, metres
     * @param depth metres
     * @param storeys under the roof
     * @param sill height of the lowest windows, metres: shops have theirs near the ground
     * @param bays windows in a row
     */
    record Plan(double width, double depth, int storeys, double sill, int bays) {
        double height() {
            return sill + STOREY_M * storeys;
        }
    }

    static Plan detached(Dice dice) {
        double width = dice.between(8, 15);
        return new Plan(
                width,
                dice.between(8, 12),
                1 + dice.below(3),
                dice.between(0.9, 1.6),
                (int) (width / dice.between(2.4, 4)));
    }

    static Plan terraced(Dice dice) {
        double width = dice.between(5, 8);
        return new Plan(width, dice.between(8, 11), 2 + dice.below(2), dice.between(0.9, 1.7), 2);
    }

    static Plan block(Dice dice, double width) {
        double sill = dice.chance(0.5) ? 0.35 : dice.between(1, 2);
        int bays = (int) Math.max(2, Math.min(8, width / dice.between(2.6, 4)));
        return new Plan(width, dice.between(10, 14), 3 + dice.below(3), sill, bays);
    }

    static Shape shape(Plan plan, Dice dice, boolean flatRoof) {
        double albedo = dice.between(0.2, 0.75);
        double x = plan.width / 2;
        double y = plan.depth / 2;
        double top = plan.height();
        double recess = dice.chance(0.25) ? 0.01 : dice.between(0.06, 0.3);
        double glass = dice.between(0.45, 0.8);
        double pane = dice.between(1.2, 1.7);
        Shape s = new Shape();
        s.box(-x + 0.2, x - 0.2, y - 1.4, CELLAR_M, top - 0.1).of(Surface.HOUSE, 0.2, 0.3, 1);
        s.box(-x + 0.1, x - 0.1, y - recess, CELLAR_M, top - 0.05)
                .of(Surface.WINDOW, 0.25, glass, 1);
        s.box(-x, x, y, CELLAR_M, plan.sill).of(Surface.HOUSE, albedo, 0, 1);
        for (int i = 0; i < plan.storeys; i++) {
            double low = plan.sill + i * STOREY_M;
            boolean shop = i == 0 && plan.sill < 0.5;
            s.box(-x, x, y, low + (shop ? 2.3 : pane), low + STOREY_M)
                    .of(Surface.HOUSE, albedo, 0, 1);
        }
        double pier = Math.max(0.5, plan.width / plan.bays - dice.between(0.9, 2.2));
        for (int i = 0; i <= plan.bays; i++) {
            double c = -x + i * plan.width / plan.bays;
            double low = Math.max(-x, c - pier / 2);
            s.box(low, Math.min(x, c + pier / 2), y, CELLAR_M, top).of(Surface.HOUSE, albedo, 0, 1);
        }
        roof(s, dice, x, y, top, flatRoof);
        return s;
    }

    private static void roof(Shape s, Dice dice, double x, double y, double top, boolean flat) {
        double albedo = dice.between(0.12, 0.4);
        double eaves = dice.between(0.15, 0.6);
        if (flat) {
            s.box(-x - 0.05, x + 0.05, y + 0.05, top, top + dice.between(0.2, 1))
                    .of(Surface.HOUSE, 0.4, 0, 1);
            s.box(-0.4 * x, 0.1 * x, 0.4 * y, top, top + 2.8).of(Surface.ROOF, albedo, 0, 1);
            return;
        }
        double ridge = dice.between(0.35, 0.75) * y + 0.8;
        double hip = dice.chance(0.35) ? 0.7 * y : 0;
        s.taper(-x - 0.2, -x + hip, x + 0.2, x - hip, y + eaves, 0.12, top, top + ridge)
                .of(Surface.ROOF, albedo, 0, 1);
        double c = dice.between(-0.5, 0.5) * x;
        s.box(c, c + 0.6, 0.35, top, top + ridge + 0.9).of(Surface.ROOF, 0.3, 0, 1);
        if (dice.chance(0.4)) {
            double d = dice.between(-0.6, 0.2) * x;
            s.box(d, d + 1.6, 0.75 * y, top, top + 0.6 * ridge).of(Surface.ROOF, albedo, 0, 1);
        }
    }

    /** A garage or shed: no windows, a door that lies a little back. */
    static Shape garage(Dice dice) {
        double x = dice.between(1.5, 3.1);
        double y = dice.between(2.6, 3.4);
        double h = dice.between(2.2, 2.8);
        double albedo = dice.between(0.2, 0.7);
        Shape s = new Shape();
        s.box(-x + 0.3, x - 0.3, y - 0.12, -1, h).of(Surface.HOUSE, 0.8 * albedo, 0, 1);
        s.box(-x, -x + 0.32, y, -1, h).of(Surface.HOUSE, albedo, 0, 1);
        s.box(x - 0.32, x, y, -1, h).of(Surface.HOUSE, albedo, 0, 1);
        s.box(-x, x, y, h - 0.25, h + 0.1).of(Surface.HOUSE, albedo, 0, 1);
        return s;
    }

    /** A bay or oriel with glass, or a conservatory. */
    static Shape bay(Dice dice) {
        double out = dice.between(0.5, 1.4);
        double y = dice.between(0.9, 1.8);
        double low = dice.chance(0.6) ? -1.5 : 2.9;
        double top = Math.max(2.9, low + 2.8) + (dice.chance(0.4) ? STOREY_M : 0);
        double sill = Math.max(0, low) + dice.between(0.3, 0.9);
        Shape s = new Shape();
        s.box(0, out - 0.04, y - 0.04, low, top).of(Surface.WINDOW, 0.25, 0.6, 1);
        s.box(0, out, y, low, sill).of(Surface.HOUSE, 0.45, 0, 1);
        s.box(0, out + 0.1, y + 0.1, top - 0.4, top).of(Surface.HOUSE, 0.45, 0, 1);
        s.box(out - 0.12, out, 0.12, low, top).of(Surface.HOUSE, 0.5, 0, 1);
        return s;
    }

    /** Steps up to a door under a small roof on posts. */
    static Shape porch(Dice dice) {
        int steps = 1 + dice.below(5);
        double y = dice.between(0.7, 1.3);
        Shape s = new Shape();
        for (int k = 0; k < steps; k++) {
            s.box(0, 0.9 + 0.3 * (steps - k), y, -0.5, 0.17 * (k + 1))
                    .of(Surface.STAIRS, 0.35, 0, 1);
        }
        s.box(0.02, 0.06, 0.5, 0.17 * steps, 0.17 * steps + 2.1)
                .of(Surface.HOUSE, dice.between(0.1, 0.6), 0, 1);
        if (dice.chance(0.6)) {
            s.box(0, 1.1, y, 2.6 + 0.17 * steps, 2.8 + 0.17 * steps).of(Surface.ROOF, 0.3, 0, 1);
            if (dice.chance(0.6)) {
                s.cylinder(1, y - 0.1, 0.07, 0, 2.6).of(Surface.POLE, 0.4, 0, 1);
                s.cylinder(1, 0.1 - y, 0.07, 0, 2.6).of(Surface.POLE, 0.4, 0, 1);
            }
        }
        if (dice.chance(0.4)) {
            s.box(0.9, 0.9 + 0.3 * steps, y + 0.04, 0.1, 1.1 + 0.1 * steps)
                    .of(Surface.FENCE, 0.4, 0, 0.15);
        }
        return s;
    }

    /** A column of balconies with slabs and rails. */
    static Shape balconies(Dice dice, int storeys) {
        double out = dice.between(0.9, 1.6);
        double y = dice.between(1.1, 2.2);
        boolean solid = dice.chance(0.4);
        Shape s = new Shape();
        for (int k = 1; k <= Math.min(5, storeys); k++) {
            double z = 0.6 + k * STOREY_M;
            s.box(0, out, y, z, z + 0.18).of(Surface.HOUSE, 0.5, 0, 1);
            s.box(out - 0.06, out, y, z + 0.18, z + 1.1)
                    .of(solid ? Surface.HOUSE : Surface.FENCE, 0.4, 0, solid ? 1 : 0.35);
        }
        return s;
    }

    /** Upper storeys over an open ground floor that stands on columns. */
    static Shape arcade(Dice dice, double width, double height) {
        double y = width / 2;
        double out = dice.between(2, 2.8);
        Shape s = new Shape();
        s.box(0, out, y, 3.1, height).of(Surface.HOUSE, dice.between(0.3, 0.7), 0, 1);
        int columns = (int) (width / dice.between(3, 4.5));
        for (int k = 0; k <= columns; k++) {
            double c = -y + 0.3 + k * (width - 0.6) / columns;
            s.cylinder(out - 0.3, c, 0.22, -0.5, 3.1).of(Surface.POLE, 0.5, 0, 1);
        }
        return s;
    }

    /** What stretches over a shop's window. */
    static Shape awning(Dice dice) {
        double y = dice.between(1.5, 3.5);
        double out = dice.between(0.7, 1.3);
        Shape s = new Shape();
        s.taper(0, 0, out, 0.1, y, y, dice.between(2.2, 2.5), 2.9).of(Surface.CLOTH, 0.5, 0, 1);
        s.box(0, 0.12, 0.3, 3.1, 3.8).of(Surface.SIGN, 0.6, 0, 1);
        return s;
    }
}
