package io.azimuth.perception.simulation;

/**
 * Cyclists of family A: frame, two wheels that are mostly air, a leaning rider whose legs turn the
 * cranks; some on e-scooters. Knees lie where thigh and shin between hip and pedal meet.
 */
final class Cycles {
    static final int PHASES = 8;
    private static final double GEAR_M = 4.9;
    private static final double SPOKES = 0.3;
    private static final double CRANK_Z = 0.29;

    private final double k;
    private final double wheel;
    private final double base; // half the wheel base
    private final double lean;
    private final double bar;
    private final double saddle;
    private final double jacket;
    private final double trousers;
    private final double head;
    private final double frame;
    private final int load; // 0 none, 1 panniers, 2 basket, 3 child seat, 4 backpack

    private Cycles(Dice dice) {
        k = dice.around(1, 0.045);
        wheel = dice.between(0.32, 0.35);
        base = dice.between(0.5, 0.56);
        lean = dice.between(0.15, 0.68);
        bar = dice.between(0.26, 0.33);
        saddle = 0.9 * k + dice.between(-0.04, 0.04);
        jacket = dice.chance(0.08) ? 1.6 : Finish.cloth(dice);
        trousers = Finish.cloth(dice);
        head = dice.chance(0.5) ? dice.between(0.3, 0.8) : Finish.skin(dice);
        frame = dice.between(0.15, 0.6);
        double p = dice.unit();
        load = p < 0.14 ? 1 : p < 0.26 ? 2 : p < 0.31 ? 3 : p < 0.5 ? 4 : 0;
    }

    /** Someone who rides or waits astride. */
    static Figure cyclist(SizeRegion sizes, Dice dice) {
        if (dice.chance(sizes == SizeRegion.EUROPE ? 0.07 : 0.12)) {
            return Figure.stiff(scooter(dice));
        }
        Cycles c = new Cycles(dice);
        Shape[] phases = new Shape[PHASES];
        for (int i = 0; i < PHASES; i++) {
            phases[i] = c.pose(2 * Math.PI * i / PHASES);
        }
        return Figure.moving(c.pose(1.2), phases, GEAR_M);
    }

    /** A bicycle that leans on its stand. */
    static Shape parked(Dice dice) {
        Shape s = new Shape();
        new Cycles(dice).bicycle(s);
        return s;
    }

    private Shape pose(double phase) {
        Shape s = new Shape();
        bicycle(s);
        double hipX = -0.26;
        double hipZ = saddle + 0.07;
        double top = 0.5 * k;
        double shoulderX = hipX + top * StrictMath.sin(lean);
        double shoulderZ = hipZ + top * StrictMath.cos(lean);
        leg(s, phase, 0.11, hipX, hipZ);
        leg(s, phase + Math.PI, -0.11, hipX, hipZ);
        Finish.solid(
                s.taper(
                        hipX - .14,
                        shoulderX - .12,
                        hipX + .12,
                        shoulderX + .1,
                        .16,
                        .2,
                        hipZ - .08,
                        shoulderZ + .04),
                jacket);
        Finish.solid(s.ellipsoid(shoulderX + .1, 0, shoulderZ + .19 * k, .12, .09, .135), head);
        arms(s, shoulderX, shoulderZ);
        if (load == 4) {
            Finish.solid(
                    s.taper(
                            hipX - .3,
                            shoulderX - .27,
                            hipX - .1,
                            shoulderX - .1,
                            .14,
                            .14,
                            hipZ + .12,
                            shoulderZ),
                    trousers);
        }
        return s;
    }

    /** Upper arms hang, forearms reach for the bar. */
    private void arms(Shape s, double shoulderX, double shoulderZ) {
        double handX = base - 0.14;
        double elbowX = shoulderX + 0.35 * (handX - shoulderX);
        double elbowZ = 1.02 + 0.3 * (shoulderZ - 1.02);
        double x = 0.5 * (shoulderX + elbowX);
        double r = 0.05 + 0.25 * Math.abs(elbowX - shoulderX);
        Finish.solid(s.cylinder(x, 0.21, r, elbowZ, shoulderZ), jacket);
        Finish.solid(s.cylinder(x, -0.21, r, elbowZ, shoulderZ), jacket);
        Finish.pair(
                s,
                0.5 * (elbowX + handX),
                0.22,
                0.5 * (elbowZ + 1.02),
                0.5 * Math.abs(handX - elbowX) + 0.05,
                0.045,
                0.5 * Math.abs(elbowZ - 1.02) + 0.05,
                jacket);
    }

