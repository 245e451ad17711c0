package io.azimuth.perception.simulation;

/** Builds the houses of a frontage, with what is attached to them. */
final class Rows {
    private static final double GAP_M = 3;

    private final Stand stand;
    private final boolean manhattan;
    private final Dice alike;
    private final Gardens gardens;

    /** How a frontage is built up. */
    private enum Style {
        DETACHED,
        TERRACE,
        BLOCKS,
        PARK
    }

    Rows(Stand stand, Gardens gardens, boolean manhattan, Dice dice) {
        this.stand = stand;
        this.gardens = gardens;
        this.manhattan = manhattan;
        alike = dice;
    }

    /** Between the lots of one side of a block; {@code cornerGap} keeps the other sides' room. */
    void build(Dice dice, Frontage f, double cornerGap) {
        Style style = style(manhattan ? alike.child(1) : dice.child(1), manhattan ? 0.93 : 1);
        double a = f.from() + cornerGap;
        double end = f.to() - cornerGap;
        int k = 0;
        for (Lot lot : f.plan().lots) {
            if (lot.frontage().equals(f)) {
                fill(dice.child(10 + k++), f, style, a, Math.min(end, lot.from() - 0.8));
                if (lot.kind() == Lot.Kind.BAYS && style != Style.PARK) {
                    behind(dice.child(500 + k), f, lot);
                }
                a = Math.max(a, lot.to() + 0.8);
            }
        }
        fill(dice.child(10 + k), f, style, a, end);
    }

    /**
     * @param most below which the draw stays; parks come last
     */
    private static Style style(Dice dice, double most) {
        double kind = most * dice.unit();
        if (kind < 0.38) {
            return Style.DETACHED;
        }
        return kind < 0.62 ? Style.TERRACE : kind < 0.93 ? Style.BLOCKS : Style.PARK;
    }

    private void fill(Dice dice, Frontage f, Style style, double from, double to) {
        if (style == Style.PARK) {
            gardens.park(dice, f, from, to);
            return;
        }
        Dice local = manhattan ? alike.child(2) : dice;
        double setback = StreetPlan.SIDEWALK_M + setback(local, style);
        double a = from;
        for (int k = 0; a + 4.5 < to; k++) {
            Dice d = manhattan ? alike.child(3) : dice.child(k);
            Houses.Plan plan = plan(d, style, to - a);
            if (plan.width() > to - a) {
                break;
            }
            double back = setback + (style == Style.TERRACE ? 0 : d.between(-0.8, 1.8));
            back = Math.max(StreetPlan.SIDEWALK_M + 0.25, back);
            if (manhattan || d.chance(0.94)) {
                house(d, f, style, plan, a + plan.width() / 2, back);
            }
            gardens.front(d.child(7), f, a, a + plan.width(), back);
            double gap = gap(d, style);
            if (gap > GAP_M) {
                side(d.child(8), f, a + plan.width(), gap, back);
            }
            a += plan.width() + gap;
        }
    }

    private static double setback(Dice dice, Style style) {
        return switch (style) {
            case DETACHED -> dice.between(1.5, 5);
            case TERRACE -> dice.chance(0.4) ? 0.3 : dice.between(1.2, 4);
            default -> dice.chance(0.6) ? 0.3 : dice.between(0.5, 4);
        };
    }

    private static double gap(Dice dice, Style style) {
        return switch (style) {
            case DETACHED -> dice.between(1.5, 8);
            case TERRACE -> dice.chance(0.12) ? dice.between(2, 5) : 0;
            default -> dice.chance(0.6) ? 0 : dice.between(2, 9);
        };
    }

    private static Houses.Plan plan(Dice dice, Style style, double room) {
        return switch (style) {
            case DETACHED -> Houses.detached(dice);
            case TERRACE -> Houses.terraced(dice);
            default -> Houses.block(dice, Math.min(room, dice.between(9, 19)));
        };
    }

