package io.azimuth.registration.recovery;

import io.azimuth.registration.odometry.OdometryEstimate;

/**
 * The usual quality of a segment's registrations, against which a sudden loss shows. The ground
 * fits wherever a vehicle is put, so absolute bounds tell little: on simulated jumps of 6 .. 40 m
 * 0.57 .. 0.83 of the usual share of points fits, or, where more do, the residuals double; sweep to
 * sweep on towns and recordings the share stays above 0.98 and the residuals below 1.3 of the
 * usual.
 *
 * @param count registrations taken
 * @param inlierRatio running mean
 * @param rmseM running mean
 */
public record FitLevel(int count, double inlierRatio, double rmseM) {
    static final FitLevel UNKNOWN = new FitLevel(0, 0, 0);

    private static final int SETTLED = 3;
    private static final double SHARE = 0.1;
    private static final double LEAST_INLIERS = 0.95;
    private static final double MOST_RESIDUAL = 1.6;

    /** Residuals below this are those of a good fit anywhere. */
    private static final double GOOD_RMSE_M = 0.035;

    FitLevel with(OdometryEstimate e) {
        double share = count == 0 ? 1 : SHARE;
        return new FitLevel(
                count + 1,
                inlierRatio + share * (e.inlierRatio() - inlierRatio),
                rmseM + share * (e.rmseM() - rmseM));
    }

    /** A confirmed pose sets the level: what was a surprise once is none the next time. */
    FitLevel resetTo(OdometryEstimate e) {
        return new FitLevel(count + 1, e.inlierRatio(), Math.max(e.rmseM(), rmseM));
    }

    boolean settled() {
        return count >= SETTLED;
    }

    /** Whether this registration is so much worse than usual that its pose is in doubt. */
    boolean doubts(OdometryEstimate e) {
        return settled()
                && (e.held()
                        || e.inlierRatio() < LEAST_INLIERS * inlierRatio
                        || e.rmseM() > GOOD_RMSE_M && e.rmseM() > MOST_RESIDUAL * rmseM);
    }
}
