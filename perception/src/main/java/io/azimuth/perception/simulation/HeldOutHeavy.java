package io.azimuth.perception.simulation;

/**
 * Lorries and buses of family B: bonneted lorries, concrete mixers, refuse collectors, timber and
 * container carriers; trams, double-deckers and bonneted school buses.
 */
final class HeldOutHeavy {
    private final Dice dice;
    private final Shape s = new Shape();
    private final double l;
    private final double w;
    private final double paint;

    private HeldOutHeavy(double length, double width, Dice dice) {
        this.dice = dice;
        l = length / 2;
        w = width / 2;
        paint = Finish.fleetPaint(dice);
    }

    static Shape truck(SizeRegion sizes, Dice dice) {
        double scale = sizes == SizeRegion.EUROPE ? 1 : 0.8;
        double p = dice.unit();
        double mean = p < 0.25 ? 8.6 : p < 0.45 ? 9 : p < 0.65 ? 9.4 : 11.6;
        HeldOutHeavy t = new HeldOutHeavy(scale * dice.around(mean, 0.5), 2.5, dice);
        double rear = t.frontEnd(dice.chance(0.45));
        if (p < 0.25) {
            t.mixer(rear);
        } else if (p < 0.45) {
            t.refuse(rear);
        } else if (p < 0.65) {
            t.timber(rear);
        } else {
            t.container(rear);
        }
        double apart = Math.min(1.15, 0.5 * (0.65 * t.l - 0.55));
        double first = -0.35 * t.l;
        return t.rolling(0.48, 0.7 * t.l, first, first - apart, first - 2 * apart);
    }

    static Shape bus(SizeRegion sizes, Dice dice) {
        double p = dice.unit();
        double wide = sizes == SizeRegion.EUROPE ? 2.5 : 2.7;
        if (p < 0.3) {
            return new HeldOutHeavy(dice.between(14, 18), 2.45, dice).tram();
        }
        if (p < 0.55) {
            return new HeldOutHeavy(dice.around(10.6, 0.3), wide, dice).doubleDecker();
        }
        return new HeldOutHeavy(dice.around(10, 1), wide, dice).schoolBus();
    }

    /** Cab, with or without a bonnet; returns where the load may begin. */
    private double frontEnd(boolean bonnet) {
        double nose = bonnet ? 1.3 : 0;
        double rear = l - nose - 1.5;
        if (bonnet) {
            Finish.solid(s.taper(l - nose, l - nose, l, l - .1, .75 * w, .6 * w, .7, 1.6), paint);
            Finish.pair(s, l - 0.7, 0.8 * w, 0.75, 0.6, 0.2, 0.35, paint);
        }
        Finish.solid(s.box(rear, l - nose - 0.05, 0.9 * w, 0.6, 1.65), paint);
        Finish.glass(
                s.taper(
                        rear + .3,
                        rear + .3,
                        l - nose - .05,
                        l - nose - .3,
                        .9 * w,
                        .86 * w,
                        1.65,
                        2.4),
                dice.between(0.4, 0.7));
        Finish.solid(s.box(rear, rear + 0.3, 0.9 * w, 1.65, 2.5), paint);
        Finish.solid(s.ellipsoid(rear + 0.75, 0, 2.4, 0.74, 0.88 * w, 0.3), paint);
        Finish.solid(s.cylinder(rear - 0.1, 0.7 * w, 0.07, 1, 2.9), 0.5);
        Finish.solid(s.box(l - 0.12, l, 0.9 * w, 0.4, 0.65), 0.4);
        Finish.solid(s.box(l - 0.02, l + 0.01, 0.26, 0.45, 0.56), Finish.PLATE);
        return rear - 0.3;
    }

    private Shape rolling(double wheel, double... axles) {
        Finish.solid(s.box(0.1 - l, l - 1, 0.4 * w, 0.6, 0.92), Finish.TRIM);
        Finish.wheels(s, w - 0.06, wheel, 0.35, axles);
        Finish.solid(s.box(-l, 0.12 - l, 0.95 * w, 0.55, 0.72), Finish.REFLECTOR);
        return Figure.hull(s, l, w, s.high[2]);
    }

    private void mixer(double front) {
        double middle = 0.5 * (front - l) + 0.2;
        Finish.solid(
                s.ellipsoid(middle, 0, 2.15, 0.46 * (front + l), 1.12, 1.15), dice.between(.3, .8));
        Finish.solid(s.taper(-l + .1, -l, .6 - l, .9 - l, .4, .5, 1, 2.9), Finish.TRIM);
        Finish.solid(s.box(front - 0.5, front, 0.9 * w, 0.95, 1.9), Finish.TRIM);
        Finish.solid(s.box(-l, front, 0.8 * w, 0.92, 1.05), Finish.TRIM);
    }

    private void refuse(double front) {
        double tail = 1.7 - l;
        Finish.solid(s.taper(tail, tail, front, front - .1, w, .85 * w, .95, 3.1), paint);
        Finish.solid(s.taper(-l + .2, .3 - l, tail, tail, .9 * w, .8 * w, .7, 1.8), paint);
        Finish.solid(s.ellipsoid(tail - .2, 0, 2.2, 1.1, .95 * w, 1), paint);
        Finish.solid(s.box(-l, 0.25 - l, 0.85 * w, 1, 1.25), 1.5);
    }

