package io.azimuth.perception.simulation;

/**
 * Cars and vans of family B. Other than family A's they are a narrow tub with mudguards over wheels
 * that stand outside, and an upright dark core (seats, people) behind panes; the kinds differ in
 * their outline: one-box, two-box, wedge, bubble, three-box with an upright rear window.
 */
final class HeldOutCars {
    private final Dice dice;
    private final Shape s = new Shape();
    private final double l;
    private final double w;
    private final double h;
    private final double paint;
    private final double pane;

    private HeldOutCars(SizeRegion sizes, double length, double width, double height, Dice dice) {
        this.dice = dice;
        boolean states = sizes == SizeRegion.UNITED_STATES;
        l = (length * (states ? 1.15 : 1) + dice.around(0, 0.14)) / 2;
        w = (width + (states ? 0.15 : 0) + dice.around(0, 0.04)) / 2;
        h = height + dice.around(0, 0.05);
        paint = Finish.paint(dice);
        pane = dice.between(0.35, 0.7);
    }

    static Shape car(SizeRegion sizes, Dice dice) {
        double p = dice.unit();
        if (p < 0.16) {
            return new HeldOutCars(sizes, 3.4, 1.5, 1.68, dice).oneBox(0.35);
        }
        if (p < 0.34) {
            return new HeldOutCars(sizes, 4.25, 1.78, 1.6, dice).wedge();
        }
        if (p < 0.58) {
            return new HeldOutCars(sizes, 4.7, 1.74, 1.45, dice).threeBox();
        }
        if (p < 0.78) {
            return new HeldOutCars(sizes, 4.35, 1.82, 1.8, dice).offRoad();
        }
        return new HeldOutCars(sizes, 3.9, 1.68, 1.5, dice).bubble();
    }

    static Shape van(SizeRegion sizes, Dice dice) {
        double p = dice.unit();
        if (p < 0.25) {
            return new HeldOutCars(sizes, 4.1, 1.72, 1.95, dice).oneBox(0.25);
        }
        if (p < 0.65) {
            return new HeldOutCars(sizes, 5.1, 1.95, 2.05, dice).wedge();
        }
        return new HeldOutCars(sizes, 5.6, 2.02, 2.6, dice).stepVan();
    }

    /** Tub between and before the wheels, mudguards, wheels, lamps and plates. */
    private Shape onWheels(double wheel, double axle, double clear, double shoulder) {
        double inner = w - 0.14;
        Finish.solid(s.taper(-.98 * l, -l, .98 * l, l, inner - .05, inner, clear, shoulder), paint);
        for (int end = -1; end <= 1; end += 2) {
            double x = end * axle;
            double y = w - 0.12;
            Finish.pair(s, x, y, wheel + 0.06, wheel + .14, 0.12, 0.9 * wheel, paint);
            Finish.solid(s.wheel(x, w - 0.09, wheel, 0.1), Finish.TYRE);
            Finish.solid(s.wheel(x, 0.09 - w, wheel, 0.1), Finish.TYRE);
        }
        Finish.pair(s, l - 0.03, 0.6 * w, shoulder - 0.1, 0.05, 0.09, 0.09, Finish.LAMP);
        Finish.pair(s, 0.03 - l, 0.65 * w, shoulder - 0.05, 0.04, 0.06, 0.12, Finish.REFLECTOR);
        Finish.solid(s.box(l - 0.03, l + 0.015, 0.26, clear + .1, clear + .21), Finish.PLATE);
        Finish.solid(s.box(-l - 0.015, 0.03 - l, 0.16, clear + .3, clear + .46), Finish.PLATE);
        return s;
    }

    private Shape boxed() {
        return Figure.hull(s, l, w, s.high[2]);
    }

    /** Doors: the full width between the wheels. */
    private void doors(double x0, double x1, double z0, double z1) {
        Finish.solid(s.taper(x0, x0, x1, x1, w - .03, w, z0, z1), paint);
    }

    /** Panes all round before a dark core. */
    private void panes(
            double x0, double x0t, double x1, double x1t, double y, double yt, double z) {
        double top = h - 0.05;
        Finish.glass(s.taper(x0, x0t, x1, x1t, y, yt, z, top), pane);
        Finish.solid(
                s.taper(
                        x0 + .3,
                        x0t + .25,
                        x1 - .9,
                        x1t - .4,
                        y - .12,
                        yt - .15,
                        z,
                        z + .62 * (top - z)),
                Finish.TRIM);
    }

    /** Upright box with a short, steep front. */
    private Shape oneBox(double bonnet) {
        double wheel = dice.between(0.26, 0.3);
        double axle = l - wheel - 0.15;
        onWheels(wheel, axle, 0.18, 0.85);
        doors(wheel + 0.15 - axle, axle - wheel - 0.15, 0.22, 0.95);
        double x1 = l - bonnet;
        Finish.solid(s.taper(-l, -l, l - .05, x1, w - .03, w - .05, .6, .98), paint);
        panes(.02 - l, .06 - l, x1, x1 - .25, w - .04, w - .12, .98);
        Finish.solid(
                s.taper(.05 - l, .12 - l, x1 - .24, x1 - .4, w - .1, w - .16, h - .06, h), paint);
        mirror(x1 - 0.15, 1.05);
        return boxed();
    }

