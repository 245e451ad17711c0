package io.azimuth.perception.simulation;

/** Shapes of family B's buildings and furniture; x runs along the street. */
final class OtherBuildings {
    private OtherBuildings() {}

    static Shape block(Dice d, double length, double depth, double height) {
        double albedo = d.between(0.2, 0.65);
        Shape s = new Shape();
        s.box(-length / 2, length / 2, depth / 2, -3, height).of(Surface.HOUSE, albedo, 0.1, 1);
        for (double x = -length / 2 + 2; x < length / 2 - 2; x += d.between(3, 6)) {
            s.box(x, x + 0.4, depth / 2 + 0.22, -3, height).of(Surface.HOUSE, albedo, 0, 1);
        }
        return s;
    }

    static Shape stepped(Dice d, double length, double depth) {
        Shape s = new Shape();
        double z = -3;
        int storeys = 2 + d.below(4);
        for (int i = 0; i < storeys; i++) {
            double top = 3.6 * (i + 1);
            double in = 1.3 * i;
            s.box(-length / 2 + in, length / 2 - 0.5 * in, depth / 2 - 0.6 * in, z, top)
                    .of(Surface.HOUSE, d.between(0.3, 0.6), 0.12, 1);
            z = top;
        }
        return s;
    }

    static Shape tower(Dice d) {
        double r = d.between(4, 8);
        double h = d.between(11, 28);
        Shape s = new Shape();
        s.cylinder(0, 0, r, -3, h).of(Surface.HOUSE, d.between(0.2, 0.6), 0.15, 1);
        s.cylinder(0, 0, r + 0.7, 3.1, 3.5).of(Surface.HOUSE, 0.4, 0, 1);
        s.cylinder(0, 0, 0.5 * r, h, h + 4).of(Surface.HOUSE, 0.3, 0, 1);
        return s;
    }

    static Shape warehouse(Dice d) {
        double x = d.between(11, 20);
        double y = d.between(7, 11);
        double h = d.between(5, 8);
        Shape s = new Shape();
        s.box(-x, x, y, -3, h).of(Surface.HOUSE, d.between(0.35, 0.7), 0, 1);
        s.taper(-x, -x, x, x, y, 0.5, h, h + 2).of(Surface.HOUSE, 0.3, 0, 1);
        for (double a = -x + 1; a < x; a += 4.5) {
            s.cylinder(a, y, 0.25, -3, h).of(Surface.HOUSE, 0.4, 0, 1);
            s.cylinder(a, -y, 0.25, -3, h).of(Surface.HOUSE, 0.4, 0, 1);
        }
        return s;
    }

    static Shape shed(Dice d) {
        double x = d.between(1.2, 3.2);
        double y = d.between(1, 2.2);
        Shape s = new Shape();
        s.box(-x, x, y, -0.5, 2).of(Surface.HOUSE, 0.3, 0, 1);
        s.taper(-x - 0.2, -x + 1, x + 0.2, x + 0.2, y + 0.2, y, 2, 2.6)
                .of(Surface.HOUSE, 0.25, 0, 1);
        return s;
    }

    static Shape containers(Dice d) {
        Shape s = new Shape();
        int n = 1 + d.below(3);
        for (int i = 0; i < n; i++) {
            double shift = d.between(-0.4, 0.4);
            s.box(-3.03 + shift, 3.03 + shift, 1.22, 2.59 * i - (i == 0 ? 0.3 : 0), 2.59 * (i + 1))
                    .of(Surface.WALL, d.between(0.15, 0.6), 0, 1);
        }
        return s;
    }

    /** A petrol station: roof on pillars, pumps below. */
    static Shape canopy(Dice d) {
        double x = d.between(5, 8);
        Shape s = new Shape();
        s.box(-x, x, 4, 4.4, 5.2).of(Surface.HOUSE, 0.6, 0, 1);
        for (int i = -1; i <= 1; i += 2) {
            s.cylinder(i * 0.7 * x, 2.6, 0.18, -0.5, 4.4).of(Surface.POLE, 0.5, 0, 1);
            s.cylinder(i * 0.7 * x, -2.6, 0.18, -0.5, 4.4).of(Surface.POLE, 0.5, 0, 1);
            s.box(i * 0.4 * x - 0.45, i * 0.4 * x + 0.45, 0.28, -0.2, 1.75)
                    .of(Surface.FURNITURE, 0.45, 0.1, 1);
        }
        return s;
    }

