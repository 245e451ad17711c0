package io.azimuth.perception.simulation;

/**
 * Passenger cars of family A: bumpers, sills and a floor that leave the wheels free, a sloping
 * bonnet, a cabin of glass on pillars, a roof, mirrors, lamps and plates. Boxes leave the mirrors
 * out, as labels of recorded sets do.
 */
final class Cars {
    /**
     * Kinds of cars; x positions are shares of half the length.
     *
     * @param lengthM mean in Europe
     * @param rear foot of the rear window
     * @param rearTop its upper edge
     * @param screen foot of the windscreen
     * @param screenTop its upper edge
     */
    private record Style(
            double europe,
            double unitedStates,
            double lengthM,
            double widthM,
            double heightM,
            double belt,
            double rear,
            double rearTop,
            double screen,
            double screenTop) {}

    private static final Style CITY =
            new Style(.12, .03, 3.6, 1.62, 1.48, .61, -.97, -.86, .52, .18);
    private static final Style HATCHBACK =
            new Style(.38, .14, 4.05, 1.71, 1.47, .61, -.95, -.68, .42, .06);
    private static final Style SALOON =
            new Style(.14, .27, 4.5, 1.76, 1.43, .63, -.64, -.38, .38, .04);
    private static final Style ESTATE =
            new Style(.14, .05, 4.55, 1.76, 1.47, .61, -.97, -.82, .40, .06);
    private static final Style SUV =
            new Style(.12, .22, 4.4, 1.80, 1.66, .62, -.96, -.80, .42, .12);
    private static final Style MPV =
            new Style(.06, .06, 4.4, 1.78, 1.64, .59, -.97, -.88, .60, .20);
    private static final Style SPORTS =
            new Style(.04, .02, 4.15, 1.74, 1.28, .63, -.74, -.30, .26, -.06);
    private static final Style PICKUP =
            new Style(.00, .21, 5.2, 1.86, 1.80, .62, -.14, -.10, .46, .20);
    private static final Style[] ALL = {CITY, HATCHBACK, SALOON, ESTATE, SUV, MPV, SPORTS, PICKUP};

    private final Style style;
    private final Dice dice;
    private final Shape s = new Shape();
    private final double l;
    private final double w;
    private final double h;
    private final double paint;
    private final double wheel;
    private final double axle;
    private final double arch;
    private final double nose;
    private final double belt;
    private final double eaves;

    private Cars(Style style, SizeRegion sizes, Dice dice) {
        this.style = style;
        this.dice = dice;
        boolean long_ = sizes == SizeRegion.UNITED_STATES;
        l = (style.lengthM * (long_ ? 1.085 : 1) + dice.around(0, 0.16)) / 2;
        w = (style.widthM + (long_ ? 0.12 : 0) + dice.around(0, 0.05)) / 2;
        h = style.heightM + (long_ ? 0.05 : 0) + dice.around(0, 0.045);
        paint = Finish.paint(dice);
        wheel = (style == SUV || style == PICKUP ? 0.36 : 0.31) + dice.between(-0.015, 0.015);
        axle = l * dice.between(0.59, 0.66);
        arch = 2 * wheel + 0.03;
        belt = Math.max(arch + 0.18, h * (style.belt + dice.between(-0.02, 0.02)));
        nose = arch + dice.between(0.25, 0.5) * (belt - arch);
        eaves = h - dice.between(0.06, 0.09);
    }

    /** A car as the region's streets have them. */
    static Shape of(SizeRegion sizes, Dice dice) {
        double p = dice.unit();
        for (Style style : ALL) {
            p -= sizes == SizeRegion.EUROPE ? style.europe : style.unitedStates;
            if (p < 0) {
                return new Cars(style, sizes, dice).build();
            }
        }
        return new Cars(HATCHBACK, sizes, dice).build();
    }

    /** A pick-up; in Europe they are met among the vans. */
    static Shape pickup(SizeRegion sizes, Dice dice) {
        return new Cars(PICKUP, sizes, dice).build();
    }

