package io.azimuth.perception.simulation;

/**
 * Vans of family A: panel vans and glazed ones, small, medium and high, camper vans and motor homes
 * with an alcove.
 */
final class Vans {
    private final Dice dice;
    private final Shape s = new Shape();
    private final double l;
    private final double w;
    private final double h;
    private final double paint;
    private final double wheel;
    private final double axle;
    private final double arch;
    private final double sill;
    private final double belt;
    private final double cowl;

    private Vans(double length, double width, double height, double bonnet, Dice dice) {
        this.dice = dice;
        l = length / 2;
        w = width / 2;
        h = height;
        paint = Finish.fleetPaint(dice);
        wheel = dice.between(0.32, 0.36);
        axle = l - dice.between(0.85, 1.0);
        arch = 2 * wheel + 0.04;
        sill = dice.between(0.2, 0.28);
        belt = dice.between(1.1, 1.2);
        cowl = l - bonnet;
    }

    static Shape of(SizeRegion sizes, Dice dice) {
        double wide = sizes == SizeRegion.EUROPE ? 0 : 0.1;
        double longer = sizes == SizeRegion.EUROPE ? 0 : 0.35;
        double p = dice.unit();
        if (p < 0.05) {
            return sizes == SizeRegion.EUROPE
                    ? Cars.pickup(sizes, dice)
                    : medium(longer, wide, dice).build();
        }
        if (p < 0.3) {
            return new Vans(
                            dice.around(4.45, 0.1) + longer,
                            dice.around(1.8, 0.03) + wide,
                            dice.around(1.86, 0.04),
                            dice.between(0.85, 1),
                            dice)
                    .build();
        }
        if (p < 0.73) {
            return medium(longer, wide, dice).build();
        }
        if (p < 0.95) {
            return new Vans(
                            dice.around(5.8, 0.25) + longer,
                            dice.around(2.0, 0.03) + wide / 2,
                            dice.around(2.58, 0.1),
                            dice.between(0.7, 0.9),
                            dice)
                    .build();
        }
        return new Vans(dice.around(6.3, 0.3), 2.2, dice.around(2.85, 0.08), .85, dice).home();
    }

    private static Vans medium(double longer, double wide, Dice dice) {
        return new Vans(
                dice.around(5.05, 0.16) + longer,
                dice.around(1.92, 0.03) + wide,
                dice.around(2.02, 0.06),
                dice.between(0.75, 1),
                dice);
    }

    private Shape build() {
        lower();
        double screen = cowl - dice.between(0.45, 0.7);
        double partition = screen - dice.between(0.75, 1.0);
        double eaves = h - 0.14;
        double top = (0.8 + 0.06 * (h < 2.3 ? 0 : 1)) * w;
        Finish.glass(
                s.taper(partition, partition, cowl, screen, .94 * w, top, belt, eaves),
                dice.between(0.5, 0.75));
        if (dice.chance(0.4)) {
            Finish.glass(
                    s.taper(-l + .02, -.98 * l, partition, partition, .94 * w, top, belt, eaves),
                    dice.between(0.2, 0.5));
            pillar(-l + 0.1, 0.2, top, eaves);
            pillar(-0.28 * l, 0.14, top, eaves);
        } else {
            Finish.solid(
                    s.taper(-l + .02, -.98 * l, partition, partition, .96 * w, top, belt, eaves),
                    paint);
        }
        pillar(partition - 0.06, 0.12, top, eaves);
        Finish.solid(
                s.taper(-.98 * l, -.95 * l, screen + .04, screen - .2, top, .93 * top, eaves, h),
                paint);
        return finish(0.2);
    }

    /** A motor home: a box on the van's chassis, with a bed over the cab. */
    private Shape home() {
        lower();
        double wall = cowl - 1.3;
        Finish.glass(s.taper(wall, wall, cowl, cowl - .4, .88 * w, .8 * w, belt, 1.95), 0.6);
        Finish.solid(s.box(-l, wall, w, belt, h), 0.75);
        Finish.solid(s.taper(wall, wall, cowl - .3, cowl - .6, .97 * w, .9 * w, 1.95, h), 0.75);
        Finish.glass(s.box(-l + 1, -l + 2, w + 0.005, 1.5, 2.1), 0.4);
        return finish(0.2);
    }

    private void pillar(double x, double width, double top, double eaves) {
        double foot = 0.94 * w + 0.004;
        Finish.solid(s.taper(x, x, x + width, x + width, foot, top + .004, belt, eaves), paint);
    }

    /** Floor, sills, bumpers, flanks up to the belt with a short bonnet. */
    private void lower() {
        double gap = wheel + 0.05;
        Finish.solid(s.box(-0.95 * l, 0.9 * l, 0.7 * w, sill + 0.02, arch), Finish.TRIM);
        Finish.solid(s.box(gap - axle, axle - gap, 0.98 * w, sill, arch), paint);
        Finish.solid(
                s.taper(axle + gap, axle + gap, l - .12, l, .9 * w, .97 * w, sill, arch),
                dice.chance(0.5) ? Finish.TRIM : paint);
        Finish.solid(
                s.taper(.1 - l, -l, -axle - gap, -axle - gap, .93 * w, .97 * w, sill, arch), paint);
        Finish.solid(s.taper(-l, -l, l, cowl + 0.1, w, 0.97 * w, arch, belt), paint);
    }

    private Shape finish(double tyre) {
        Finish.wheels(s, w, wheel, tyre, axle, -axle);
        Finish.pair(s, cowl - 0.35, w + 0.08, belt + 0.15, 0.06, 0.11, 0.14, Finish.TRIM);
        Finish.plates(s, -l, l, 0.45);
        double lampX = l - 0.5 * (l - cowl) * (0.9 - arch) / (belt - arch);
        Finish.pair(s, lampX - 0.08, 0.78 * w, 0.86, 0.12, 0.14, 0.1, Finish.LAMP);
        Finish.pair(s, 0.03 - l, 0.9 * w, 1, 0.045, 0.07, 0.18, Finish.REFLECTOR);
        return Figure.hull(s, l, w, h);
    }
}
