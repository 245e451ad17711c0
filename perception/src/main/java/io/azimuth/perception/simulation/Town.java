package io.azimuth.perception.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that stands: houses with gaps and setbacks, walls, fences, hedges, trees, lamps,
 * signs, bins, and the places where cars are parked. Built once from a seed.
 */
final class Town {
    final StreetPlan plan;
    final List<Body> bodies = new ArrayList<>();

    /** x, y, cos, sin of parked cars. */
    final List<double[]> parked = new ArrayList<>();

    private final double[] w = new double[2];
    private final double[] w2 = new double[2];

    Town(long seed, double parkingDensity) {
        Dice dice = new Dice(seed);
        plan = new StreetPlan(dice.child(1));
        int n = StreetPlan.STREETS - 1;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                Dice d = dice.child(100 + i * 64L + j);
                for (int side = 0; side < 4; side++) {
                    side(d.child(side), i, j, side, parkingDensity);
                }
                yard(d.child(9), i, j);
            }
        }
    }

    /**
     * One block's side: a runs along the street, the kerb is at {@code edge}, inwards = {@code in}.
     */
    private void side(Dice dice, int i, int j, int side, double parkingDensity) {
        int family = side < 2 ? 1 : 0; // the street's constant coordinate: v for sides 0 and 1
        int other = 1 - family;
        int street = (family == 1 ? j : i) + (side & 1);
        double in = (side & 1) == 0 ? 1 : -1;
        double half = plan.half[family][street];
        double edge = plan.at[family][street] + in * half;
        int first = family == 1 ? i : j;
        double from = plan.at[other][first] + plan.half[other][first];
        double to = plan.at[other][first + 1] - plan.half[other][first + 1];
        Frontage f = new Frontage(family, edge, in);
        houses(dice.child(1), f, from, to, family == 1 ? 4 : 24);
        furniture(dice.child(2), f, from + StreetPlan.CORNER_M + 3, to - StreetPlan.CORNER_M - 3);
        if (half == StreetPlan.WITH_PARKING_M) {
            parking(dice.child(3), f, from + 9, to - 9, parkingDensity);
        }
    }

    /** Where a block meets a street: coordinates along the kerb and inwards from it. */
    private record Frontage(int family, double edge, double in) {}

    private double heading(Frontage f, double a, double depth, double[] out) {
        double q = f.edge + f.in * depth;
        place(f, a + 0.5, q, w2);
        place(f, a - 0.5, q, out);
        double dx = w2[0] - out[0];
        double dy = w2[1] - out[1];
        place(f, a, q, out);
        return StrictMath.atan2(dy, dx);
    }

    private void place(Frontage f, double a, double q, double[] out) {
        if (f.family == 1) {
            plan.toWorld(a, q, out);
        } else {
            plan.toWorld(q, a, out);
        }
    }

    private void stand(Dice dice, Shape shape, Frontage f, double a, double depth, double turn) {
        double yaw = heading(f, a, depth, w) + turn;
        standAt(dice, shape, w[0], w[1], yaw);
    }

    private void standAt(Dice dice, Shape shape, double x, double y, double yaw) {
        double[] pose = new double[12];
        Actor.frame(StrictMath.cos(yaw), StrictMath.sin(yaw), 0, 0, pose);
        pose[9] = x;
        pose[10] = y;
        pose[11] = plan.ground(x, y);
        bodies.add(new Body(shape, pose, dice.bits()));
    }

    private void houses(Dice dice, Frontage f, double from, double to, double cornerGap) {
        double a = from + cornerGap + dice.between(0, 3);
        double end = to - cornerGap;
        double setback = StreetPlan.SIDEWALK_M + dice.between(0.2, 4);
        while (a + 7 < end) {
            double width = Math.min(end - a, dice.between(7, 19));
            double depth = dice.between(8, 13);
            double back = Math.max(StreetPlan.SIDEWALK_M + 0.2, setback + dice.between(-1.2, 2.2));
            double height = dice.between(4.5, 13);
            if (dice.chance(0.88)) {
                Shape house = house(dice, width, depth, height);
                stand(dice, house, f, a + width / 2, back + depth / 2, dice.between(-0.02, 0.02));
            }
            front(dice, f, a, a + width, back);
            double gap = dice.chance(0.35) ? 0.05 : dice.between(1.5, 8);
            if (gap > 2 && dice.chance(0.5)) {
                front(dice, f, a + width, a + width + gap, back + 3);
            }
            a += width + gap;
        }
    }

    private static Shape house(Dice dice, double width, double depth, double height) {
        double albedo = dice.between(0.15, 0.7);
        double x = width / 2;
        double y = depth / 2;
        Shape s = new Shape();
        s.box(-x, x, y, -1.5, height).of(Surface.HOUSE, albedo, 0.06, 1);
        s.taper(-x, -x + 0.3, x, x - 0.3, y, 0.4, height, height + dice.between(1.5, 4))
                .of(Surface.HOUSE, 0.25, 0, 1);
        int details = 1 + dice.below(3);
        for (int i = 0; i < details; i++) {
            double c = dice.between(-0.8, 0.7) * x;
            double low = dice.chance(0.4) ? dice.between(0.8, 3) : -1.5;
            double out = dice.between(0.08, 0.6);
            s.box(c, c + dice.between(0.8, 2.2), y + out, low, dice.between(2.1, height))
                    .of(Surface.HOUSE, 0.8 * albedo, 0.2, 1);
        }
        return s;
    }

    /** What separates a front garden from the sidewalk. */
    private void front(Dice dice, Frontage f, double from, double to, double back) {
        double room = back - StreetPlan.SIDEWALK_M;
        if (room < 1.3) {
            return;
        }
        double x = (to - from) / 2;
        double depth = StreetPlan.SIDEWALK_M + 0.35;
        double kind = dice.unit();
        Shape s = new Shape();
        if (kind < 0.2) {
            s.box(-x, x, 0.13, -0.5, dice.between(0.5, 1.7))
                    .of(Surface.WALL, dice.between(0.2, 0.5), 0, 1);
        } else if (kind < 0.45) {
            s.box(-x, x, 0.02, 0.05, dice.between(0.9, 1.6))
                    .of(Surface.FENCE, 0.4, 0, dice.between(0.3, 0.6));
        } else if (kind < 0.7) {
            s.box(-x, x, 0.3, 0, dice.between(0.8, 1.9)).of(Surface.HEDGE, 0.4, 0, 0.35);
        } else {
            return;
        }
        stand(dice, s, f, (from + to) / 2, depth, 0);
        if (room > 2.6 && dice.chance(0.4)) {
            stand(dice, bush(dice), f, dice.between(from, to), StreetPlan.SIDEWALK_M + 1.5, 0);
        }
    }

    private void furniture(Dice dice, Frontage f, double from, double to) {
        boolean avenue = dice.chance(0.45);
        double spacing = avenue ? dice.between(9, 14) : dice.between(22, 34);
        for (double a = from; a < to; a += spacing * dice.between(0.7, 1.4)) {
            double depth = dice.between(0.5, 0.9);
            double kind = dice.unit();
            if (avenue && kind < 0.7) {
                stand(dice, tree(dice, 0.8), f, a, depth, dice.between(0, 6));
            } else if (kind < 0.5) {
                Shape lamp = new Shape();
                lamp.cylinder(0, 0, dice.between(0.06, 0.11), -0.5, dice.between(4.5, 8))
                        .of(Surface.POLE, 0.35, 0, 1);
                lamp.cylinder(0, 0, 0.16, -0.5, 0.9).of(Surface.POLE, 0.3, 0, 1);
                stand(dice, lamp, f, a, depth, 0);
            } else if (kind < 0.75) {
                Shape sign = new Shape();
                sign.cylinder(0, 0, 0.035, -0.3, 2.7).of(Surface.POLE, 0.4, 0, 1);
                sign.box(0.03, 0.06, 0.3, 2.0, 2.65).of(Surface.SIGN, 1, 0, 1);
                stand(
                        dice,
                        sign,
                        f,
                        a,
                        depth,
                        dice.between(-0.3, 0.3) + (dice.chance(0.5) ? Math.PI : 0));
            } else {
                Shape bin = new Shape();
                double x = dice.between(0.2, 0.5);
                bin.box(-x, x, 0.28, 0, dice.between(0.8, 1.25)).of(Surface.FURNITURE, 0.25, 0, 1);
                stand(dice, bin, f, a, depth, dice.between(-0.1, 0.1));
            }
        }
    }

    private void parking(Dice dice, Frontage f, double from, double to, double density) {
        double a = from + dice.between(0, 6);
        while (a + 6 < to) {
            if (dice.chance(density)) {
                double yaw = heading(f, a + 3, -1.1 + dice.between(-0.12, 0.12), w);
                // right-hand traffic: the kerb is on the right of most parked cars
                boolean along = (f.family == 1) == (f.in > 0);
                double turn = along == dice.chance(0.07) ? 0 : Math.PI;
                yaw += turn + dice.between(-0.03, 0.03);
                parked.add(new double[] {w[0], w[1], StrictMath.cos(yaw), StrictMath.sin(yaw)});
            }
            a += dice.between(6.1, 7.2);
        }
    }

    private void yard(Dice dice, int i, int j) {
        double inset = 22;
        double u0 = plan.at[0][i] + inset;
        double u1 = plan.at[0][i + 1] - inset;
        double v0 = plan.at[1][j] + inset;
        double v1 = plan.at[1][j + 1] - inset;
        int n = 3 + dice.below(6);
        for (int k = 0; k < n && u1 > u0 && v1 > v0; k++) {
            plan.toWorld(dice.between(u0, u1), dice.between(v0, v1), w);
            standAt(
                    dice,
                    dice.chance(0.7) ? tree(dice, 1.2) : bush(dice),
                    w[0],
                    w[1],
                    dice.between(0, 6));
        }
    }

    private static Shape tree(Dice dice, double size) {
        double trunk = dice.between(2.0, 3.2);
        double r = size * dice.between(1.3, 2.6);
        Shape s = new Shape();
        s.cylinder(0, 0, dice.between(0.09, 0.26), -0.5, trunk + 0.8).of(Surface.TRUNK, 0.25, 0, 1);
        s.ellipsoid(0, 0, trunk + 0.9 * r, r, r * dice.between(0.8, 1), r * dice.between(0.9, 1.3))
                .of(Surface.CROWN, 0.4, 0, 0.22);
        s.ellipsoid(0.6 * r, 0.2 * r, trunk + 0.9 * r, 0.7 * r, 0.6 * r, 0.6 * r)
                .of(Surface.CROWN, 0.4, 0, 0.22);
        return s;
    }

    private static Shape bush(Dice dice) {
        double r = dice.between(0.5, 1.0);
        Shape s = new Shape();
        s.ellipsoid(0, 0, 0.6 * r, r, 0.8 * r, 0.8 * r).of(Surface.HEDGE, 0.4, 0, 0.35);
        return s;
    }
}
