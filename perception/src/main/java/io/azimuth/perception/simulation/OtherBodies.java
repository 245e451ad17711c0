package io.azimuth.perception.simulation;

/**
 * What stands at the kerb and has no class of its own: motorcycles, scooters, trailers, caravans.
 */
final class OtherBodies {
    private OtherBodies() {}

    static Shape of(Dice dice) {
        double p = dice.unit();
        if (p < 0.35) {
            return motorcycle(dice);
        }
        if (p < 0.6) {
            return motorScooter(dice);
        }
        return p < 0.85 ? trailer(dice) : caravan(dice);
    }

    static Shape motorcycle(Dice dice) {
        double paint = Finish.paint(dice);
        double base = dice.between(0.68, 0.75);
        Shape s = new Shape();
        Finish.solid(s.wheel(base, 0, 0.31, 0.06), Finish.TYRE);
        Finish.solid(s.wheel(-base, 0, 0.31, 0.08), Finish.TYRE);
        Finish.solid(s.taper(-.28, -.3, .32, .25, .17, .14, .22, .6), Finish.TRIM);
        Finish.solid(s.ellipsoid(0.12, 0, 0.86, 0.28, 0.14, 0.13), paint);
        Finish.solid(s.taper(-.75, -1.0, -.1, -.1, .1, .14, .62, .85), Finish.TRIM);
        Finish.solid(s.taper(base - .05, .4, base + .05, .5, .1, .08, .3, .95), 0.4);
        Finish.solid(s.box(0.33, 0.39, 0.36, 1, 1.05), Finish.TRIM);
        Finish.solid(s.ellipsoid(0.52, 0, 0.88, 0.08, 0.1, 0.1), Finish.LAMP);
        Finish.solid(s.box(-1.02, -1, 0.09, 0.55, 0.72), Finish.PLATE);
        return s;
    }

    static Shape motorScooter(Dice dice) {
        double paint = Finish.paint(dice);
        Shape s = new Shape();
        Finish.solid(s.wheel(0.62, 0, 0.24, 0.06), Finish.TYRE);
        Finish.solid(s.wheel(-0.6, 0, 0.24, 0.07), Finish.TYRE);
        Finish.solid(s.box(-0.35, 0.42, 0.16, 0.2, 0.32), paint);
        Finish.solid(s.taper(.42, .25, .52, .4, .22, .16, .32, .95), paint);
        Finish.solid(s.taper(-.85, -.9, -.1, -.05, .17, .15, .32, .78), paint);
        Finish.solid(s.box(0.24, 0.3, 0.33, 0.98, 1.04), Finish.TRIM);
        Finish.solid(s.box(-0.93, -0.9, 0.09, 0.5, 0.64), Finish.PLATE);
        if (dice.chance(0.4)) {
            Finish.solid(s.box(-0.95, -0.6, 0.18, 0.8, 1.12), paint);
        }
        return s;
    }

    /** A two-wheeled trailer with a low body, its drawbar on the ground. */
    static Shape trailer(Dice dice) {
        double l = dice.between(0.95, 1.6);
        double w = dice.between(0.55, 0.8);
        boolean hooded = dice.chance(0.5);
        Shape s = new Shape();
        Finish.solid(s.box(-l, l, w, 0.45, dice.between(0.75, 0.9)), dice.between(0.3, 0.7));
        Finish.solid(s.taper(l, l, l + 1.1, l + 1, .05, .05, .35, .5), Finish.TRIM);
        Finish.solid(s.cylinder(l + 0.9, 0, 0.04, 0, 0.5), Finish.TRIM);
        if (hooded) {
            Finish.solid(
                    s.taper(-l, .1 - l, l, l - .1, w, .9 * w, .75, dice.between(1.3, 1.8)), 0.4);
        }
        Finish.solid(s.wheel(-0.1, w + 0.1, 0.28, 0.08), Finish.TYRE);
        Finish.solid(s.wheel(-0.1, -w - 0.1, 0.28, 0.08), Finish.TYRE);
        Finish.pair(s, -l, 0.8 * w, 0.5, 0.03, 0.08, 0.05, Finish.REFLECTOR);
        Finish.solid(s.box(-l - 0.02, 0.02 - l, 0.26, 0.48, 0.6), Finish.PLATE);
        return s;
    }

    static Shape caravan(Dice dice) {
        double l = dice.between(2.2, 3);
        double w = dice.between(1.05, 1.2);
        double h = dice.between(2.45, 2.65);
        Shape s = new Shape();
        Finish.solid(s.taper(.3 - l, -l, l - .3, l, .95 * w, w, .4, 1.3), 0.75);
        Finish.solid(s.taper(-l, .25 - l, l, l - .45, w, .97 * w, 1.3, h), 0.75);
        Finish.glass(s.taper(l - .3, l - .42, l + .01, l - .28, .7 * w, .7 * w, 1.35, 1.9), 0.4);
        Finish.glass(s.box(-0.6 * l, 0.1 * l, w + 0.005, 1.45, 1.95), 0.4);
        Finish.solid(s.taper(l - .3, l - .3, l + 1.2, l + 1.1, .08, .05, .35, .5), Finish.TRIM);
        Finish.wheels(s, w - 0.03, 0.32, 0.18, -0.15 * l);
        Finish.pair(s, -l, 0.8 * w, 0.8, 0.03, 0.1, 0.1, Finish.REFLECTOR);
        Finish.solid(s.box(-l - 0.02, 0.02 - l, 0.26, 0.6, 0.72), Finish.PLATE);
        return s;
    }
}
