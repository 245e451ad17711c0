package io.azimuth.perception.simulation;

/**
 * Draws the ground of a town into a raster: hills scaled to a drawn steepness, undulation, crowned
 * roads, front gardens above or below the sidewalk, embankments, rough grass, and the kerbs of
 * streets and lots.
 */
final class Terrain {
    static final double HILLY_SHARE = 0.3;
    private static final double REACH_M = 140;
    private static final double CROWN = 0.02;

    /** From the lowest to the highest tuft. */
    private static final double ROUGH_M = 0.03;

    /** Distances to lots grow faster than those to streets: gardens begin close to a drive. */
    private static final double LOT_SCALE = 2.5;

    private final StreetPlan plan;
    private final GroundRaster raster;
    private final double[][] waves = new double[6][];
    private final double[] level = new double[StreetPlan.STREETS * StreetPlan.STREETS];
    private final double[] rise = new double[StreetPlan.STREETS * StreetPlan.STREETS];
    private final long noise;

    Terrain(StreetPlan plan, Dice dice) {
        this.plan = plan;
        double x1 = plan.at[0][StreetPlan.STREETS - 1] + REACH_M;
        double y1 = plan.at[1][StreetPlan.STREETS - 1] + REACH_M;
        raster = new GroundRaster(-REACH_M, -REACH_M, x1, y1);
        noise = dice.bits();
        boolean hilly = dice.chance(HILLY_SHARE);
        double steepest = hilly ? dice.between(4.3, 5.6) : dice.between(0.8, 3);
        hills(dice.child(1), Math.tan(Math.toRadians(steepest)));
        gardens(dice.child(2));
        kerbs();
        profiles();
    }

    GroundRaster raster() {
        return raster;
    }

    private void hills(Dice dice, double steepest) {
        int n = Math.max(raster.columns(), raster.rows());
        double[][] form = {
            {1.3, 210, 0.10, 47}, {1.2, 190, 0.10, 41}, {0.9, 160, 0.05, 60}, {0.9, 170, 0.05, 70}
        };
        for (int k = 0; k < form.length; k++) {
            double[] f = form[k];
            waves[k] = wave(n, dice, f[0], f[1], f[2], f[3]);
        }
        double top = 0;
        for (int j = 4; j < raster.rows() - 4; j += 4) {
            for (int i = 4; i < raster.columns() - 4; i += 4) {
                double gx = (hill(i + 2, j) - hill(i - 2, j)) / 4;
                double gy = (hill(i, j + 2) - hill(i, j - 2)) / 4;
                top = Math.max(top, Math.sqrt(gx * gx + gy * gy));
            }
        }
        double scale = steepest / top;
        for (int i = 0; i < n; i++) {
            waves[0][i] *= scale;
            waves[1][i] *= scale;
            waves[2][i] *= scale;
        }
        // 10 cm of undulation whatever the hills
        waves[4] = wave(n, dice, 0.04, 31, 0.02, 17);
        waves[5] = wave(n, dice, 0.04, 28, 0.02, 15);
    }

    private static double[] wave(
            int n, Dice dice, double a1, double length1, double a2, double length2) {
        double[] out = new double[n];
        double k1 = 2 * Math.PI / (length1 * dice.between(0.85, 1.15));
        double k2 = 2 * Math.PI / (length2 * dice.between(0.85, 1.15));
        double p1 = dice.between(0, 6.28);
        double p2 = dice.between(0, 6.28);
        for (int i = 0; i < n; i++) {
            double s = i * GroundRaster.CELL_M;
            out[i] = a1 * StrictMath.sin(k1 * s + p1) + a2 * StrictMath.sin(k2 * s + p2);
        }
        return out;
    }

    private double hill(int i, int j) {
        return waves[0][i] + waves[1][j] + waves[2][i] * waves[3][j];
    }

    /** How high every block lies over its sidewalks, and over what width it gets there. */
    private void gardens(Dice dice) {
        for (int k = 0; k < level.length; k++) {
            double kind = dice.unit();
            double garden = dice.between(-0.25, 0.5);
            double dam = dice.between(1.2, 3);
            // no steeper than a caster that takes one slope a ray can follow
            rise[k] = kind < 0.1 ? 4 * dam : Math.max(2, 6 * Math.abs(garden));
            level[k] = plan.manhattan ? 0.1 : kind < 0.1 ? dam : kind < 0.35 ? 0 : garden;
        }
    }

    private void kerbs() {
        for (int j = 0; j < raster.rows(); j++) {
            for (int i = 0; i < raster.columns(); i++) {
                double x = raster.x(i);
                double y = raster.y(j);
                raster.setKerb(i, j, plan.streetDistance(plan.u(x, y), plan.v(x, y)));
            }
        }
        double[] w = new double[2];
        for (Lot lot : plan.lots) {
            lot.frontage().world(0.5 * (lot.from() + lot.to()), 0.5 * lot.depth(), w);
            double reach = 6 + 0.5 * Math.max(lot.depth(), lot.to() - lot.from()) * 1.5;
            int i1 = raster.column(w[0] + reach);
            int j1 = raster.row(w[1] + reach);
            for (int j = raster.row(w[1] - reach); j <= j1; j++) {
                for (int i = raster.column(w[0] - reach); i <= i1; i++) {
                    cut(lot, i, j);
                }
            }
        }
    }

    private void cut(Lot lot, int i, int j) {
        double x = raster.x(i);
        double y = raster.y(j);
        double d = lot.distance(plan.u(x, y), plan.v(x, y));
        raster.setKerb(i, j, Math.min(raster.kerb(i, j), d > 0 ? LOT_SCALE * d : d));
    }

    private void profiles() {
        for (int j = 0; j < raster.rows(); j++) {
            for (int i = 0; i < raster.columns(); i++) {
                double x = raster.x(i);
                double y = raster.y(j);
                double d = raster.kerb(i, j);
                double h = hill(i, j) + waves[4][i] + waves[5][j];
                if (d < 0) {
                    double u = plan.u(x, y);
                    double v = plan.v(x, y);
                    h += CROWN * Math.max(0, -plan.streetDistance(u, v));
                } else if (d > StreetPlan.SIDEWALK_M) {
                    h += behindSidewalk(x, y, d - StreetPlan.SIDEWALK_M, j * 8191L + i);
                }
                raster.setHeight(i, j, h);
            }
        }
    }

    private double behindSidewalk(double x, double y, double d, long cell) {
        double u = plan.u(x, y);
        double v = plan.v(x, y);
        int block = blockOf(0, u) * StreetPlan.STREETS + blockOf(1, v);
        double s = Math.min(1, d / rise[block]);
        double rough = ROUGH_M * (CounterHash.unit(CounterHash.child(noise, cell)) - 0.5);
        return level[block] * s * s * (3 - 2 * s) + rough;
    }

    private int blockOf(int family, double coordinate) {
        int k = plan.nearestStreet(family, coordinate);
        return Math.max(0, coordinate < plan.at[family][k] ? k - 1 : k);
    }
}