    /** One line from the nose to the roof. */
    private Shape wedge() {
        double wheel = dice.between(0.3, 0.34);
        double axle = 0.62 * l;
        onWheels(wheel, axle, 0.2, 0.75);
        doors(wheel + 0.15 - axle, axle - wheel - 0.15, 0.24, 0.8);
        double slope = (0.62 * l) / (h - 0.7);
        double belt = 0.58 * h;
        double x1 = l - slope * (belt - 0.7);
        double x1t = l - slope * (h - 0.7) + 0.05;
        Finish.solid(s.taper(-l, -.98 * l, l, x1, w - .02, w - .06, .7, belt), paint);
        panes(-.97 * l, -.85 * l, x1, x1t, w - .07, .78 * w, belt);
        Finish.solid(
                s.taper(-.86 * l, -.8 * l, x1t + .05, x1t - .2, .78 * w, .7 * w, h - .06, h),
                paint);
        Finish.solid(
                s.taper(-.95 * l, -.84 * l, -.75 * l, -.7 * l, w - .06, .785 * w, belt, h - .05),
                paint);
        mirror(x1 - 0.5, belt + 0.1);
        return boxed();
    }

    /** Bonnet, cabin and boot with edges; upright windows all round. */
    private Shape threeBox() {
        double wheel = dice.between(0.3, 0.33);
        double axle = 0.58 * l;
        onWheels(wheel, axle, 0.22, 0.66);
        doors(wheel + 0.16 - axle, axle - wheel - 0.16, 0.26, 0.7);
        double boot = dice.between(-0.6, -0.5) * l;
        double screen = dice.between(0.3, 0.4) * l;
        double belt = dice.between(0.86, 0.92);
        Finish.solid(s.taper(screen, screen, l, .98 * l, w - .02, w - .06, .66, belt - .03), paint);
        Finish.solid(s.taper(boot, boot, screen, screen, w, w - .03, .66, belt), paint);
        Finish.solid(s.taper(-l, -.985 * l, boot, boot, w - .02, w - .05, .66, belt + .04), paint);
        panes(boot, boot + 0.22, screen, screen - 0.45, w - 0.05, 0.8 * w, belt);
        Finish.solid(s.box(boot + 0.18, screen - 0.4, 0.8 * w, h - 0.07, h), paint);
        mirror(screen - 0.25, belt + 0.1);
        return boxed();
    }

    /** Box on high wheels with a spare one at its back door; some carry a rack. */
    private Shape offRoad() {
        double wheel = dice.between(0.37, 0.42);
        double axle = l - wheel - 0.3;
        onWheels(wheel, axle, 0.42, 1.0);
        double back = -l + 0.2;
        double screen = 0.3 * l;
        doors(back, axle - wheel - 0.15, 0.75, 1.08);
        Finish.solid(s.taper(screen, screen, .97 * l, .95 * l, w - .12, w - .15, 1, 1.1), paint);
        panes(back, back + 0.03, screen, screen - 0.18, w - 0.03, w - 0.12, 1.08);
        Finish.solid(s.box(back, screen - 0.12, w - 0.08, h - 0.06, h), paint);
        // the spare wheel faces backwards
        Finish.solid(s.taper(-l, -l, back, back, .35, .35, .72, 1.2), Finish.TYRE);
        mirror(screen - 0.1, 1.2);
        if (dice.chance(0.3)) {
            Finish.sparse(s.box(back + 0.2, screen - 0.4, 0.7 * w, h, h + 0.12), 0.3, 0.4);
        }
        return boxed();
    }

    /** Round bonnet, tail and cabin. */
    private Shape bubble() {
        double wheel = dice.between(0.28, 0.32);
        double axle = 0.62 * l;
        onWheels(wheel, axle, 0.2, 0.6);
        doors(wheel + 0.12 - axle, axle - wheel - 0.12, 0.22, 0.86);
        double y = w - 0.1;
        Finish.solid(s.ellipsoid(.45 * l, 0, .52, .54 * l, y, .42), paint);
        Finish.solid(s.ellipsoid(-.45 * l, 0, .55, .54 * l, y, .45), paint);
        Finish.glass(s.ellipsoid(-.08 * l, 0, .8, .58 * l, .88 * w, h - .82), pane);
        Finish.solid(s.ellipsoid(-.1 * l, 0, .8, .36 * l, .62 * w, .42), Finish.TRIM);
        Finish.solid(s.ellipsoid(-.1 * l, 0, h - .12, .34 * l, .55 * w, .12), paint);
        Finish.solid(
                s.taper(-.22 * l, -.2 * l, -.14 * l, -.16 * l, .86 * w, .5 * w, .85, h - .1),
                paint);
        mirror(0.3 * l, 0.95);
        return boxed();
    }

    /** Delivery van with a flat front and a high door behind. */
    private Shape stepVan() {
        double wheel = dice.between(0.34, 0.38);
        double axle = 0.6 * l;
        onWheels(wheel, axle, 0.35, 0.9);
        double cab = l - 1.2;
        Finish.solid(s.box(-l, cab, w, 0.72, h), Finish.fleetPaint(dice));
        Finish.solid(s.box(cab, l - 0.35, 0.97 * w, 0.72, 1.25), paint);
        Finish.glass(s.taper(cab, cab, l - .35, l - .5, .96 * w, .94 * w, 1.25, h - .5), pane);
        Finish.solid(s.box(cab, cab + 0.2, 0.75 * w, 1.25, 1.95), Finish.TRIM);
        Finish.solid(s.taper(cab, cab, l - .48, l - .75, .94 * w, .9 * w, h - .5, h - .1), paint);
        mirror(l - 0.4, 1.6);
        return boxed();
    }

    private void mirror(double x, double z) {
        double y = w + 0.06;
        Finish.solid(s.cylinder(x, y, 0.07, z, z + 0.16), Finish.TRIM);
        Finish.solid(s.cylinder(x, -y, 0.07, z, z + 0.16), Finish.TRIM);
    }
}
