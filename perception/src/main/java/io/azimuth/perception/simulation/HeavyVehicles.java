package io.azimuth.perception.simulation;

/**
 * Lorries and buses of family A. Articulated ones are one stiff body. Cabs and loads stand apart,
 * so that light passes between them and under the frame.
 */
final class HeavyVehicles {
    private final Dice dice;
    private final Shape s = new Shape();
    private final double l;
    private final double w;
    private final double h;
    private final double paint;
    private final double wheel = 0.5;

    private HeavyVehicles(double length, double width, double height, Dice dice) {
        this.dice = dice;
        l = length / 2;
        w = width / 2;
        h = height;
        paint = Finish.fleetPaint(dice);
    }

    static Shape truck(SizeRegion sizes, Dice dice) {
        // US sets count light box trucks in
        double scale = sizes == SizeRegion.EUROPE ? 1 : 0.7;
        double width = dice.around(sizes == SizeRegion.EUROPE ? 2.52 : 2.44, 0.04);
        double low = sizes == SizeRegion.EUROPE ? 0 : 0.25;
        double p = dice.unit();
        if (p < 0.38) {
            return new HeavyVehicles(
                            scale * dice.around(8.4, 0.8),
                            width,
                            dice.around(3.25, 0.2) - low,
                            dice)
                    .box();
        }
        if (p < 0.52) {
            return new HeavyVehicles(
                            scale * dice.around(8, 0.5), width, dice.around(2.95, 0.1) - low, dice)
                    .tipper();
        }
        if (p < 0.63) {
            return new HeavyVehicles(
                            scale * dice.around(9.4, 0.5), width, dice.around(3.2, 0.1) - low, dice)
                    .tanker();
        }
        if (p < 0.8) {
            return new HeavyVehicles(
                            scale * dice.around(8.8, 0.8),
                            width,
                            dice.around(2.9, 0.12) - low,
                            dice)
                    .flatbed();
        }
        return new HeavyVehicles(
                        scale * dice.around(15.4, 0.5), width, dice.around(3.75, 0.15) - low, dice)
                .semi();
    }

    static Shape bus(SizeRegion sizes, Dice dice) {
        double wide = sizes == SizeRegion.EUROPE ? 2.53 : 2.85;
        double tall = sizes == SizeRegion.EUROPE ? 0 : 0.4;
        double p = dice.unit();
        if (p < 0.6) {
            return new HeavyVehicles(dice.around(12, .3), wide, dice.around(3.05, .08) + tall, dice)
                    .bus(0.34, 0.95, false);
        }
        if (p < 0.7) {
            return new HeavyVehicles(18, wide, dice.around(3.05, 0.08) + tall, dice)
                    .bus(0.34, 0.95, true);
        }
        if (p < 0.84) {
            return new HeavyVehicles(dice.around(12.4, .4), wide, dice.around(3.6, .1), dice)
                    .bus(0.4, 1.45, false);
        }
        return new HeavyVehicles(dice.around(6.9, .3), 2.1, dice.around(2.75, .08), dice)
                .bus(0.32, 1.1, false);
    }

    /** Cab over engine; returns the x of its rear wall. */
    private double cab(double top) {
        double rear = l - Math.min(0.3 * l, dice.between(1.7, 2.3));
        double belt = 1.75;
        Finish.solid(s.taper(l - 0.9, l - 0.9, l - .06, l, .9 * w, .95 * w, .35, .75), Finish.TRIM);
        Finish.solid(s.taper(rear, rear, l, l - 0.02, 0.96 * w, .96 * w, .75, belt), paint);
        Finish.glass(
                s.taper(rear + .45, rear + .45, l - .02, l - .14, .95 * w, .9 * w, belt, top - .3),
                dice.between(0.45, 0.7));
        Finish.solid(s.box(rear, rear + 0.45, 0.95 * w, belt, top), paint);
        Finish.solid(
                s.taper(rear + .45, rear + .45, l - .1, l - .5, .93 * w, .85 * w, top - .3, top),
                paint);
        Finish.pair(s, l - 0.1, w + 0.1, belt + 0.25, 0.08, 0.12, 0.32, Finish.TRIM);
        Finish.pair(s, l - 0.04, 0.75 * w, 0.7, 0.07, 0.2, 0.1, Finish.LAMP);
        return rear - dice.between(0.1, 0.3);
    }

    private Shape chassis(double... axles) {
        Finish.solid(s.box(0.25 - l, l - 0.5, 0.36 * w, 0.62, 0.95), Finish.TRIM);
        Finish.wheels(s, w - 0.04, wheel, 0.32, axles);
        Finish.plates(s, -l, l, 0.5);
        Finish.pair(s, 0.04 - l, 0.85 * w, 0.82, 0.06, 0.16, 0.07, Finish.REFLECTOR);
        return Figure.hull(s, l, w, s.high[2]);
    }

    private double[] rigidAxles() {
        double rear = -0.52 * l;
        double front = l - Math.min(1.4, 0.25 * l + 0.2);
        return l > 4.3 ? new double[] {front, rear, rear - 1.3} : new double[] {front, rear};
    }

    private Shape box() {
        double wall = cab(Math.min(h - 0.2, dice.between(2.65, 3)));
        double load = dice.between(0.95, 1.15);
        double body = dice.chance(0.7) ? dice.between(0.5, 0.85) : Finish.paint(dice);
        Finish.solid(s.box(-l, wall, w, load, h), body);
        Finish.solid(s.box(-0.35 * l, 0.3 * l, 0.95 * w, 0.5, 0.9), Finish.TRIM);
        Finish.solid(s.box(-l, wall, w + 0.006, load + 0.02, load + 0.1), Finish.REFLECTOR);
        return chassis(rigidAxles());
    }

