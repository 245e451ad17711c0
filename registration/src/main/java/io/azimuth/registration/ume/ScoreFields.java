package io.azimuth.registration.ume;

import java.util.Arrays;

/**
 * Log-likelihood ratios over the target's plane: how much more likely a point of a layer (surface
 * class by height) is at a place than anywhere in what the target observed. Nine layers on a 0.5 m
 * raster; 0 where the target saw nothing, so that a pose neither gains nor loses there.
 *
 * <p>{@code L = log((G + 0.05) / (mean G + 0.05))} with G the Gaussian-blurred, saturated count.
 */
final class ScoreFields {
    static final int LAYERS = 9;

    /** Layers from here on are no walls. */
    static final int FIRST_POLE = 3;

    /** Layers from here on are neither walls nor poles. */
    static final int FIRST_LOOSE = 6;

    static final double CELL_M = 0.5;
    private static final double HALF_M = 90;
    private static final int SIDE = (int) (2 * HALF_M / CELL_M);
    private static final double FLOOR = 0.05;
    private static final double OBSERVED = 0.12;
    private static final float[] SATURATION = {4, 1.5f, 4};

    private final float[] values = new float[LAYERS * SIDE * SIDE];
    private final boolean[] observed = new boolean[SIDE * SIDE];

    ScoreFields(UmeScan scan, double sigmaM) {
        float[] kernel = gaussian(sigmaM / CELL_M);
        float[] any = new float[SIDE * SIDE];
        for (int i = 0; i < scan.size; i++) {
            int c = cell(scan.x[i], scan.y[i]);
            if (c >= 0) {
                any[c] = 1;
                if (scan.structure[i]) {
                    values[layer(scan, i) * SIDE * SIDE + c]++;
                }
            }
        }
        float[] work = new float[SIDE * SIDE];
        blur(any, 0, kernel, work);
        for (int c = 0; c < observed.length; c++) {
            observed[c] = any[c] > OBSERVED;
        }
        for (int layer = 0; layer < LAYERS; layer++) {
            toRatios(layer, kernel, work);
        }
    }

    /** Layer of a structure point: {vertical plane, vertical line, the rest} by height. */
    static int layer(UmeScan scan, int i) {
        int strongest = scan.features.strongest(i);
        int kind =
                strongest == SurfaceFeatures.VERTICAL_PLANE
                        ? 0
                        : strongest == SurfaceFeatures.VERTICAL_LINE ? 1 : 2;
        double h = scan.heightM[i];
        return 3 * kind + (h < 1.5 ? 0 : h < 3 ? 1 : 2);
    }

    private void toRatios(int layer, float[] kernel, float[] work) {
        int o = layer * SIDE * SIDE;
        float saturation = SATURATION[layer / 3];
        for (int c = o; c < o + SIDE * SIDE; c++) {
            values[c] = Math.min(values[c], saturation) / saturation;
        }
        blur(values, o, kernel, work);
        double sum = 0;
        int n = 0;
        for (int c = 0; c < SIDE * SIDE; c++) {
            if (observed[c]) {
                sum += values[o + c];
                n++;
            }
        }
        double base = (n == 0 ? 0 : sum / n) + FLOOR;
        for (int c = 0; c < SIDE * SIDE; c++) {
            values[o + c] = observed[c] ? (float) Math.log((values[o + c] + FLOOR) / base) : 0;
        }
    }

    /** The ratio of a layer at a place of the target's level frame. */
    float at(int layer, double x, double y) {
        int c = cell(x, y);
        return c < 0 ? 0 : values[layer * SIDE * SIDE + c];
    }

    boolean observedAt(double x, double y) {
        int c = cell(x, y);
        return c >= 0 && observed[c];
    }

    /** Mean ratio of the points under a turn and a shift in the plane. */
    double score(ScorePoints p, double yawRad, double tx, double ty) {
        double cos = Math.cos(yawRad) / CELL_M;
        double sin = Math.sin(yawRad) / CELL_M;
        double ox = (tx + HALF_M) / CELL_M;
        double oy = (ty + HALF_M) / CELL_M;
        double[] px = p.x();
        double[] py = p.y();
        int[] layers = p.layer();
        double sum = 0;
        for (int i = 0; i < p.size(); i++) {
            double u = cos * px[i] - sin * py[i] + ox;
            double w = sin * px[i] + cos * py[i] + oy;
            if (u >= 0 && w >= 0 && u < SIDE && w < SIDE) {
                sum += values[(layers[i] * SIDE + (int) w) * SIDE + (int) u];
            }
        }
        return p.size() == 0 ? 0 : sum / p.size();
    }

