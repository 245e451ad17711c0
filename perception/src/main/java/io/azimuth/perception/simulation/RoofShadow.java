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

    /** By slot: first ring from which on nobody needs what the rays would meet. */
    private final int[] dark;

    /** By ring: tangent of the beam's elevation. */
    private final double[] slope;

    private RoofShadow(SlotRays rays, BeamPattern pattern, double[] tangent) {
        this.tangent = tangent;
        slope = new double[rays.rings];
        for (int r = 0; r < rays.rings; r++) {
            slope[r] = StrictMath.tan(pattern.elevationRad()[r]);
        }
        int[] hidden = new int[tangent.length];
        for (int k = 0; k < hidden.length; k++) {
            hidden[k] = firstBelow(tangent[k] - 0.5 * ROUNDING - 1e-12);
        }
        dark = new int[tangent.length];
        for (int k = 0; k < dark.length; k++) {
            int before = hidden[Math.max(0, k - 1)];
            int after = hidden[Math.min(dark.length - 1, k + 1)];
            dark[k] = Math.max(hidden[k] + 1, Math.max(before, after));
        }
    }

    private int firstBelow(double limit) {
        int r = 0;
        while (r < slope.length && slope[r] >= limit) {
            r++;
        }
        return r;
    }

    /**
     * The shadow on a sensor; none if it has no roof of its own.
     *
     * @param unit identity of the sensor and its vehicle
     */
    static RoofShadow of(SensorModel sensor, SlotRays rays, long unit) {
        double[] tangent = new double[rays.end - rays.first];
        Arrays.fill(tangent, Double.NEGATIVE_INFINITY);
        if (sensor.ownRoof()) {
            double size = 0.92 + 0.16 * CounterHash.unit(CounterHash.child(unit, 301));
            double turn = 4 * DEG * (CounterHash.unit(CounterHash.child(unit, 302)) - 0.5);
            double step = 2 * Math.PI / rays.columns;
            for (int k = 0; k < tangent.length; k++) {
                double azimuth = Math.PI - step * (rays.first + k);
                tangent[k] = Math.max(roof(azimuth, size), posts(azimuth - turn));
            }
        }
        return new RoofShadow(rays, sensor.pattern(), tangent);
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
     * @param draw uniform, 0 .. 1: decides at the edge
     */
    boolean hides(int k, int ring, double draw) {
        return slope[ring] < tangent[k] - ROUNDING * (draw - 0.5);
    }

    /**
     * First ring of a slot from which on every beam is hidden whatever is drawn, and so is every
     * neighbour that could mix with it: these rays need not be cast.
     */
    int dark(int k) {
        return dark[k];
    }
}