    private Shape build() {
        lower();
        boolean open = style == SPORTS && dice.chance(0.5);
        double deck = style == PICKUP ? bed() : -0.96 * l;
        Finish.solid(
                s.taper(-l, deck, 0.97 * l, style.screen * l + 0.03, .985 * w, .93 * w, nose, belt),
                paint);
        if (open) {
            cockpit();
        } else {
            cabin();
        }
        Finish.wheels(s, w, wheel, 0.2, axle, -axle);
        double y = 0.93 * w + 0.09;
        Finish.pair(s, style.screen * l - 0.28, y, belt + 0.06, 0.07, 0.1, 0.075, paint);
        Finish.plates(s, -l, l, 0.4);
        Finish.pair(s, l - 0.09, 0.72 * w, nose - 0.06, 0.1, 0.17, 0.07, Finish.LAMP);
        Finish.pair(s, 0.03 - l, 0.78 * w, belt - 0.14, 0.045, 0.1, 0.09, Finish.REFLECTOR);
        return Figure.hull(s, l, w, h);
    }

    /** Bumpers and sills around the free wheels, a narrower floor, and the flanks above them. */
    private void lower() {
        double clear = dice.between(0.16, 0.2) + (wheel > 0.33 ? 0.06 : 0);
        double gap = wheel + 0.05;
        Finish.solid(s.box(-0.9 * l, 0.88 * l, 0.7 * w, clear, arch), Finish.TRIM);
        Finish.solid(
                s.taper(gap - axle, gap - axle, axle - gap, axle - gap, .95 * w, w, clear, arch),
                paint);
        double chin = dice.between(0.1, 0.16);
        Finish.solid(
                s.taper(axle + gap, axle + gap, l - chin, l, .86 * w, .97 * w, clear, arch), paint);
        Finish.solid(
                s.taper(-l + chin, -l, -axle - gap, -axle - gap, .88 * w, .97 * w, clear, arch),
                paint);
        Finish.solid(s.taper(-l, -l, l, 0.97 * l, w, 0.985 * w, arch, nose), paint);
    }

    private void cabin() {
        double x0 = style.rear * l;
        double x0t = style.rearTop * l;
        double x1 = style.screen * l;
        double x1t = style.screenTop * l;
        double mid = 0.5 * (x0t + x1t) - 0.05;
        double foot = 0.92 * w;
        double top = dice.between(0.71, 0.76) * w;
        double clear = dice.between(0.6, 0.85);
        double dark = dice.chance(0.45) ? dice.between(0.35, 0.55) : clear;
        Finish.glass(s.taper(mid, mid, x1, x1t, foot, top, belt, eaves), clear);
        Finish.glass(s.taper(x0, x0t, mid, mid, foot, top, belt, eaves), dark);
        double inset = 0.5 * (h - eaves);
        Finish.solid(
                s.taper(
                        x0t - 0.04,
                        x0t + inset,
                        x1t + .04,
                        x1t - 3 * inset,
                        top,
                        top - inset,
                        eaves,
                        h),
                paint);
        pillar(mid - 0.06, mid - 0.06, 0.13, foot, top, Finish.TRIM);
        if (style != PICKUP) {
            pillar(x0 + 0.12, x0t + 0.08, 0.2, foot, top, paint);
        }
    }

    /** Posts of both sides and the seats between them in one. */
    private void pillar(double x, double xt, double width, double foot, double top, double albedo) {
        double out = 0.004;
        Finish.solid(
                s.taper(x, xt, x + width, xt + width, foot + out, top + out, belt, eaves), albedo);
    }

    /** A windscreen and two seats under the sky. */
    private void cockpit() {
        double x1 = style.screen * l;
        double x1t = style.screenTop * l;
        Finish.glass(s.taper(x1 - .05, x1t, x1, x1t + .04, .9 * w, .75 * w, belt, h), 0.7);
        double seat = -0.16 * l;
        Finish.pair(s, seat, 0.42 * w, belt, 0.12, 0.25, 0.3, Finish.TRIM);
    }

    /** Load bed behind the cab; returns where the cab's body begins. Half of them are covered. */
    private double bed() {
        double rear = -0.99 * l;
        double cab = style.rear * l - 0.05;
        double floor = dice.chance(0.5) ? belt - 0.02 : belt - 0.3;
        if (floor > nose) {
            Finish.solid(s.box(rear, cab, 0.95 * w, nose, floor), paint);
        }
        Finish.solid(s.box(rear, rear + 0.06, 0.95 * w, nose, belt - 0.02), paint);
        return cab;
    }
}
