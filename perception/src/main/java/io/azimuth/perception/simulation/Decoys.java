package io.azimuth.perception.simulation;

/**
 * Upright things as large as people, in numbers that no street has: stone bollards, thin ones with
 * reflective bands, posts, totems, gate pillars, clipped shrubs, planting, also where people walk.
 * A network that learns where they stand in for every other street furniture tells people from what
 * is only as tall.
 */
final class Decoys {
    private static final double MEAN_STEP_M = 7;
    private static final double LEAST_DEPTH_M = 0.35;

    private final Stand stand;
    private final double density;

    /**
     * @param density things relative to one every 7 m of kerb, 0 for none
     */
    Decoys(Stand stand, double density) {
        this.stand = stand;
        this.density = density;
    }

    void scatter(Dice dice, Frontage f) {
        if (density == 0) {
            return;
        }
        double from = f.from() + StreetPlan.CORNER_M;
        double to = f.to() - StreetPlan.CORNER_M;
        double mean = MEAN_STEP_M / density;
        double a = from + dice.between(0, mean);
        for (int k = 0; a < to; k++) {
            Dice d = dice.child(k);
            a += item(d, f, a) + mean * d.between(0.3, 1.7);
        }
    }

    /** One thing or several alike; returns their length along the kerb. */
    private double item(Dice d, Frontage f, double a) {
        double depth = d.between(LEAST_DEPTH_M, StreetPlan.SIDEWALK_M + 2);
        double kind = d.unit();
        if (kind < 0.17) {
            return row(d, f, a, depth, false);
        } else if (kind < 0.33) {
            return row(d, f, a, depth, true);
        } else if (kind < 0.45) {
            return planting(d, f, a, depth);
        } else if (kind < 0.6) {
            stand.along(d, post(d), f, a, depth, d.between(0, 6));
        } else if (kind < 0.7) {
            stand.along(d, totem(d), f, a, depth, d.between(0, 6));
        } else if (kind < 0.77) {
            return gate(d, f, a);
        } else if (kind < 0.9) {
            stand.along(d, clipped(d), f, a, depth, d.between(0, 6));
        } else {
            stand.along(d, pot(d), f, a, depth, d.between(0, 6));
        }
        return 0;
    }

    private double row(Dice d, Frontage f, double a, double depth, boolean slim) {
        long look = d.bits();
        int n = 1 + d.below(6);
        double step = d.between(0.9, 2.4);
        for (int k = 0; k < n; k++) {
            Dice same = new Dice(look);
            stand.along(d, slim ? slim(same) : stump(same), f, a + k * step, depth, 0);
        }
        return n * step;
    }

    /** Clumps along the kerb, no two alike: some as narrow and tall as a child. */
    private double planting(Dice d, Frontage f, double a, double depth) {
        int n = 2 + d.below(6);
        double step = d.between(0.4, 1.2);
        for (int k = 0; k < n; k++) {
            double off = Math.max(LEAST_DEPTH_M, depth + d.between(-0.4, 0.4));
            stand.along(d, clump(d), f, a + k * step, off, d.between(0, 6));
        }
        return n * step;
    }

    private double gate(Dice d, Frontage f, double a) {
        long look = d.bits();
        double width = d.between(0.9, 3.5);
        double depth = StreetPlan.SIDEWALK_M + d.between(0.1, 0.6);
        stand.along(d, pillar(new Dice(look)), f, a, depth, 0);
        stand.along(d, pillar(new Dice(look)), f, a + width, depth, 0);
        return width;
    }

    /** A bollard of stone or iron, as tall as a child. */
    private static Shape stump(Dice dice) {
        double r = dice.between(0.07, 0.22);
        double h = dice.between(0.6, 1.3);
        Shape s = new Shape();
        s.cylinder(0, 0, r, -0.3, h).of(Surface.POLE, dice.between(0.1, 0.5), 0, 1);
        if (dice.chance(0.5)) {
            double wide = r * dice.between(1, 1.6);
            s.ellipsoid(0, 0, h, wide, wide, wide).of(Surface.POLE, 0.4, 0, 1);
        }
        return s;
    }

    /**
     * A thin bollard or marker post. Most have a reflective band: beams that touch it with their
     * edge alone come back too, so it is wider than the post.
     */
    static Shape slim(Dice dice) {
        double r = dice.between(0.03, 0.07);
        double h = dice.between(0.5, 1.2);
        Shape s = new Shape();
        s.cylinder(0, 0, r, -0.3, h).of(Surface.POLE, dice.between(0.1, 0.5), 0, 1);
        if (dice.chance(0.7)) {
            double top = h - dice.between(0, 0.15);
            double wide = r + dice.between(0.005, 0.05);
            double tall = dice.between(0.08, Math.min(0.4, 0.6 * h));
            s.cylinder(0, 0, wide, top - tall, top).of(Surface.BAND, Surface.BAND.albedo(), 0, 1);
        }
        if (dice.chance(0.3)) {
            double foot = r + dice.between(0.02, 0.08);
            s.cylinder(0, 0, foot, -0.3, dice.between(0.05, 0.3)).of(Surface.POLE, 0.3, 0, 1);
        }
        return s;
    }