    private void timber(double front) {
        double z = 1.05;
        Finish.solid(s.box(-l, front, 0.9 * w, 0.92, z), 0.25);
        int rows = 2 + dice.below(2);
        for (int i = 0; i < rows; i++) {
            double y = w * (0.92 - 0.2 * i);
            double top = z + dice.between(0.4, 0.65);
            Finish.solid(s.taper(-l, -l, front - .2, front - .2, y, .96 * y, z, top), .3);
            z = top;
        }
        for (int i = 0; i < 3; i++) {
            double x = -0.9 * l + i * 0.45 * (front + l);
            Finish.solid(s.cylinder(x, w - 0.05, 0.05, 0.95, 2.7), Finish.TRIM);
            Finish.solid(s.cylinder(x, 0.05 - w, 0.05, 0.95, 2.7), Finish.TRIM);
        }
    }

    private void container(double front) {
        Finish.solid(s.box(-l, front, 0.98 * w, 1.2, 1.32), Finish.TRIM);
        double split = dice.chance(0.4) ? dice.between(-0.3, 0.1) * l : front;
        Finish.solid(s.box(-l + .05, split, .97 * w, 1.32, 3.75), dice.between(.15, .6));
        if (split < front) {
            Finish.solid(s.box(split + .1, front, .97 * w, 1.32, 3.75), dice.between(.15, .6));
        }
        Finish.solid(s.box(-0.1 * l, 0.35 * l, 0.9 * w, 0.5, 1.1), Finish.TRIM);
    }

    /** Two or three sections with bellows, skirts almost to the rails, a pantograph. */
    private Shape tram() {
        double h = 3.3;
        double glass = dice.between(0.35, 0.6);
        double joint = l / 3;
        for (int i = -1; i <= 1; i++) {
            double x0 = i == -1 ? -l : i * 2 * joint - joint + 0.35;
            double x1 = i == 1 ? l : i * 2 * joint + joint - 0.35;
            double in0 = i == -1 ? 0.7 : 0;
            double in1 = i == 1 ? 0.7 : 0;
            Finish.solid(s.taper(x0 + .1 * in0, x0, x1 - .1 * in1, x1, w, w, .15, 1.05), paint);
            Finish.glass(s.taper(x0, x0 + in0, x1, x1 - in1, w - .01, w - .05, 1.05, 2.5), glass);
            Finish.solid(
                    s.taper(
                            x0 + in0,
                            x0 + 1.3 * in0,
                            x1 - in1,
                            x1 - 1.3 * in1,
                            w - .05,
                            w - .2,
                            2.5,
                            h),
                    paint);
            Finish.solid(s.box(x0 + in0 + .4, x1 - in1 - .4, 0.3 * w, 1.05, 1.9), Finish.TRIM);
            if (i < 1) {
                Finish.solid(s.box(x1, x1 + 0.7, 0.9 * w, 0.4, h - 0.2), Finish.TRIM);
            }
        }
        Finish.sparse(s.box(-0.9, 0.9, 0.5, h, h + 0.35), 0.3, 0.4);
        Finish.pair(s, l - 0.03, 0.7 * w, 0.8, 0.05, 0.12, 0.09, Finish.LAMP);
        return Figure.hull(s, l, w, s.high[2]);
    }

    private Shape doubleDecker() {
        double h = 4.25;
        double glass = dice.between(0.35, 0.6);
        Finish.solid(s.box(-l, l, w, 0.3, 1.15), paint);
        Finish.glass(s.taper(-l, -l, l, l - .15, w - .01, w - .03, 1.15, 2), glass);
        Finish.solid(s.taper(-l, -l, l - .15, l - .2, w, w - .03, 2, 2.6), paint);
        Finish.glass(s.taper(-l, -l + .1, l - .2, l - .4, w - .04, w - .08, 2.6, 3.6), glass);
        Finish.solid(s.taper(-l, .3 - l, l - .4, l - .7, w - .06, w - .3, 3.6, h), paint);
        Finish.solid(s.box(0.6 - l, l - 1.6, 0.6, 1.15, 1.9), Finish.TRIM);
        Finish.solid(s.box(0.6 - l, l - 1.6, 0.6, 2.6, 3.3), Finish.TRIM);
        Finish.wheels(s, w, 0.5, 0.3, l - 2.4, 2.8 - l);
        Finish.plates(s, -l, l, 0.5);
        return Figure.hull(s, l, w, h);
    }

    private Shape schoolBus() {
        double h = 3.05;
        double front = l - 1.4;
        Finish.solid(s.taper(front, front, l, l - .1, .8 * w, .65 * w, .6, 1.5), paint);
        Finish.pair(s, l - 0.75, 0.82 * w, 0.75, 0.65, 0.2, 0.4, paint);
        Finish.solid(s.box(-l, front, w, 0.5, 1.6), paint);
        Finish.glass(s.taper(-l, -l, front, front - .15, w - .01, w - .04, 1.6, 2.5), .55);
        for (int i = 0; i < 5; i++) {
            double x = -0.85 * l + 0.36 * l * i;
            Finish.solid(s.taper(x, x, x + .1, x + .1, w, w - .03, 1.6, 2.5), paint);
        }
        Finish.solid(s.ellipsoid(0.5 * (front - l), 0, 2.45, 0.5 * (front + l), w, 0.6), paint);
        Finish.wheels(s, w - 0.05, 0.48, 0.3, l - 0.8, 2.6 - l);
        Finish.plates(s, -l, l, 0.5);
        return Figure.hull(s, l, w, h);
    }
}
