package io.azimuth.perception.simulation;

/** Shapes of trees, shrubs, hedges and planting: porous cells, fuzzy at their edges. */
final class Plants {
    private Plants() {}

    /** A tree with a trunk that may fork and a crown of several clumps. */
    static Shape tree(Dice dice, double size) {
        double trunk = dice.between(1.7, 3.4);
        double r = size * dice.between(1.2, 2.6);
        double girth = dice.between(0.07, 0.26);
        double fill = dice.between(0.1, 0.3);
        Shape s = new Shape();
        s.cylinder(0, 0, girth, -0.5, trunk + 0.6 * r).of(Surface.TRUNK, 0.25, 0, 1);
        if (dice.chance(0.4)) {
            double lean = dice.between(0.15, 0.45);
            s.taper(
                            -girth / 2,
                            lean,
                            girth,
                            lean + girth,
                            0.5 * girth,
                            0.4 * girth,
                            0.6 * trunk,
                            trunk + r)
                    .of(Surface.TRUNK, 0.25, 0, 1);
        }
        double centre = trunk + 0.8 * r;
        s.ellipsoid(0, 0, centre, r, r * dice.between(0.8, 1), r * dice.between(0.8, 1.2))
                .of(Surface.CROWN, 0.4, 0, fill);
        int clumps = 2 + dice.below(3);
        for (int k = 0; k < clumps; k++) {
            double a = dice.between(0, 6.28);
            double q = dice.between(0.35, 0.6) * r;
            s.ellipsoid(
                            0.7 * r * StrictMath.cos(a),
                            0.7 * r * StrictMath.sin(a),
                            centre + r * dice.between(-0.5, 0.7),
                            q,
                            q * dice.between(0.8, 1.2),
                            q)
                    .of(Surface.CROWN, 0.4, 0, fill * dice.between(0.7, 1.3));
        }
        return s;
    }

    /** Narrow and green down to the ground. */
    static Shape conifer(Dice dice) {
        double r = dice.between(0.5, 1.8);
        double h = r * dice.between(2.5, 4.5);
        Shape s = new Shape();
        s.cylinder(0, 0, 0.05 + 0.06 * r, -0.5, 0.7 * h).of(Surface.TRUNK, 0.25, 0, 1);
        s.taper(-r, -0.05, r, 0.05, r, 0.05, dice.between(0.1, 0.8), h)
                .of(Surface.CROWN, 0.35, 0, 0.3);
        return s;
    }

    /** Clumps of different size: the outline of a car, a person or neither. */
    static Shape shrub(Dice dice) {
        Shape s = new Shape();
        int n = 1 + dice.below(4);
        for (int k = 0; k < n; k++) {
            double r = dice.between(0.25, 0.8);
            double h = r * dice.between(0.7, 1.4);
            s.ellipsoid(
                            k == 0 ? 0 : dice.between(-0.8, 0.8),
                            k == 0 ? 0 : dice.between(-0.6, 0.6),
                            0.6 * h,
                            r,
                            r * dice.between(0.7, 1.1),
                            h)
                    .of(Surface.HEDGE, 0.4, 0, dice.between(0.2, 0.5));
        }
        return s;
    }

    /** Stems in planting: thin, upright, in a group. */
    static Shape stems(Dice dice) {
        Shape s = new Shape();
        int n = 3 + dice.below(4);
        for (int k = 0; k < n; k++) {
            s.cylinder(
                            dice.between(-0.7, 0.7),
                            dice.between(-0.5, 0.5),
                            dice.between(0.02, 0.05),
                            -0.3,
                            dice.between(0.8, 2.2))
                    .of(Surface.TRUNK, 0.3, 0, 1);
        }
        s.ellipsoid(0, 0, 0.15, 0.9, 0.6, 0.35).of(Surface.HEDGE, 0.4, 0, 0.3);
        return s;
    }

    /** A clipped hedge, from low box to head height. */
    static Shape hedge(Dice dice, double length) {
        double h = dice.chance(0.35) ? dice.between(0.3, 0.8) : dice.between(0.9, 2);
        double y = dice.between(0.2, 0.5);
        double x = length / 2;
        Shape s = new Shape();
        s.taper(-x, -x + 0.05, x, x - 0.05, y, 0.85 * y, -0.2, h)
                .of(Surface.HEDGE, 0.4, 0, dice.between(0.3, 0.6));
        return s;
    }

    /** A block of box or laurel as long, wide and high as a car: the classical false one. */
    static Shape carLikeHedge(Dice dice) {
        double x = dice.between(1.5, 2.4);
        Shape s = new Shape();
        s.taper(
                        -x,
                        -x + 0.2,
                        x,
                        x - 0.2,
                        dice.between(0.6, 0.95),
                        dice.between(0.5, 0.8),
                        -0.1,
                        dice.between(0.8, 1.7))
                .of(Surface.HEDGE, 0.4, 0, dice.between(0.35, 0.7));
        return s;
    }

    /** A tub or raised bed with something in it. */
    static Shape planter(Dice dice) {
        double x = dice.between(0.3, 1.1);
        double y = Math.min(x, dice.between(0.25, 0.5));
        double h = dice.between(0.35, 0.8);
        Shape s = new Shape();
        s.taper(-0.9 * x, -x, 0.9 * x, x, 0.9 * y, y, -0.2, h).of(Surface.FURNITURE, 0.4, 0, 1);
        s.ellipsoid(0, 0, h + 0.2, 0.9 * x, 0.9 * y, dice.between(0.2, 0.7))
                .of(Surface.HEDGE, 0.4, 0, 0.35);
        return s;
    }

    /** A young tree between stakes, or an iron guard around a stem. */
    static Shape guarded(Dice dice) {
        Shape s = new Shape();
        double r = dice.between(0.25, 0.45);
        double h = dice.between(1, 1.8);
        if (dice.chance(0.5)) {
            s.box(-r, r, r, 0, h).of(Surface.FENCE, 0.3, 0, 0.2);
        } else {
            for (int k = 0; k < 3; k++) {
                s.cylinder(r * StrictMath.cos(2.1 * k), r * StrictMath.sin(2.1 * k), 0.04, -0.3, h)
                        .of(Surface.POLE, 0.4, 0, 1);
            }
        }
        double trunk = dice.between(2, 2.6);
        s.cylinder(0, 0, dice.between(0.04, 0.08), -0.3, trunk + 0.8).of(Surface.TRUNK, 0.25, 0, 1);
        s.ellipsoid(0, 0, trunk + 0.7, 0.9, 0.8, 0.9).of(Surface.CROWN, 0.4, 0, 0.2);
        return s;
    }
}
