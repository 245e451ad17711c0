package io.azimuth.jobs.report;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.List;
import java.util.Locale;

/** How far the estimate is from the truth, over the way driven: the curve below a trajectory. */
final class ErrorStrip {
    static final int HEIGHT_PX = 190;
    private static final int LEFT_PX = 72;
    private static final int RIGHT_PX = 40;
    private static final int TOP_PX = 52;
    private static final int BOTTOM_PX = 36;

    private final double[] walkedM;
    private final double[] errorM;
    private final double mostM;

    /**
     * @param truth poses of the same sweeps as {@code estimate}, both in the first sweep's frame
     */
    ErrorStrip(List<RigidTransform> truth, List<RigidTransform> estimate) {
        walkedM = new double[truth.size()];
        errorM = new double[truth.size()];
        double most = 1e-3;
        for (int i = 0; i < walkedM.length; i++) {
            errorM[i] = distance(truth.get(i), estimate.get(i));
            walkedM[i] = i == 0 ? 0 : walkedM[i - 1] + distance(truth.get(i - 1), truth.get(i));
            most = Math.max(most, errorM[i]);
        }
        mostM = 1.1 * most;
    }

    private static double distance(RigidTransform a, RigidTransform b) {
        double dx = a.tx() - b.tx();
        double dy = a.ty() - b.ty();
        double dz = a.tz() - b.tz();
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    /** Draws into the lowest {@link #HEIGHT_PX} rows. */
    void draw(Canvas canvas) {
        double top = canvas.height() - HEIGHT_PX;
        double floor = canvas.height() - BOTTOM_PX;
        double high = HEIGHT_PX - TOP_PX - BOTTOM_PX;
        double wide = canvas.width() - LEFT_PX - RIGHT_PX;
        canvas.fill(
                new java.awt.geom.Rectangle2D.Double(0, top, canvas.width(), HEIGHT_PX),
                Canvas.SURFACE);
        canvas.text(
                "distance from the truth, first poses laid on each other, over the way driven",
                LEFT_PX,
                top + 28,
                15,
                Canvas.DIM);
        double end = Math.max(1e-9, walkedM[walkedM.length - 1]);
        double[] xy = new double[2 * walkedM.length];
        for (int i = 0; i < walkedM.length; i++) {
            xy[2 * i] = LEFT_PX + wide * walkedM[i] / end;
            xy[2 * i + 1] = floor - high * errorM[i] / mostM;
        }
        double step = GroundPlan.roundStep(mostM / 3);
        for (double e = 0; e < mostM; e += step) {
            double y = floor - high * e / mostM;
            canvas.line(LEFT_PX, y, LEFT_PX + wide, y, Canvas.FAINT, 1);
            canvas.rightAligned(length(e), LEFT_PX - 8, y + 5, 13, Canvas.DIM);
        }
        double stride = GroundPlan.roundStep(end / 8);
        for (double m = 0; m <= end; m += stride) {
            double x = LEFT_PX + wide * m / end;
            canvas.centred(Math.round(m) + " m", x, floor + 20, 13, Canvas.DIM);
        }
        canvas.line(Canvas.polyline(xy), TrajectoryPicture.ESTIMATE, 2.2);
    }

    private static String length(double metres) {
        return metres >= 1 || metres == 0
                ? String.format(Locale.ROOT, "%.0f m", metres)
                : String.format(Locale.ROOT, "%.1f cm", 100 * metres);
    }
}