    static Shape porousWall(Dice d, double halfLength) {
        Shape s = new Shape();
        s.box(-halfLength, halfLength, 0.14, -0.5, d.between(0.9, 2.2))
                .of(Surface.WALL, 0.35, 0, 0.55);
        return s;
    }

    static Shape jerseyBarrier() {
        Shape s = new Shape();
        s.box(-1.45, 1.45, 0.3, -0.3, 0.08).of(Surface.WALL, 0.4, 0, 1);
        s.taper(-1.45, -1.45, 1.45, 1.45, 0.3, 0.14, 0.08, 0.33).of(Surface.WALL, 0.4, 0, 1);
        s.taper(-1.45, -1.45, 1.45, 1.45, 0.14, 0.08, 0.33, 0.82).of(Surface.WALL, 0.4, 0, 1);
        return s;
    }

    static Shape planter(Dice d) {
        double x = d.between(0.4, 0.9);
        Shape s = new Shape();
        s.taper(-0.9 * x, -x, 0.9 * x, x, 0.2, 0.26, -0.2, 0.55).of(Surface.WALL, 0.35, 0, 1);
        s.box(-x, x, 0.24, 0.55, d.between(0.8, 1.3)).of(Surface.HEDGE, 0.4, 0, 0.4);
        return s;
    }

    static Shape bin(Dice d) {
        Shape s = new Shape();
        s.cylinder(0, 0, d.between(0.2, 0.3), -0.2, d.between(0.85, 1.15))
                .of(Surface.FURNITURE, 0.3, 0, 1);
        return s;
    }

    static Shape bollard(Dice d) {
        Shape s = new Shape();
        s.cylinder(0, 0, d.between(0.06, 0.12), -0.2, d.between(0.7, 1.1))
                .of(Surface.POLE, 0.35, 0, 1);
        return s;
    }

    /** A column for posters: thick as a person, taller. */
    static Shape column(Dice d) {
        double h = d.between(2.2, 3);
        Shape s = new Shape();
        s.cylinder(0, 0, d.between(0.25, 0.5), -0.2, h).of(Surface.WALL, 0.5, 0, 1);
        s.cylinder(0, 0, 0.55, h, h + 0.15).of(Surface.WALL, 0.4, 0, 1);
        return s;
    }

    static Shape lamp(Dice d) {
        double h = d.between(5, 9);
        Shape s = new Shape();
        s.taper(-0.11, -0.05, 0.11, 0.05, 0.11, 0.05, -0.3, h).of(Surface.POLE, 0.35, 0, 1);
        s.box(-0.1, 0.1, 1.3, h - 0.1, h).of(Surface.POLE, 0.35, 0, 1);
        return s;
    }

    static Shape billboard(Dice d) {
        double x = d.between(1.2, 2.4);
        Shape s = new Shape();
        s.cylinder(-0.8 * x, 0, 0.07, -0.5, 2.2).of(Surface.POLE, 0.35, 0, 1);
        s.cylinder(0.8 * x, 0, 0.07, -0.5, 2.2).of(Surface.POLE, 0.35, 0, 1);
        s.box(-x, x, 0.08, 1.9, d.between(3.3, 4.8)).of(Surface.SIGN, 0.8, 0, 1);
        return s;
    }

    static Shape conifer(Dice d) {
        double r = d.between(0.9, 1.9);
        double z = d.between(0.3, 1.2);
        int tiers = 3 + d.below(3);
        Shape s = new Shape();
        s.cylinder(0, 0, d.between(0.08, 0.18), -0.5, z + 1).of(Surface.TRUNK, 0.25, 0, 1);
        for (int i = 0; i < tiers; i++) {
            double b = r * (1 - 0.8 * i / tiers);
            s.taper(-b, -0.35 * b, b, 0.35 * b, b, 0.35 * b, z, z + 1.5)
                    .of(Surface.CROWN, 0.4, 0, 0.3);
            z += 1.1;
        }
        return s;
    }

    static Shape bamboo(Dice d) {
        Shape s = new Shape();
        int n = 8 + d.below(9);
        for (int i = 0; i < n; i++) {
            s.cylinder(
                            d.between(-0.7, 0.7),
                            d.between(-0.45, 0.45),
                            d.between(0.02, 0.045),
                            -0.3,
                            d.between(2.4, 5))
                    .of(Surface.TRUNK, 0.35, 0, 1);
        }
        s.box(-0.9, 0.9, 0.6, 2.2, 4.6).of(Surface.CROWN, 0.4, 0, 0.12);
        return s;
    }
}
