package io.azimuth.perception.simulation;

/**
 * Pedestrians of family B: stacks of cylinders that narrow and widen along the body, legs like
 * shears, arms that hang, hold or carry; umbrellas, rucksacks, sticks, hats, and wheelchairs.
 */
final class HeldOutPeople {
    static final int PHASES = 8;

    /** Outline of a coat from the hem upwards: height and radius as shares of the body's height. */
    private static final double[][] COAT = {
        {.3, .42, .125}, {.42, .58, .11}, {.58, .74, .105}, {.74, .82, .12}
    };

    private static final double[][] JACKET = {
        {.46, .56, .095}, {.56, .7, .1}, {.7, .8, .115}, {.8, .83, .09}
    };

    private static final double[][] DRESS = {
        {.2, .34, .15}, {.34, .5, .125}, {.5, .62, .085}, {.62, .81, .1}
    };

    private final double h;
    private final double wide;
    private final double[][] outline;
    private final double top;
    private final double legs;
    private final double skin;
    private final double reach;
    private final int extra; // 1 umbrella, 2 rucksack, 3 stick, 4 shopping, 5 hat

    private HeldOutPeople(Dice dice) {
        h = dice.chance(0.08) ? dice.between(1, 1.4) : Math.max(1.45, dice.around(1.72, 0.09));
        wide = dice.between(0.9, 1.25);
        double p = dice.unit();
        outline = p < 0.35 ? COAT : p < 0.8 ? JACKET : DRESS;
        top = Finish.cloth(dice);
        legs = Finish.cloth(dice);
        skin = Finish.skin(dice);
        reach = dice.between(0.13, 0.19);
        double q = dice.unit();
        extra = q < 0.07 ? 1 : q < 0.25 ? 2 : q < 0.32 ? 3 : q < 0.45 ? 4 : q < 0.6 ? 5 : 0;
    }

    static Figure pedestrian(Dice dice) {
        if (dice.chance(0.03)) {
            return Figure.stiff(wheelchair(dice));
        }
        HeldOutPeople p = new HeldOutPeople(dice);
        Shape[] phases = new Shape[PHASES];
        for (int i = 0; i < PHASES; i++) {
            phases[i] = p.pose(StrictMath.sin(2 * Math.PI * (i + 0.25) / PHASES));
        }
        return Figure.moving(p.pose(0.05), phases, 0.8 * p.h);
    }

    /**
     * @param shear how far the legs are apart, -1 .. 1
     */
    private Shape pose(double shear) {
        Shape s = new Shape();
        double hem = outline[0][0] * h;
        shank(s, 0.085, shear * reach * h, hem);
        shank(s, -0.085, -shear * reach * h, hem);
        for (double[] ring : outline) {
            Finish.solid(s.cylinder(0, 0, ring[2] * wide * h, ring[0] * h, ring[1] * h), top);
        }
        Finish.solid(s.cylinder(0.02, 0, 0.045, .8 * h, .88 * h), skin);
        Finish.solid(s.cylinder(0.03, 0, 0.085, .865 * h, h - (extra == 5 ? .09 : 0)), skin);
        double y = .115 * wide * h + 0.05;
        double x = 0.35 * shear * reach * h;
        Finish.solid(s.cylinder(-x, y, 0.048, .45 * h, .8 * h), top);
        Finish.solid(s.cylinder(x, -y, 0.048, .45 * h, .8 * h), top);
        switch (extra) {
            case 1 -> {
                Finish.solid(s.cylinder(0.12, 0, 0.012, .8 * h, h + .12), Finish.TRIM);
                Finish.solid(s.ellipsoid(0.05, 0, h + .1, .48, .48, .13), top);
            }
            case 2 -> Finish.solid(s.ellipsoid(-.2, 0, .69 * h, .13, .15, .14 * h), legs);
            case 3 -> Finish.solid(s.cylinder(.25, -y, 0.018, 0, .52 * h), Finish.TRIM);
            case 4 -> {
                Finish.solid(s.ellipsoid(-x, y + .02, .33 * h, .13, .06, .14), legs);
                Finish.solid(s.ellipsoid(x, -y - .02, .33 * h, .13, .06, .14), skin);
            }
            case 5 -> {
                Finish.solid(s.cylinder(0.03, 0, 0.15, h - .11, h - .09), legs);
                Finish.solid(s.cylinder(0.03, 0, 0.09, h - .09, h), legs);
            }
            default -> {}
        }
        return s;
    }

    /** A leg by two cylinders on the straight line from the hip to the foot. */
    private void shank(Shape s, double y, double foot, double hem) {
        double hip = 0.48 * h;
        double upper = Math.max(hem, 0.3 * h) + 0.03;
        double knee = 0.5 * upper;
        double high = foot * (1 - 0.5 * (upper + knee) / hip);
        double low = foot * (1 - 0.5 * knee / hip);
        Finish.solid(s.cylinder(high, y, 0.075 * wide, knee, upper), legs);
        Finish.solid(s.cylinder(low, y, 0.06, 0.05, knee), legs);
        Finish.solid(s.cylinder(foot + 0.05, y, 0.07, 0, 0.08), Finish.TRIM);
    }

    private static Shape wheelchair(Dice dice) {
        double cloth = Finish.cloth(dice);
        Shape s = new Shape();
        s.wheel(-0.15, 0.29, 0.3, 0.02).of(Surface.FURNITURE, 0.2, 0.6, 1);
        s.wheel(-0.15, -0.29, 0.3, 0.02).of(Surface.FURNITURE, 0.2, 0.6, 1);
        Finish.solid(s.wheel(0.4, 0, 0.08, 0.2), Finish.TYRE);
        Finish.solid(s.box(-0.25, 0.25, 0.22, 0.42, 0.52), Finish.TRIM);
        Finish.solid(s.taper(-.28, -.36, -.22, -.3, .22, .22, .42, .95), Finish.TRIM);
        Finish.solid(s.box(-0.15, 0.32, 0.17, 0.52, 0.66), Finish.cloth(dice));
        Finish.solid(s.taper(.25, .3, .38, .4, .14, .14, .12, .6), Finish.cloth(dice));
        Finish.solid(s.ellipsoid(-.1, 0, .85, .15, .23, .3), cloth);
        Finish.solid(s.ellipsoid(-.05, 0, 1.24, .1, .085, .125), Finish.skin(dice));
        return s;
    }
}
