package io.azimuth.perception.simulation;

/**
 * Cyclists of family B: cargo bikes with a box in front, bikes with a curved low frame, crouched
 * racers, recumbents and mopeds. Riders are chains of balls and upright cylinders; the legs are
 * drawn as a pair of columns that rise and fall with the pedals.
 */
final class HeldOutCycles {
    static final int PHASES = 6;

    private enum Kind {
        CARGO,
        LOW_FRAME,
        RACER,
        RECUMBENT
    }

    private final Kind kind;
    private final double size;
    private final double wheel;
    private final double front;
    private final double rear;
    private final double jacket;
    private final double trousers;
    private final double head;
    private final double metal;

    private HeldOutCycles(Kind kind, Dice dice) {
        this.kind = kind;
        size = dice.around(1, 0.04);
        wheel = kind == Kind.RECUMBENT ? 0.25 : dice.between(0.31, 0.36);
        rear = -0.55;
        front = kind == Kind.CARGO ? dice.between(0.95, 1.2) : kind == Kind.RECUMBENT ? 0.6 : 0.52;
        jacket = dice.chance(0.1) ? 1.5 : Finish.cloth(dice);
        trousers = Finish.cloth(dice);
        head = dice.chance(0.6) ? dice.between(0.3, 0.8) : Finish.skin(dice);
        metal = dice.between(0.15, 0.6);
    }

    static Figure cyclist(Dice dice) {
        double p = dice.unit();
        if (p < 0.12) {
            return Figure.stiff(moped(dice));
        }
        Kind kind =
                p < 0.3
                        ? Kind.CARGO
                        : p < 0.65 ? Kind.LOW_FRAME : p < 0.92 ? Kind.RACER : Kind.RECUMBENT;
        HeldOutCycles c = new HeldOutCycles(kind, dice);
        Shape[] phases = new Shape[PHASES];
        for (int i = 0; i < PHASES; i++) {
            phases[i] = c.pose(StrictMath.sin(2 * Math.PI * (i + 0.3) / PHASES));
        }
        return Figure.moving(c.pose(0.2), phases, kind == Kind.RACER ? 6.2 : 4.2);
    }

    private Shape pose(double pedal) {
        Shape s = new Shape();
        rim(s, rear, wheel);
        rim(s, front, kind == Kind.CARGO ? 0.25 : wheel);
        switch (kind) {
            case CARGO -> {
                Finish.solid(s.taper(.3, .2, front - .3, front - .15, .24, .32, .3, .78), metal);
                Finish.solid(s.box(0.08, 0.12, 0.3, 1.02, 1.06), Finish.TRIM);
                Finish.solid(s.taper(.14, .08, .2, .12, .02, .02, .3, 1.04), metal);
                rider(s, pedal, -0.36, 0.98, new double[] {-.34, -.3, -.24});
            }
            case LOW_FRAME -> {
                Finish.solid(s.ellipsoid(.1, 0, .42, .38, .025, .09), metal);
                Finish.solid(s.cylinder(.4, 0, .025, .4, 1.1), metal);
                Finish.solid(s.box(0.2, 0.4, 0.29, 1.08, 1.12), Finish.TRIM);
                Finish.solid(s.box(rear - .1, rear + .35, .07, .7, .74), Finish.TRIM);
                rider(s, pedal, -0.28, 0.97, new double[] {-.26, -.23, -.18});
            }
            case RACER -> {
                Finish.solid(s.taper(-.05, .3, 0, .36, .02, .02, .28, .86), metal);
                Finish.solid(s.box(-.2, .36, .02, .8, .84), metal);
                Finish.solid(s.box(0.42, 0.56, 0.21, 0.86, 0.9), Finish.TRIM);
                rider(s, pedal, -0.22, 1.0, new double[] {-.14, .04, .24});
            }
            default -> {
                Finish.solid(s.box(-.5, .85, .03, .38, .43), metal);
                Finish.solid(s.taper(-.35, -.6, -.2, -.42, .18, .16, .42, .85), Finish.TRIM);
                Finish.solid(s.ellipsoid(-.3, 0, .72, .28, .2, .18), jacket);
                Finish.solid(s.ellipsoid(.3, .1, .58 + .06 * pedal, .42, .07, .1), trousers);
                Finish.solid(s.ellipsoid(.3, -.1, .58 - .06 * pedal, .42, .07, .1), trousers);
                Finish.solid(s.ellipsoid(-.52, 0, 1.02, .11, .085, .13), head);
                Finish.solid(s.cylinder(-.75, 0, .01, .5, 1.5), Finish.TRIM);
                Finish.solid(s.box(-.85, -.75, .02, 1.35, 1.5), Finish.REFLECTOR);
            }
        }
        return s;
    }

