package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.BoxOverlap;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a network's answer: cells whose class probability is the greatest among their eight
 * neighbours (rows wrap), and the box that each of them codes in its own frame. Scores are rounded
 * to 1e-4, so that last digits, which may depend on how the work was cut, decide nothing.
 *
 * <p>Source: Zhou, Wang, Kraehenbuehl, "Objects as Points" (2019) for the peaks; {@code score =
 * class^(1-p) overlap^p} as in Hu et al., "AFDet V2" (2021); the axis coding of the yaw is ours.
 * Not thread-safe.
 */
final class PolarPeaks {
    /** More candidates than any street has objects; the best ones are kept. */
    static final int MAX_PEAKS = 300;

    private static final int MAX_CELLS = 800;

    /** Surer than four to one, a heading counts as known. */
    private static final double KNOWN_LOGIT = Math.log(4);

    private static final double MAX_LOG_SIZE = 3;
    private static final double SCORE_STEPS = 1e4;
    static final Comparator<Peak> ORDER =
            Comparator.comparingDouble((Peak p) -> -p.score())
                    .thenComparingInt(Peak::row)
                    .thenComparingInt(Peak::column)
                    .thenComparingInt(Peak::k);

    /**
     * A box that a cell answers for.
     *
     * @param k index of the class
     * @param score raw, rounded
     * @param own the cell's probability of that class
     * @param overlap that the cell expects of its box with the object's
     * @param box its centre's z is the height over the ground
     */
    record Peak(
            int k,
            int row,
            int column,
            double score,
            double own,
            double overlap,
            OrientedBox box,
            boolean headingKnown) {
        /** The same with its box turned about its centre, counter-clockwise. */
        Peak turned(double rad) {
            OrientedBox b =
                    new OrientedBox(
                            box.x(),
                            box.y(),
                            box.z(),
                            box.length(),
                            box.width(),
                            box.height(),
                            box.yawRad() + rad);
            return new Peak(k, row, column, score, own, overlap, b, headingKnown);
        }
    }

    private final PolarContract contract;
    private final int rows;
    private final int columns;
    private final int plane;
    private final boolean crowds;
    private final double[] leastRaw;
    private final double[] leastClass;

    /**
     * @param leastProbability peaks with a calibrated score below are left out
     * @param crowds whether cells beside a greater one count too where persons and cyclists are
     *     concerned: two that stand closer than cells are wide are one peak, but boxes of two
     */
    PolarPeaks(PolarContract contract, double leastProbability, boolean crowds) {
        this.crowds = crowds;
        this.contract = contract;
        rows = contract.rows();
        columns = contract.columns();
        plane = rows * columns;
        leastRaw = new double[contract.classes().size()];
        leastClass = new double[leastRaw.length];
        for (int k = 0; k < leastRaw.length; k++) {
            leastRaw[k] = contract.raw(k, leastProbability);
            leastClass[k] = StrictMath.pow(leastRaw[k], 1 / (1 - contract.iouPower()));
        }
    }

    /**
     * @param cells the answer {@code [1, channels, rows, columns]}, class probabilities first
     * @return by falling score, then row, column and class
     */
    List<Peak> read(FloatBuffer cells) {
        List<Peak> found = new ArrayList<>();
        for (int k = 0; k < leastRaw.length; k++) {
            float least = (float) leastClass[k];
            boolean all = crowds && !contract.classes().get(k).isVehicle();
            for (int row = 0; row < rows; row++) {
                int at = k * plane + row * columns;
                for (int column = 0; column < columns; column++) {
                    if (cells.get(at + column) >= least && (all || isPeak(cells, k, row, column))) {
                        addIfGood(found, cells, k, row, column);
                    }
                }
            }
        }
        found.sort(ORDER);
        int most = crowds ? MAX_CELLS : MAX_PEAKS;
        return found.size() <= most ? found : found.subList(0, most);
    }

    private boolean isPeak(FloatBuffer cells, int k, int row, int column) {
        float own = cells.get(k * plane + row * columns + column);
        for (int i = -1; i <= 1; i++) {
            int r = row + i < 0 ? rows - 1 : row + i == rows ? 0 : row + i;
            int at = k * plane + r * columns;
            int last = Math.min(columns - 1, column + 1);
            for (int c = Math.max(0, column - 1); c <= last; c++) {
                if (cells.get(at + c) > own) {
                    return false;
                }
            }
        }
        return true;
    }

