package io.azimuth.perception.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * A rectangle level with the road, open to it: bays across the kerb, a small parking lot, or the
 * drive of a house. Immutable.
 *
 * @param kind what it is for
 * @param from begin along the frontage, metres
 * @param to end along it
 * @param depth how far it reaches behind the kerb, metres
 * @param slant of its bays against the right angle, radians
 */
record Lot(Frontage frontage, Kind kind, double from, double to, double depth, double slant) {
    enum Kind {
        BAYS,
        YARD,
        DRIVE
    }

    /** All lots of a town, in the order of blocks and sides. */
    static List<Lot> draw(StreetPlan plan, Dice dice) {
        List<Lot> out = new ArrayList<>();
        int n = StreetPlan.STREETS - 1;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int side = 0; side < 4; side++) {
                    Dice d = dice.child(4L * (i * 64L + j) + side);
                    draw(Frontage.of(plan, i, j, side), plan.manhattan ? dice.child(-1) : d, out);
                }
            }
        }
        return List.copyOf(out);
    }

    private static void draw(Frontage f, Dice dice, List<Lot> out) {
        // lots of sides 2 and 3 keep clear of those of sides 0 and 1 at the block's corners
        double margin = f.family() == 1 ? 14 : 30;
        double a = f.from() + margin + dice.between(0, 9);
        double end = f.to() - margin;
        while (a + 4 < end) {
            double kind = dice.unit();
            double width = dice.between(2.9, 3.6);
            double depth = dice.between(8, 13);
            Kind what = Kind.DRIVE;
            double slant = 0;
            if (kind < 0.16) {
                what = Kind.BAYS;
                slant = dice.chance(0.4) ? dice.between(0.4, 0.7) : 0;
                width = Math.min(end - a, dice.between(11, 26));
                depth = 8.8;
            } else if (kind < 0.22) {
                what = Kind.YARD;
                width = Math.min(end - a, dice.between(17, 22));
                depth = 16.5;
            }
            if (width > 2.8 && !(what == Kind.YARD && width < 16.5)) {
                out.add(new Lot(f, what, a, a + width, depth, slant));
            }
            a += width + dice.between(9, 24);
        }
    }

    /** Signed distance to the rectangle in street coordinates, negative inside, metres. */
    double distance(double u, double v) {
        double along = f() == 1 ? u : v;
        double depth = ((f() == 1 ? v : u) - frontage.edge()) * frontage.in();
        double da = Math.max(from - along, along - to);
        double dd = Math.max(-1.5 - depth, depth - this.depth);
        if (da > 0 && dd > 0) {
            return Math.sqrt(da * da + dd * dd);
        }
        return Math.max(da, dd);
    }

    private int f() {
        return frontage.family();
    }
}