    private void rim(Shape s, double x, double radius) {
        s.wheel(x, 0, radius, 0.02).of(Surface.FURNITURE, 0.12, 0.75, 1);
        // mudguard or rim above the tyre
        Finish.solid(s.box(x - 0.2, x + 0.2, 0.025, 1.9 * radius, 2 * radius + 0.02), metal);
    }

    /**
     * @param spine x of the three balls of the trunk, from the hip up
     */
    private void rider(Shape s, double pedal, double saddle, double seatZ, double[] spine) {
        double z = seatZ + 0.08;
        boolean flat = kind == Kind.RACER;
        for (int i = 0; i < 3; i++) {
            double r = i == 1 ? 0.17 : 0.185;
            Finish.solid(s.ellipsoid(spine[i], 0, z, r, r + 0.02, r), jacket);
            z += (flat ? 0.12 : 0.18) * size;
        }
        double x = spine[2] + (flat ? 0.14 : 0.05);
        Finish.solid(s.cylinder(x, 0, 0.09, z - 0.03, z + 0.2), head);
        Finish.solid(s.cylinder(saddle, 0, 0.025, 0.5, seatZ), metal);
        double hand = kind == Kind.RACER ? 0.48 : kind == Kind.CARGO ? 0.08 : 0.25;
        double elbow = 0.5 * (spine[2] + hand);
        double low = kind == Kind.RACER ? 0.9 : 1.08;
        for (int side = -1; side <= 1; side += 2) {
            double up = 0.15 * side * pedal;
            Finish.solid(s.cylinder(elbow, side * .22, .06, low, z - .2), jacket);
            Finish.solid(s.cylinder(-.12, side * .11, .085, .72 + .5 * up, seatZ + .06), trousers);
            Finish.solid(
                    s.cylinder(.06 - .04 * up, side * .11, .06, .2 + up + .05, .82 + up), trousers);
        }
    }

    private static Shape moped(Dice dice) {
        double paint = Finish.paint(dice);
        double cloth = Finish.cloth(dice);
        Shape s = new Shape();
        Finish.solid(s.wheel(0.62, 0, 0.24, 0.05), Finish.TYRE);
        Finish.solid(s.wheel(-0.6, 0, 0.24, 0.06), Finish.TYRE);
        Finish.solid(s.ellipsoid(-.5, 0, .55, .42, .18, .24), paint);
        Finish.solid(s.ellipsoid(.45, 0, .6, .12, .22, .42), paint);
        Finish.solid(s.box(-.3, .5, .15, .22, .34), paint);
        Finish.solid(s.box(.28, .34, .32, .98, 1.03), Finish.TRIM);
        Finish.solid(s.ellipsoid(-.3, 0, 1.1, .17, .23, .32), cloth);
        Finish.pair(s, 0, .18, .72, .28, .08, .1, Finish.cloth(dice));
        Finish.solid(s.cylinder(.2, .16, .07, .34, .7), cloth);
        Finish.solid(s.cylinder(.2, -.16, .07, .34, .7), cloth);
        Finish.solid(s.ellipsoid(-.24, 0, 1.55, .14, .125, .145), dice.between(.2, .8));
        if (dice.chance(0.4)) {
            Finish.solid(s.box(-1.0, -.6, .22, .78, 1.2), dice.between(.2, .8));
        }
        return s;
    }
}