    /** Grass, perennials, a young shrub: a loose tuft, often taller than wide. */
    private static Shape clump(Dice dice) {
        double r = dice.between(0.12, 0.45);
        double h = dice.between(0.4, 1.3);
        double fill = dice.between(0.2, 0.7);
        Shape s = new Shape();
        s.ellipsoid(0, 0, 0.45 * h, r, r * dice.between(0.6, 1), 0.55 * h)
                .of(Surface.HEDGE, dice.between(0.25, 0.5), 0, fill);
        if (dice.chance(0.4)) {
            double x = dice.between(-r, r);
            double tuft = r * dice.between(0.3, 0.7);
            s.ellipsoid(x, 0, 0.7 * h, tuft, tuft, 0.5 * h).of(Surface.HEDGE, 0.4, 0, fill);
        }
        return s;
    }

    /** From a meter to a column, as tall as a grown person or a little more. */
    private static Shape post(Dice dice) {
        double r = dice.between(0.04, 0.2);
        double h = dice.between(1.3, 2.3);
        Shape s = new Shape();
        s.cylinder(0, 0, r, -0.3, h).of(Surface.POLE, dice.between(0.1, 0.5), 0, 1);
        if (dice.chance(0.4)) {
            double foot = r + dice.between(0.03, 0.12);
            s.cylinder(0, 0, foot, -0.3, dice.between(0.2, 1)).of(Surface.POLE, 0.3, 0, 1);
        }
        if (dice.chance(0.3)) {
            double head = r + dice.between(0.05, 0.15);
            s.box(-head, head, head, h - dice.between(0.25, 0.6), h)
                    .of(Surface.FURNITURE, 0.3, 0, 1);
        }
        return s;
    }

    /** A ticket machine, a call box, a narrow board. */
    private static Shape totem(Dice dice) {
        double x = dice.between(0.1, 0.35);
        double y = dice.between(0.08, 0.3);
        double low = dice.chance(0.4) ? dice.between(0.3, 1) : -0.2;
        Shape s = new Shape();
        s.box(-x, x, y, low, dice.between(1.2, 2.1)).of(Surface.FURNITURE, 0.4, 0, 1);
        s.cylinder(0, 0, 0.05, -0.2, low + 0.1).of(Surface.POLE, 0.3, 0, 1);
        return s;
    }

    private static Shape pillar(Dice dice) {
        double r = dice.between(0.12, 0.3);
        double h = dice.between(1, 2.3);
        Shape s = new Shape();
        s.box(-r, r, r, -0.5, h).of(Surface.WALL, dice.between(0.2, 0.6), 0, 1);
        if (dice.chance(0.5)) {
            s.box(-r - 0.05, r + 0.05, r + 0.05, h, h + 0.08).of(Surface.WALL, 0.4, 0, 1);
        }
        return s;
    }

    /** A shrub cut upright, or grown so. */
    private static Shape clipped(Dice dice) {
        double r = dice.between(0.18, 0.5);
        double h = dice.between(0.8, 2);
        double fill = dice.between(0.3, 0.9);
        Shape s = new Shape();
        if (dice.chance(0.5)) {
            s.ellipsoid(0, 0, h / 2, r, r * dice.between(0.7, 1), h / 2)
                    .of(Surface.HEDGE, 0.4, 0, fill);
        } else {
            s.cylinder(0, 0, 0.04, -0.2, 0.7 * h).of(Surface.TRUNK, 0.25, 0, 1);
            s.ellipsoid(0, 0, h - r, r, r, r).of(Surface.HEDGE, 0.4, 0, fill);
        }
        return s;
    }

    /** A tub with something tall in it. */
    private static Shape pot(Dice dice) {
        double r = dice.between(0.18, 0.4);
        double rim = dice.between(0.3, 0.7);
        double h = dice.between(0.9, 1.9);
        Shape s = new Shape();
        s.cylinder(0, 0, r, -0.1, rim).of(Surface.FURNITURE, dice.between(0.1, 0.5), 0, 1);
        double plant = r * dice.between(0.6, 1.2);
        s.ellipsoid(0, 0, (rim + h) / 2, plant, plant, (h - rim) / 2)
                .of(Surface.HEDGE, 0.4, 0, dice.between(0.25, 0.7));
        return s;
    }
}