    private void house(Dice d, Frontage f, Style style, Houses.Plan plan, double a, double back) {
        boolean askew = style == Style.DETACHED && !manhattan && d.chance(0.2);
        double turn = askew ? d.between(-0.35, 0.35) : d.between(-0.01, 0.01);
        double depth = back + plan.depth() / 2 + (askew ? 1.5 : 0);
        Shape shape = Houses.shape(plan, d, style == Style.BLOCKS && d.chance(0.6));
        if (stand.along(d, shape, f, a, depth, turn) && !askew) {
            attach(d, f, style, plan, a, back);
        }
    }

    private void attach(Dice d, Frontage f, Style style, Houses.Plan plan, double a, double back) {
        double room = back - StreetPlan.SIDEWALK_M;
        double w = plan.width();
        boolean shop = plan.sill() < 0.5;
        if (style == Style.BLOCKS && room > 2.6 && d.chance(0.35)) {
            Shape arcade = Houses.arcade(d, w - 0.2, plan.height());
            stand.facing(d, arcade, f, a, back, 0);
            return;
        }
        if (shop) {
            for (int k = d.below(3); k > 0; k--) {
                stand.facing(d, Houses.awning(d), f, a + d.between(-0.35, 0.35) * w, back, 0);
            }
        } else if (room > 1.6 && d.chance(0.8)) {
            stand.facing(d, Houses.porch(d), f, a + d.between(-0.3, 0.3) * w, back, 0);
        }
        if (room > 1.5 && style != Style.BLOCKS && d.chance(0.4)) {
            stand.facing(d, Houses.bay(d), f, a + (d.chance(0.5) ? 0.28 : -0.28) * w, back, 0);
        }
        if (plan.storeys() > 1 && d.chance(style == Style.BLOCKS ? 0.65 : 0.2)) {
            int columns = style == Style.BLOCKS ? 1 + d.below(2) : 1;
            for (int k = 0; k < columns; k++) {
                double c = a + (k == 0 ? -0.22 : 0.22) * w;
                stand.facing(d, Houses.balconies(d, plan.storeys() - 1), f, c, back, 0);
            }
        }
        if (d.chance(0.3)) {
            Houses.Plan annex = new Houses.Plan(0.5 * w, 5, 1, d.between(0.9, 1.4), 2);
            Shape shape = Houses.shape(annex, d, d.chance(0.6));
            stand.along(d, shape, f, a + 0.2 * w, back + plan.depth() + 2.4, 0);
        }
    }

    /** What fills the gap beside a house: a garage, a wall, a gate, bins, a hedge. */
    private void side(Dice d, Frontage f, double from, double gap, double back) {
        double c = from + gap / 2;
        double kind = d.unit();
        if (kind < 0.3) {
            stand.facing(d, Houses.garage(d), f, c, back + d.between(2.5, 6), 0);
        } else if (kind < 0.5) {
            stand.along(d, Clutter.wall(d, gap), f, c, back + d.between(0.3, 3), 0);
        } else if (kind < 0.65) {
            stand.along(d, Clutter.fence(d, gap), f, c, back + d.between(0.3, 3), 0);
        }
        for (int k = d.below(4); k > 0; k--) {
            stand.along(
                    d,
                    Clutter.wheelieBin(d),
                    f,
                    from + 0.5 + 0.7 * k,
                    back + d.between(-0.3, 0.2),
                    d.between(-0.2, 0.2));
        }
    }

    private void behind(Dice d, Frontage f, Lot lot) {
        double width = lot.to() - lot.from() - 0.6;
        double back = lot.depth() + d.between(0.8, 2.5);
        if (d.chance(0.6)) {
            stand.along(
                    d,
                    Plants.hedge(d, width),
                    f,
                    0.5 * (lot.from() + lot.to()),
                    lot.depth() + 0.7,
                    0);
            back += 1.2;
        }
        Houses.Plan plan = Houses.block(d, Math.min(width, 18));
        if (back + plan.depth() < 22) {
            Shape shape = Houses.shape(plan, d, true);
            double c = 0.5 * (lot.from() + lot.to());
            stand.along(d, shape, f, c, back + plan.depth() / 2, 0);
        }
    }
}