    private void bicycle(Shape s) {
        s.wheel(base, 0, wheel, 0.022).of(Surface.FURNITURE, 0.2, 1 - SPOKES, 1);
        s.wheel(-base, 0, wheel, 0.022).of(Surface.FURNITURE, 0.2, 1 - SPOKES, 1);
        double t = 0.018;
        double head_ = base - 0.14;
        Finish.solid(s.taper(-t, head_ - t, t, head_ + t, t, t, CRANK_Z, 0.82), frame);
        Finish.solid(s.taper(-t, -.22 - t, t, -.22 + t, t, t, CRANK_Z, saddle), frame);
        Finish.solid(s.box(-0.2, head_, t, 0.76, 0.8), frame);
        Finish.solid(s.taper(base - t, head_ - t, base + t, head_ + t, .05, .03, wheel, 1), frame);
        Finish.solid(s.box(head_ - 0.04, head_ + 0.02, bar, 0.99, 1.03), Finish.TRIM);
        Finish.solid(
                s.box(-base - wheel + 0.02, -base - wheel + 0.05, .03, .6, .66), Finish.REFLECTOR);
        switch (load) {
            case 1 -> Finish.solid(s.box(-base - .18, -base + .16, .2, .42, .78), trousers);
            case 2 -> Finish.sparse(s.box(base - .16, base + .16, .17, .82, 1.05), 0.3, 0.6);
            case 3 -> Finish.solid(s.taper(-.72, -.8, -.42, -.5, .15, .15, .75, 1.3), trousers);
            default -> {}
        }
    }

    /** Thigh and shin of one leg; the foot follows the pedal. */
    private void leg(Shape s, double phase, double y, double hipX, double hipZ) {
        double px = 0.17 * StrictMath.cos(phase);
        double pz = CRANK_Z + 0.06 - 0.17 * StrictMath.sin(phase);
        double thigh = 0.44 * k;
        double shin = 0.46 * k;
        double dx = px - hipX;
        double dz = pz - hipZ;
        double d = Math.min(Math.sqrt(dx * dx + dz * dz), thigh + shin - 1e-3);
        double a = (thigh * thigh - shin * shin + d * d) / (2 * d);
        double out = Math.sqrt(Math.max(0, thigh * thigh - a * a));
        double kx = hipX + (a * dx - out * dz) / d;
        double kz = hipZ + (a * dz + out * dx) / d;
        Finish.solid(
                s.ellipsoid(
                        0.5 * (hipX + kx),
                        y,
                        0.5 * (hipZ + kz),
                        0.5 * Math.abs(kx - hipX) + 0.06,
                        0.075,
                        0.5 * Math.abs(hipZ - kz) + 0.07),
                trousers);
        double lean = 0.25 * Math.abs(kx - px);
        Finish.solid(
                s.cylinder(0.5 * (kx + px), y, 0.055 + lean, Math.min(pz, kz - .1), kz), trousers);
    }

    private static Shape scooter(Dice dice) {
        double h = Math.max(1.5, dice.around(1.74, 0.07));
        double cloth = Finish.cloth(dice);
        double legs = Finish.cloth(dice);
        Shape s = new Shape();
        Finish.solid(s.wheel(0.5, 0, 0.12, 0.025), Finish.TYRE);
        Finish.solid(s.wheel(-0.45, 0, 0.12, 0.025), Finish.TYRE);
        Finish.solid(s.box(-0.4, 0.38, 0.08, 0.12, 0.17), Finish.TRIM);
        Finish.solid(s.taper(.44, .34, .48, .38, .025, .025, .12, 1.12), 0.3);
        Finish.solid(s.box(0.32, 0.37, 0.25, 1.1, 1.14), Finish.TRIM);
        double hip = 0.17 + 0.5 * h;
        Finish.solid(s.taper(-.3, -.2, -.18, 0, .07, .13, .17, hip), legs);
        Finish.solid(s.taper(.02, -.14, .14, .04, .07, .13, .17, hip), legs);
        Finish.solid(s.ellipsoid(-.06, 0, hip + .25, .15, .21, .34), cloth);
        Finish.pair(s, 0.12, 0.23, 1.25, 0.2, 0.05, 0.2, cloth);
        Finish.solid(s.ellipsoid(0, 0, 0.17 + h - 0.13, .11, .09, .13), Finish.skin(dice));
        return s;
    }
}
