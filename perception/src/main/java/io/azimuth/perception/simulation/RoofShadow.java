package io.azimuth.perception.simulation;

import java.util.Arrays;

/**
 * What a roof-mounted sensor does not see because its own roof is in the way. The roof around the
 * sensor is an oval, long astern and short ahead, somewhat below the lasers: a beam that would pass
 * that height within the oval ends on the roof, nearer than the sensor measures. So the lower a
 * laser looks, the wider the sector astern that it loses, and the lowest ones lose half of a turn.
 * A roof rack's feet and an aerial hide narrow sectors as well. Roofs differ a little by vehicle;
 * one vehicle's shadow is the same in every sweep. Immutable.
 */
final class RoofShadow {
    /** Of the roof below the lasers, and how far it reaches from the axis, metres. */
    private static final double BELOW_M = 0.35;

    private static final double ASTERN_M = 1.2;
    private static final double ASIDE_M = 0.72;
    private static final double AHEAD_M = 0.35;

    /** Feet of the rack and the aerial: azimuth and half width, degrees, and highest elevation. */
    private static final double[][] POSTS = {
        {128, 3, -14}, {-128, 3, -14}, {28, 2, -15}, {-28, 2, -15}, {-80, 7, -16.5}
    };

    /** Elevation over which a roof's rounded edge takes the beam, as a tangent. */
    private static final double ROUNDING = 0.012;

    private static final double DEG = Math.PI / 180;

    /** By slot: tangents below which a beam is hidden. */
    private final double[] tangent;

    /**
     * @param unit identity of the sensor and its vehicle
     */
    RoofShadow(SlotRays rays, long unit) {
        double size = 0.92 + 0.16 * CounterHash.unit(CounterHash.child(unit, 301));
        double turn = 4 * DEG * (CounterHash.unit(CounterHash.child(unit, 302)) - 0.5);
        tangent = new double[rays.end - rays.first];
        double step = 2 * Math.PI / rays.columns;
        for (int k = 0; k < tangent.length; k++) {
            double azimuth = Math.PI - step * (rays.first + k);
            tangent[k] = Math.max(roof(azimuth, size), posts(azimuth - turn));
        }
    }

    /** Sees everything. */
    private RoofShadow(int slots) {
        tangent = new double[slots];
        Arrays.fill(tangent, Double.NEGATIVE_INFINITY);
    }

    static RoofShadow none(SlotRays rays) {
        return new RoofShadow(rays.end - rays.first);
    }

    private static double roof(double azimuth, double size) {
        double x = StrictMath.cos(azimuth) / (StrictMath.cos(azimuth) < 0 ? ASTERN_M : AHEAD_M);
        double y = StrictMath.sin(azimuth) / ASIDE_M;
        return -BELOW_M * Math.sqrt(x * x + y * y) / size;
    }

    private static double posts(double azimuth) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double[] p : POSTS) {
            double off = Math.abs(Math.IEEEremainder(azimuth - p[0] * DEG, 2 * Math.PI));
            if (off < p[1] * DEG) {
                highest = Math.max(highest, StrictMath.tan(p[2] * DEG));
            }
        }
        return highest;
    }

    /**
     * Whether the roof takes a beam.
     *
     * @param k of the slot, from the first
     * @param slope tangent of the beam's elevation
     * @param draw uniform, 0 .. 1: decides at the edge
     */
    boolean hides(int k, double slope, double draw) {
        return slope < tangent[k] - ROUNDING * (draw - 0.5);
    }
}