    private void addIfGood(List<Peak> found, FloatBuffer cells, int k, int row, int column) {
        double overlap = 1 / (1 + StrictMath.exp(-code(cells, "iou", row, column)));
        double own = cells.get(k * plane + row * columns + column);
        double power = contract.iouPower();
        double score = StrictMath.pow(own, 1 - power) * StrictMath.pow(overlap, power);
        score = rounded(score);
        if (score >= leastRaw[k]) {
            found.add(decode(cells, k, row, column, new double[] {score, own, overlap}));
        }
    }

    static double rounded(double score) {
        return Math.rint(score * SCORE_STEPS) / SCORE_STEPS;
    }

    private Peak decode(FloatBuffer cells, int k, int row, int column, double[] scores) {
        double phi = -Math.PI + (row + 0.5) * 2 * Math.PI / rows;
        PolarGrid grid = contract.grid();
        double step = grid.rangeStepM() * contract.strideRange();
        double along = grid.minRangeM() + (column + 0.5) * step + code(cells, "du", row, column);
        double across = code(cells, "dv", row, column);
        double cos = StrictMath.cos(phi);
        double sin = StrictMath.sin(phi);
        double axis =
                0.5
                        * StrictMath.atan2(
                                code(cells, "sin2", row, column), code(cells, "cos2", row, column));
        // the axis says where, the logit of the larger component says which way
        boolean lengthwise = Math.abs(StrictMath.cos(axis)) >= Math.abs(StrictMath.sin(axis));
        double way = code(cells, lengthwise ? "along" : "across", row, column);
        double part = lengthwise ? StrictMath.cos(axis) : StrictMath.sin(axis);
        double yaw = axis + phi + (part * way < 0 ? Math.PI : 0);
        double[] mean = contract.meanSizeM()[k];
        OrientedBox box =
                new OrientedBox(
                        along * cos - across * sin,
                        along * sin + across * cos,
                        code(cells, "zg", row, column),
                        mean[0] * size(cells, "log_l", row, column),
                        mean[1] * size(cells, "log_w", row, column),
                        mean[2] * size(cells, "log_h", row, column),
                        yaw);
        return new Peak(
                k, row, column, scores[0], scores[1], scores[2], box, Math.abs(way) >= KNOWN_LOGIT);
    }

    private double size(FloatBuffer cells, String name, int row, int column) {
        double log = code(cells, name, row, column);
        return StrictMath.exp(Math.max(-MAX_LOG_SIZE, Math.min(MAX_LOG_SIZE, log)));
    }

    private double code(FloatBuffer cells, String name, int row, int column) {
        int channel = contract.classes().size() + PolarContract.CODE.indexOf(name);
        return cells.get(channel * plane + row * columns + column);
    }

    /**
     * Peaks without those that are the same object as a better one: of the same class and nearer
     * than its radius, or of any class with footprints that overlap by more than {@code maxIou}.
     *
     * @param peaks by falling score, which is kept
     */
    List<Peak> distinct(List<Peak> peaks, double maxIou) {
        List<Peak> kept = new ArrayList<>();
        for (Peak p : peaks) {
            boolean same = false;
            for (int j = 0; j < kept.size() && !same; j++) {
                same = isSame(p, kept.get(j), maxIou);
            }
            if (!same) {
                kept.add(p);
            }
        }
        return kept;
    }

    private boolean isSame(Peak a, Peak b, double maxIou) {
        return isNear(a, b) || (maxIou < 1 && BoxOverlap.bev(a.box(), b.box()) > maxIou);
    }

    private boolean isNear(Peak a, Peak b) {
        double dx = a.box().x() - b.box().x();
        double dy = a.box().y() - b.box().y();
        double radius = contract.nmsRadiusM()[a.k()];
        return a.k() == b.k() && dx * dx + dy * dy <= radius * radius;
    }

    /** What a vehicle of this size is called; other classes are called what they are. */
    static ObjectClass named(ObjectClass c, OrientedBox box) {
        if (!c.isVehicle()) {
            return c;
        }
        if (box.length() > 9) {
            return box.height() > 2.6 ? ObjectClass.BUS : ObjectClass.TRUCK;
        }
        if (box.length() > 6.2 || box.height() > 2.7) {
            return ObjectClass.TRUCK;
        }
        return box.height() > 1.9 ? ObjectClass.VAN : ObjectClass.CAR;
    }
}
