package io.azimuth.perception.simulation;

/** What bodies are made of; all methods give the last part of a shape its material. */
final class Finish {
    static final double TYRE = 0.06;
    static final double TRIM = 0.11;
    static final double PLATE = 3.5;
    static final double REFLECTOR = 2.5;
    static final double LAMP = 1.3;

    private Finish() {}

    static Shape solid(Shape s, double albedo) {
        return s.of(Surface.FURNITURE, albedo, 0, 1);
    }

    /** A pane; {@code share} of the light goes through. */
    static Shape glass(Shape s, double share) {
        return s.of(Surface.FURNITURE, 0.2, share, 1);
    }

    /** A part of which only {@code fill} is there: spokes, baskets, leaves. */
    static Shape sparse(Shape s, double albedo, double fill) {
        return s.of(Surface.FURNITURE, albedo, 1 - fill, 1);
    }

    /** Every fifth vehicle is dark, some of them so dark that far returns are lost. */
    static double paint(Dice dice) {
        double p = dice.unit();
        if (p < 0.07) {
            return dice.between(0.03, 0.05);
        }
        if (p < 0.2) {
            return dice.between(0.05, 0.08);
        }
        return p < 0.45 ? dice.between(0.6, 0.85) : dice.between(0.15, 0.6);
    }

    /** Lorries, vans and coaches are mostly light. */
    static double fleetPaint(Dice dice) {
        return dice.chance(0.6) ? dice.between(0.55, 0.85) : paint(dice);
    }

    static double cloth(Dice dice) {
        return dice.chance(0.25) ? dice.between(0.06, 0.14) : dice.between(0.14, 0.75);
    }

    static double skin(Dice dice) {
        return dice.between(0.3, 0.55);
    }

    /** Two axles or more at the given places; tyres stand out of the flank by a centimetre. */
    static void wheels(Shape s, double halfWidth, double radius, double tyre, double... axles) {
        for (double x : axles) {
            double y = halfWidth + 0.01 - tyre / 2;
            solid(s.wheel(x, y, radius, tyre / 2), TYRE);
            solid(s.wheel(x, -y, radius, tyre / 2), TYRE);
        }
    }

    /** Something on both sides, such as mirrors and lamps. */
    static void pair(
            Shape s, double x, double y, double z, double rx, double ry, double rz, double albedo) {
        solid(s.ellipsoid(x, y, z, rx, ry, rz), albedo);
        solid(s.ellipsoid(x, -y, z, rx, ry, rz), albedo);
    }

    /** Number plates at both ends of a body from {@code rear} to {@code front}. */
    static void plates(Shape s, double rear, double front, double z) {
        solid(s.box(front - 0.02, front + 0.012, 0.26, z, z + 0.11), PLATE);
        solid(s.box(rear - 0.012, rear + 0.02, 0.26, z + 0.1, z + 0.21), PLATE);
    }
}