    private Shape tipper() {
        double wall = cab(2.8);
        double lip = dice.between(1.9, 2.2);
        Finish.solid(
                s.taper(.2 - l, -l, wall - 0.15, wall, 0.9 * w, w, 1.05, lip), Finish.paint(dice));
        Finish.solid(
                s.ellipsoid(0.5 * (wall - l), 0, lip - .1, 0.42 * (wall + l), .8 * w, h - lip + .1),
                dice.between(0.15, 0.4));
        Finish.solid(s.box(wall - 0.12, wall, 0.95 * w, lip, h - 0.1), paint);
        return chassis(rigidAxles());
    }

    private Shape tanker() {
        double wall = cab(2.85);
        double middle = 0.5 * (wall - l);
        double half = 0.5 * (wall + l);
        double tank = dice.between(0.6, 0.8);
        double axis = 0.5 * (h + 1.05);
        double r = h - axis;
        // a round tank by three tapers about its axis, ends rounded
        Finish.solid(s.taper(-l, -l, wall, wall, .45 * w, .92 * w, 1.05, axis - .3 * r), tank);
        Finish.solid(s.box(-l, wall, 0.96 * w, axis - 0.3 * r, axis + 0.3 * r), tank);
        Finish.solid(
                s.taper(-l, .2 - l, wall, wall - .2, .92 * w, .4 * w, axis + .3 * r, h - .06),
                tank);
        Finish.solid(s.box(middle - 0.6 * half, middle + 0.6 * half, 0.25, h - .06, h), 0.4);
        return chassis(rigidAxles());
    }

    private Shape flatbed() {
        double wall = cab(2.75);
        double load = 1.15;
        Finish.solid(s.box(-l, wall, w, load - 0.15, load), 0.25);
        Finish.solid(s.box(wall - 0.08, wall, 0.95 * w, load, 2.3), Finish.TRIM);
        double x = wall - 0.3;
        while (x - 1.2 > -l && dice.chance(0.85)) {
            double size = dice.between(0.9, 2.2);
            double rear = Math.max(-l + 0.1, x - size);
            Finish.solid(
                    s.box(rear, x, w * dice.between(.5, .95), load, dice.between(1.6, h)),
                    dice.between(0.15, 0.7));
            x = rear - dice.between(0.1, 0.8);
        }
        return chassis(rigidAxles());
    }

    /** Tractor and semi-trailer in line. */
    private Shape semi() {
        double wall = cab(Math.min(h - 0.1, 3.6)) - 0.4;
        double body = dice.chance(0.6) ? dice.between(0.5, 0.8) : Finish.paint(dice);
        Finish.solid(s.box(-l, wall, w, 1.15, h), body);
        Finish.solid(s.box(-0.2 * l, 0.3 * l, 0.98 * w, 0.45, 1.1), Finish.TRIM);
        Finish.solid(s.box(-l, wall, w + 0.006, 1.17, 1.25), Finish.REFLECTOR);
        double rear = -0.6 * l;
        return chassis(l - 1.4, l - Math.min(5, 0.62 * l), rear, rear - 1.3);
    }

    /** Buses and coaches: skirts between the wheels, a band of windows with posts, a roof. */
    private Shape bus(double clear, double belt, boolean jointed) {
        double eaves = h - dice.between(0.3, 0.45);
        double r = l > 4 ? wheel : 0.38;
        double arch = 2 * r + 0.05;
        double front = l - (l > 4 ? 2.7 : 1.2);
        double rear = (l > 4 ? 3.2 : 1.5) - l;
        double gap = r + 0.07;
        Finish.solid(s.box(0.2 - l, l - 0.2, 0.75 * w, clear + .05, arch), Finish.TRIM);
        Finish.solid(s.box(rear + gap, front - gap, w, clear, arch), paint);
        Finish.solid(s.taper(front + gap, front + gap, l - .1, l, w, w, clear, arch), paint);
        Finish.solid(s.taper(.15 - l, -l, rear - gap, rear - gap, w, w, clear, arch), paint);
        if (belt > arch) {
            Finish.solid(s.box(-l, l, w, arch, belt), paint);
        }
        double low = Math.max(arch, belt);
        double share = dice.between(0.3, 0.6);
        Finish.glass(
                s.taper(.01 - l, .06 - l, l - .01, l - .2, .99 * w, .95 * w, low, eaves), share);
        int posts = l > 4 ? 4 : 2;
        for (int i = 0; i < posts; i++) {
            double x = -0.8 * l + i * 1.5 * l / Math.max(1, posts - 1);
            Finish.solid(
                    s.taper(x, x, x + .16, x + .16, .99 * w + .005, .95 * w + .005, low, eaves),
                    paint);
        }
        Finish.solid(s.taper(.06 - l, .15 - l, l - .15, l - .5, .97 * w, .86 * w, eaves, h), paint);
        if (jointed) {
            Finish.solid(s.box(-0.2 * l, -0.08 * l, w + 0.01, clear, h - 0.1), Finish.TRIM);
            Finish.wheels(s, w, r, 0.3, front, 0.05 * l, rear);
        } else {
            Finish.wheels(s, w, r, 0.3, front, rear);
        }
        Finish.pair(s, l - 0.05, w + 0.1, 2, 0.08, 0.12, 0.25, Finish.TRIM);
        Finish.plates(s, -l, l, 0.45);
        Finish.pair(s, l - 0.05, 0.8 * w, 0.75, 0.08, 0.18, 0.1, Finish.LAMP);
        return Figure.hull(s, l, w, h);
    }
}