    /**
     * Mean ratios of the points under many poses. Goes through the poses once a layer, for one
     * layer stays in the processor's cache and nine do not.
     */
    double[] scores(ScorePoints p, Hypotheses h, int[] of) {
        double[] out = new double[of.length];
        int to = 0;
        while (to < p.size()) {
            int from = to;
            while (to < p.size() && p.layer()[to] == p.layer()[from]) {
                to++;
            }
            for (int k = 0; k < of.length; k++) {
                out[k] += sum(p, from, to, h.cos[of[k]], h.sin[of[k]], h.tx[of[k]], h.ty[of[k]]);
            }
        }
        for (int k = 0; k < of.length; k++) {
            out[k] /= Math.max(1, p.size());
        }
        return out;
    }

    /** Of some points, all of one layer. */
    private double sum(
            ScorePoints p, int from, int to, double cosYaw, double sinYaw, double tx, double ty) {
        double cos = cosYaw / CELL_M;
        double sin = sinYaw / CELL_M;
        double ox = (tx + HALF_M) / CELL_M;
        double oy = (ty + HALF_M) / CELL_M;
        double[] px = p.x();
        double[] py = p.y();
        int layer = p.layer()[from] * SIDE;
        double sum = 0;
        for (int i = from; i < to; i++) {
            double u = cos * px[i] - sin * py[i] + ox;
            double w = sin * px[i] + cos * py[i] + oy;
            if (u >= 0 && w >= 0 && u < SIDE && w < SIDE) {
                sum += values[(layer + (int) w) * SIDE + (int) u];
            }
        }
        return sum;
    }

    /** The points' columns and rows under a turn. */
    static void turn(ScorePoints p, double yawRad, Turned out) {
        double cos = Math.cos(yawRad) / CELL_M;
        double sin = Math.sin(yawRad) / CELL_M;
        double[] px = p.x();
        double[] py = p.y();
        for (int i = 0; i < p.size(); i++) {
            out.column[i] = cos * px[i] - sin * py[i];
            out.row[i] = sin * px[i] + cos * py[i];
        }
    }

    /** Turned points, in cells; for one yaw with many shifts. */
    static final class Turned {
        private final double[] column;
        private final double[] row;

        Turned(int size) {
            column = new double[size];
            row = new double[size];
        }
    }

    /**
     * Sums of the points' ratios for a window of shifts by whole cells about one, by rows.
     *
     * @param sums its first {@code (2 reach + 1)^2} entries are filled
     */
    void window(ScorePoints p, Turned turned, double tx, double ty, int reach, double[] sums) {
        double ox = (tx + HALF_M) / CELL_M;
        double oy = (ty + HALF_M) / CELL_M;
        int side = 2 * reach + 1;
        Arrays.fill(sums, 0, side * side, 0);
        int[] layers = p.layer();
        for (int i = 0; i < p.size(); i++) {
            int left = (int) Math.floor(turned.column[i] + ox) - reach;
            int low = (int) Math.floor(turned.row[i] + oy) - reach;
            int from = Math.max(0, -left);
            int to = Math.min(side, SIDE - left);
            int last = Math.min(side, SIDE - low);
            for (int b = Math.max(0, -low); b < last; b++) {
                int o = (layers[i] * SIDE + low + b) * SIDE + left;
                for (int a = from; a < to; a++) {
                    sums[b * side + a] += values[o + a];
                }
            }
        }
    }

    private static int cell(double x, double y) {
        double u = (x + HALF_M) / CELL_M;
        double w = (y + HALF_M) / CELL_M;
        return u >= 0 && w >= 0 && u < SIDE && w < SIDE ? (int) w * SIDE + (int) u : -1;
    }

    private static float[] gaussian(double sigmaCells) {
        int reach = (int) Math.ceil(3 * sigmaCells);
        float[] k = new float[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            sum += Math.exp(-0.5 * i * i / (sigmaCells * sigmaCells));
        }
        for (int i = -reach; i <= reach; i++) {
            k[i + reach] = (float) (Math.exp(-0.5 * i * i / (sigmaCells * sigmaCells)) / sum);
        }
        return k;
    }

    /** Separable blur of one raster that starts at {@code o}; zero outside. */
    private static void blur(float[] field, int o, float[] kernel, float[] work) {
        int reach = kernel.length / 2;
        Arrays.fill(work, 0);
        for (int row = 0; row < SIDE; row++) {
            for (int k = -reach; k <= reach; k++) {
                int from = row + k;
                if (from < 0 || from >= SIDE) {
                    continue;
                }
                float w = kernel[k + reach];
                int a = o + from * SIDE;
                int b = row * SIDE;
                for (int i = 0; i < SIDE; i++) {
                    work[b + i] += w * field[a + i];
                }
            }
        }
        for (int row = 0; row < SIDE; row++) {
            int a = o + row * SIDE;
            int b = row * SIDE;
            Arrays.fill(field, a, a + SIDE, 0);
            for (int k = -reach; k <= reach; k++) {
                float w = kernel[k + reach];
                int first = Math.max(0, -k);
                int last = Math.min(SIDE, SIDE - k);
                for (int i = first; i < last; i++) {
                    field[a + i] += w * work[b + i + k];
                }
            }
        }
    }
}
