package io.azimuth.perception.simulation;

/**
 * Pedestrians of family A: torso, head, two legs of thigh, shin and foot, arms of two segments. A
 * stride of two steps is built as {@value #PHASES} poses. Joint angles follow the usual shape of
 * walking: the hip swings as a sine, the knee bends while its leg comes forward.
 */
final class People {
    static final int PHASES = 10;
    private static final double ADULT_M = 1.72;

    /** What is worn and carried; drawn once, the same in every pose. */
    private enum Dress {
        TROUSERS,
        SKIRT,
        COAT
    }

    private final double k; // size against an adult of mean height
    private final double h;
    private final double girth;
    private final Dress dress;
    private final double upper;
    private final double lower;
    private final double skin;
    private final int load; // 0 none, 1 backpack, 2 bag at the side, 3 pram
    private final double swing;
    private final double armSwing;

    private People(SizeRegion sizes, Dice dice) {
        boolean child = dice.chance(0.1);
        double mean = sizes == SizeRegion.UNITED_STATES ? 1.74 : 1.73;
        h = child ? dice.between(0.95, 1.45) : Math.max(1.48, dice.around(mean, 0.085));
        k = h / ADULT_M;
        girth = k * dice.between(0.88, 1.2);
        double p = dice.unit();
        dress = p < 0.68 ? Dress.TROUSERS : p < 0.84 ? Dress.SKIRT : Dress.COAT;
        boolean vest = dice.chance(0.02);
        upper = vest ? 1.6 : Finish.cloth(dice);
        lower = Finish.cloth(dice);
        skin = Finish.skin(dice);
        double q = dice.unit();
        load = child ? 0 : q < 0.14 ? 1 : q < 0.32 ? 2 : q < 0.345 ? 3 : 0;
        swing = dice.between(0.26, 0.36);
        armSwing = load == 3 ? 0 : dice.between(0.15, 0.45);
    }

    /** Someone who stands or walks. */
    static Figure pedestrian(SizeRegion sizes, Dice dice) {
        People p = new People(sizes, dice);
        Shape[] phases = new Shape[PHASES];
        for (int i = 0; i < PHASES; i++) {
            phases[i] = p.pose(2 * Math.PI * i / PHASES, 1);
        }
        return Figure.moving(p.pose(0.9, 0.25), phases, 1.42 * p.k);
    }

    /** Heights of the knee and ankle under a hip at 0, and how far they are in front of it. */
    private record Leg(double kneeX, double kneeZ, double ankleX, double ankleZ) {}

    private Leg leg(double phase, double stride) {
        double hip = stride * swing * StrictMath.sin(phase);
        double bend = stride * (0.12 + 0.6 * Math.max(0, StrictMath.cos(phase + 0.35)));
        double thigh = 0.43 * k;
        double shin = 0.42 * k;
        double kx = thigh * StrictMath.sin(hip);
        double kz = -thigh * StrictMath.cos(hip);
        return new Leg(
                kx,
                kz,
                kx + shin * StrictMath.sin(hip - bend),
                kz - shin * StrictMath.cos(hip - bend));
    }

    private Shape pose(double phase, double stride) {
        Shape s = new Shape();
        Leg left = leg(phase, stride);
        Leg right = leg(phase + Math.PI, stride);
        double hip = 0.07 * k - Math.min(left.ankleZ, right.ankleZ);
        legs(s, left, 0.095 * k, hip);
        legs(s, right, -0.095 * k, hip);
        double shoulder = h - 0.29 * k;
        double middle = 0.5 * (hip + shoulder) + 0.01;
        Finish.solid(
                s.ellipsoid(0, 0, middle, .145 * girth, .2 * girth, .58 * (shoulder - hip + .1)),
                upper);
        gown(s, hip);
        Finish.solid(s.ellipsoid(0.03 * k, 0, h - .13 * k, .105 * k, .085 * k, .13 * k), skin);
        double pushed = load == 3 ? 0.75 : 0.12;
        arm(s, shoulder, 0.2 * girth + 0.02, pushed - stride * armSwing * StrictMath.sin(phase));
        arm(s, shoulder, -0.2 * girth - 0.02, pushed + stride * armSwing * StrictMath.sin(phase));
        carry(s, hip, shoulder);
        s.high[2] = h;
        s.low[2] = 0;
        return s;
    }

    private void legs(Shape s, Leg leg, double y, double hip) {
        boolean bare = dress == Dress.SKIRT;
        double shinLean = 0.25 * Math.abs(leg.ankleX - leg.kneeX);
        if (dress == Dress.TROUSERS) {
            Finish.solid(
                    s.cylinder(0.5 * leg.kneeX, y, .082 * girth, hip + leg.kneeZ, hip + .02),
                    lower);
        }
        double foot = hip + leg.ankleZ;
        Finish.solid(
                s.cylinder(
                        0.5 * (leg.kneeX + leg.ankleX),
                        y,
                        0.056 * k + shinLean,
                        foot,
                        hip + leg.kneeZ),
                bare ? skin : lower);
        Finish.solid(
                s.ellipsoid(leg.ankleX + .05 * k, y, foot - .02 * k, .115 * k, .048 * k, .05 * k),
                Finish.TRIM);
    }

    /** Skirts reach the knee, coats the thigh. */
    private void gown(Shape s, double hip) {
        if (dress == Dress.TROUSERS) {
            return;
        }
        double hem = hip - (dress == Dress.SKIRT ? 0.42 : 0.34) * k;
        double wide = (dress == Dress.SKIRT ? 0.2 : 0.18) * girth;
        Finish.solid(
                s.taper(-wide, -.13 * girth, wide, .13 * girth, wide, .16 * girth, hem, hip + .1),
                dress == Dress.SKIRT ? lower : upper);
    }

    private void arm(Shape s, double shoulder, double y, double angle) {
        double length = 0.28 * k;
        double ex = length * StrictMath.sin(angle);
        double ez = shoulder - length * StrictMath.cos(angle);
        double fore = angle + 0.35;
        double hx = ex + 0.9 * length * StrictMath.sin(fore);
        double hz = ez - 0.9 * length * StrictMath.cos(fore);
        Finish.solid(s.cylinder(0.5 * ex, y, 0.05 * girth, ez, shoulder + 0.03), upper);
        Finish.solid(
                s.cylinder(0.5 * (ex + hx), y * 1.05, .045 * k, Math.min(hz, ez - .05), ez), upper);
    }

    private void carry(Shape s, double hip, double shoulder) {
        switch (load) {
            case 1 ->
                    Finish.solid(
                            s.taper(-.36 * k, -.3 * k, -.1, -.1, .15, .13, hip + .1, shoulder),
                            lower);
            case 2 -> Finish.solid(s.ellipsoid(0, 0.3 * k, hip - .05, .16, .06, .17), lower);
            case 3 -> {
                Finish.solid(s.taper(.55, .45, 1.2, 1.3, .22, .25, .45, .8), upper);
                Finish.solid(s.taper(.8, .9, 1.28, 1.2, .24, .2, .8, 1.05), Finish.TRIM);
                Finish.solid(s.wheel(1.1, 0, 0.12, 0.25), Finish.TYRE);
            }
            default -> {}
        }
    }
}
