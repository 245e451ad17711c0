package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.ObjectClass;

/** Shapes of road users; sizes are drawn around European means. */
final class Shapes {
    private static final double TYRE = 0.06;
    private static final double GLASS = 0.6;

    private Shapes() {}

    static Shape of(ObjectClass objectClass, Dice dice) {
        return switch (objectClass) {
            case VAN -> van(dice);
            case TRUCK -> truck(dice);
            case BUS -> bus(dice);
            case PEDESTRIAN -> pedestrian(dice);
            case CYCLIST -> cyclist(dice);
            default -> car(dice);
        };
    }

    static Shape car(Dice dice) {
        double l = dice.around(4.25, 0.35) / 2;
        double w = dice.around(1.76, 0.08) / 2;
        double h = dice.around(1.5, 0.09);
        double belt = h * dice.between(0.56, 0.64);
        double paint = paint(dice);
        double rear = dice.between(-0.98, -0.62);
        double front = dice.between(0.28, 0.45);
        Shape s = new Shape();
        s.taper(-0.97 * l, -l, 0.97 * l, l, 0.94 * w, w, 0.2, 0.5 * belt)
                .of(Surface.FURNITURE, paint, 0, 1);
        s.taper(-l, -0.98 * l, l, 0.88 * l, w, 0.95 * w, 0.5 * belt, belt)
                .of(Surface.FURNITURE, paint, 0, 1);
        s.taper(
                        rear * l,
                        (rear + 0.12) * l,
                        front * l,
                        (front - 0.3) * l,
                        0.92 * w,
                        0.74 * w,
                        belt,
                        h - 0.05)
                .of(Surface.FURNITURE, 0.2, GLASS, 1);
        s.taper(
                        (rear + 0.11) * l,
                        (rear + 0.18) * l,
                        (front - 0.28) * l,
                        (front - 0.36) * l,
                        0.75 * w,
                        0.68 * w,
                        h - 0.05,
                        h)
                .of(Surface.FURNITURE, paint, 0, 1);
        return wheels(s, 0.62 * l, w, 0.32, 2);
    }

    static Shape van(Dice dice) {
        double l = dice.around(5.2, 0.35) / 2;
        double w = dice.around(1.95, 0.07) / 2;
        double h = dice.around(2.15, 0.18);
        double paint = paint(dice);
        Shape s = new Shape();
        s.taper(-l, -l, l, 0.95 * l, w, w, 0.25, 1.05).of(Surface.FURNITURE, paint, 0, 1);
        s.taper(-l, -0.97 * l, 0.85 * l, 0.5 * l, w, 0.88 * w, 1.05, h)
                .of(Surface.FURNITURE, paint, 0.1, 1);
        return wheels(s, 0.64 * l, w, 0.34, 2);
    }

    static Shape truck(Dice dice) {
        double l = dice.around(7.8, 0.8) / 2;
        double w = dice.around(2.45, 0.06) / 2;
        double h = dice.around(3.3, 0.2);
        Shape s = new Shape();
        s.taper(l - 1.9, l - 1.9, l, l - 0.15, 0.97 * w, 0.93 * w, 0.45, 2.7)
                .of(Surface.FURNITURE, paint(dice), 0.15, 1);
        s.box(-l, l - 2.1, w, 0.95, h).of(Surface.FURNITURE, 0.6, 0, 1);
        s.box(-l + 0.3, l - 0.4, 0.4 * w, 0.5, 0.95).of(Surface.FURNITURE, 0.1, 0, 1);
        return wheels(s, 0.66 * l, w, 0.48, 3);
    }

    static Shape bus(Dice dice) {
        double l = dice.around(11.5, 0.5) / 2;
        double w = 2.5 / 2;
        double h = dice.around(3.05, 0.1);
        Shape s = new Shape();
        double paint = paint(dice);
        s.taper(-l, -l, l, l, w, w, 0.3, 1.2).of(Surface.FURNITURE, paint, 0, 1);
        s.taper(-l, -0.99 * l, l, 0.98 * l, w, 0.98 * w, 1.2, h - 0.4)
                .of(Surface.FURNITURE, 0.2, 0.45, 1);
        s.taper(-l, -0.98 * l, l, 0.97 * l, w, 0.95 * w, h - 0.4, h)
                .of(Surface.FURNITURE, paint, 0, 1);
        return wheels(s, 0.55 * l, w, 0.48, 2);
    }

    static Shape pedestrian(Dice dice) {
        double h = dice.around(1.72, 0.1);
        double cloth = dice.between(0.12, 0.7);
        double step = dice.between(0.05, 0.25);
        Shape s = new Shape();
        s.cylinder(step, 0.1, 0.085, 0, 0.48 * h)
                .of(Surface.FURNITURE, dice.between(0.1, 0.4), 0, 1);
        s.cylinder(-step, -0.1, 0.085, 0, 0.48 * h).of(Surface.FURNITURE, 0.2, 0, 1);
        s.ellipsoid(0, 0, 0.65 * h, 0.16, 0.22, 0.21 * h).of(Surface.FURNITURE, cloth, 0, 1);
        s.cylinder(-0.8 * step, 0.26, 0.055, 0.44 * h, 0.78 * h).of(Surface.FURNITURE, cloth, 0, 1);
        s.cylinder(0.8 * step, -0.26, 0.055, 0.44 * h, 0.78 * h).of(Surface.FURNITURE, cloth, 0, 1);
        s.ellipsoid(0.02, 0, h - 0.12, 0.1, 0.085, 0.12).of(Surface.FURNITURE, 0.4, 0, 1);
        return s;
    }

    static Shape cyclist(Dice dice) {
        double cloth = dice.between(0.15, 0.7);
        double h = dice.around(1.72, 0.06);
        Shape s = new Shape();
        s.wheel(0.53, 0, 0.34, 0.03).of(Surface.FURNITURE, 0.15, 0.6, 1);
        s.wheel(-0.53, 0, 0.34, 0.03).of(Surface.FURNITURE, 0.15, 0.6, 1);
        s.taper(-0.1, -0.35, 0.1, 0.4, 0.03, 0.03, 0.3, 0.85).of(Surface.FURNITURE, 0.3, 0.5, 1);
        s.box(0.38, 0.46, 0.27, 0.98, 1.04).of(Surface.FURNITURE, 0.2, 0, 1);
        s.taper(-0.05, -0.25, 0.15, 0.1, 0.17, 0.18, 0.4, 0.98).of(Surface.FURNITURE, 0.2, 0, 1);
        s.taper(-0.3, 0.02, 0.02, 0.3, 0.2, 0.22, 0.95, h - 0.22)
                .of(Surface.FURNITURE, cloth, 0, 1);
        s.ellipsoid(0.24, 0, h - 0.12, 0.12, 0.09, 0.12).of(Surface.FURNITURE, 0.5, 0, 1);
        return s;
    }

    private static Shape wheels(Shape s, double x, double w, double radius, int axles) {
        for (int i = 0; i < axles; i++) {
            double at = i == 2 ? -x + 2.3 * radius : (1 - 2 * i) * x;
            s.wheel(at, w - 0.11, radius, 0.11).of(Surface.FURNITURE, TYRE, 0, 1);
            s.wheel(at, 0.11 - w, radius, 0.11).of(Surface.FURNITURE, TYRE, 0, 1);
        }
        return s;
    }

    private static double paint(Dice dice) {
        return dice.chance(0.2) ? dice.between(0.04, 0.08) : dice.between(0.15, 0.75);
    }
}
