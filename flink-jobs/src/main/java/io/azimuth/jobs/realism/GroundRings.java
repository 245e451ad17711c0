package io.azimuth.jobs.realism;

import java.util.Arrays;

/**
 * The rings that the lasers draw on the road: radius of each, elevation of each laser, azimuth step
 * between firings and its scatter, and the jitter of the range along a ring.
 */
final class GroundRings implements Measure {
    private static final int RINGS = 64;
    private static final int FEWEST_POINTS = 50;

    /** Farther out few rings are whole. */
    private static final double REACH_M = 30;

    /** A steady radius: three neighbours that bend more than this are on an edge, metres. */
    private static final double MOST_BEND_M = 0.2;

    private final Spread step = new Spread();
    private final Spread stepScatter = new Spread();
    private final Spread height = new Spread();
    private final Spread bend = new Spread();
    private final Spread[] radius = new Spread[RINGS];
    private final Spread[] elevation = new Spread[RINGS];

    GroundRings() {
        Arrays.setAll(radius, i -> new Spread());
        Arrays.setAll(elevation, i -> new Spread());
    }

    @Override
    public void add(Scan s) {
        step.add(360 * s.rings.stepTurns);
        height.add(s.sensorHeightM);
        for (int r = 0; r < Math.min(RINGS, s.rings.count()); r++) {
            int[] ring = s.rings.points[r];
            Spread here = new Spread();
            for (int k = 0; k < ring.length; k++) {
                if (s.isGround(ring[k])) {
                    here.add(s.rangeM[ring[k]]);
                }
                along(s, r, k);
            }
            if (here.count() >= FEWEST_POINTS && here.median() < 2 * REACH_M) {
                radius[r].add(here.median());
            }
            if (ring.length > 0) {
                elevation[r].add(Math.toDegrees(Math.atan(s.rings.tangent[r])));
            }
        }
    }

    private void along(Scan s, int r, int k) {
        int[] ring = s.rings.points[r];
        int n = ring.length;
        int before = ring[(k + n - 1) % n];
        int at = ring[k];
        int after = ring[(k + 1) % n];
        double there = s.rings.gap(r, k);
        if (there < 1.5 * s.rings.stepTurns) {
            stepScatter.add(Math.pow(there / s.rings.stepTurns - 1, 2));
        }
        if (there < 1.5 * s.rings.stepTurns
                && s.rings.gap(r, (k + n - 1) % n) < 1.5 * s.rings.stepTurns
                && s.isGround(before)
                && s.isGround(at)
                && s.isGround(after)
                && s.rangeM[at] < REACH_M) {
            double b = s.distanceM[before] - 2 * s.distanceM[at] + s.distanceM[after];
            if (Math.abs(b) < MOST_BEND_M) {
                bend.add(Math.abs(b));
            }
        }
    }

    @Override
    public void report(Findings out) {
        out.figure("azimuth_step_deg", step.mean(), step.count());
        out.figure("azimuth_step_scatter", Math.sqrt(stepScatter.mean()), stepScatter.count());
        out.spread("sensor_height_m", height);
        // the second difference of independent noise has sqrt(6) times its deviation; robustly
        out.figure("ring_jitter_m", 1.4826 * bend.median() / Math.sqrt(6), bend.count());
        out.curve("ring_radius_m", medians(radius));
        out.curve("ring_elevation_deg", medians(elevation));
        double[] spacing = medians(radius);
        for (int r = 0; r + 1 < RINGS; r++) {
            spacing[r] -= spacing[r + 1];
        }
        out.curve("ring_spacing_m", Arrays.copyOf(spacing, RINGS - 1));
    }

    private static double[] medians(Spread[] of) {
        return Arrays.stream(of).mapToDouble(Spread::median).toArray();
    }
}
