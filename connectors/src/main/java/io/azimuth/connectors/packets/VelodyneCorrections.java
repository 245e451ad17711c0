package io.azimuth.connectors.packets;

import io.azimuth.perception.geometry.PointCloud;
import java.util.List;

/**
 * The corrections of a unit that is calibrated laser by laser. Source: HDL-64E S2 and S3 user
 * manuals, appendix "coordinate calculation", whose x is across (ours is ahead) and whose vertical
 * offset is along the axis. As other readers of such packets have it, z takes the mean of the two
 * corrected ranges, where the manual takes the one ahead: 3 mm at most in usual calibrations.
 */
final class VelodyneCorrections {
    private static final double NEAR_X_M = 2.4;
    private static final double NEAR_Y_M = 1.93;
    private static final double FAR_M = 25.04;
    private static final double TWO_POINTS_TO_M = 25;

    /** Range that fits into 16 bits. */
    private static final double MOST_M = 131;

    private static final double MOST_UNITS = 65_535;
    private static final double MOST_INTENSITY = 255;

    private final List<VelodyneLaser> lasers;
    private final double[] cosElevation;
    private final double[] sinElevation;

    VelodyneCorrections(List<VelodyneLaser> lasers) {
        this.lasers = lasers;
        cosElevation = lasers.stream().mapToDouble(l -> Math.cos(l.elevationRad())).toArray();
        sinElevation = lasers.stream().mapToDouble(l -> Math.sin(l.elevationRad())).toArray();
    }

    /** Adds a return; {@code a} is its azimuth, clockwise in radians, the laser's own included. */
    void add(
            int laser,
            int units,
            double metresPerUnit,
            double a,
            int raw,
            int ring,
            int timeNanos,
            PointCloud cloud) {
        VelodyneLaser l = lasers.get(laser);
        double cosA = Math.cos(a);
        double sinA = Math.sin(a);
        double measured = metresPerUnit * units;
        double r = measured + l.distanceM();
        double cosE = cosElevation[laser];
        double rAcross = r;
        double rAhead = r;
        if (l.twoPoints() && measured <= TWO_POINTS_TO_M) {
            double across = Math.abs(r * cosE * sinA - l.sideM() * cosA);
            double ahead = Math.abs(r * cosE * cosA + l.sideM() * sinA);
            rAcross += between(l.distanceXM() - l.distanceM(), across, NEAR_X_M);
            rAhead += between(l.distanceYM() - l.distanceM(), ahead, NEAR_Y_M);
        }
        double x = rAhead * cosE * cosA + l.sideM() * sinA;
        double y = l.sideM() * cosA - rAcross * cosE * sinA;
        double z = 0.5 * (rAhead + rAcross) * sinElevation[laser] + l.heightM();
        cloud.add((float) x, (float) y, (float) z, intensity(l, units, raw), ring, timeNanos);
    }

    /** What is {@code near} at the near point falls to nothing at the far one, along a line. */
    private static double between(double near, double at, double nearPoint) {
        return near * (1 - (at - nearPoint) / (FAR_M - nearPoint));
    }

    private static float intensity(VelodyneLaser l, int units, int raw) {
        double focus = square(1 - l.focalM() / MOST_M);
        double fall = Math.abs(focus - square(1 - units / MOST_UNITS));
        double full = raw + 256 * l.focalSlope() * fall;
        double inside = Math.max(l.leastIntensity(), Math.min(l.mostIntensity(), full));
        return (float) (inside / MOST_INTENSITY);
    }

    private static double square(double v) {
        return v * v;
    }
}
