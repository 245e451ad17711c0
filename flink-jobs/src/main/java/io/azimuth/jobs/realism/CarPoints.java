package io.azimuth.jobs.realism;

import io.azimuth.perception.geometry.OrientedBox;
import java.util.Arrays;

/**
 * Points on cars that nothing hides, at 10, 20, 30 and 40 m (+-3 m), and what share of the rays
 * aimed at the box they are. The share depends little on the car's size and on the side it shows,
 * so it can be compared where few cars are labelled: it falls short of 1 by the box's corners that
 * a real body does not fill, by glass and by drop-out.
 */
final class CarPoints implements Measure {
    static final int[] RANGES_M = {10, 20, 30, 40};
    static final double BIN_HALF_M = 3;

    /** More rays than this share that end before the box, and the car counts as hidden. */
    private static final double MOST_HIDDEN = 0.1;

    /**
     * About a box, metres: it holds for mid-sweep, and what moves was seen a little before or
     * after.
     */
    private static final double MARGIN_M = 0.3;

    /** Lower than this over the box's bottom is the road, metres. */
    private static final double ROAD_M = 0.15;

    private final Spread[] points = spreads();
    private final Spread[] fill = spreads();

    @Override
    public void add(Scan s) {
        for (CarBox car : s.cars) {
            int bin = bin(car.box().rangeM());
            if (!car.clear() || bin < 0) {
                continue;
            }
            Aim aim = Aim.at(s, car.box());
            if (aim.hiddenShare() <= MOST_HIDDEN) {
                int n = inside(s, car.box()).length;
                points[bin].add(n);
                fill[bin].add(n / (double) Math.max(1, aim.rays()));
            }
        }
    }

    @Override
    public void report(Findings out) {
        for (int b = 0; b < RANGES_M.length; b++) {
            out.spread("car_points_%dm".formatted(RANGES_M[b]), points[b]);
            out.spread("car_fill_%dm".formatted(RANGES_M[b]), fill[b]);
        }
    }

    static int bin(double rangeM) {
        for (int b = 0; b < RANGES_M.length; b++) {
            if (Math.abs(rangeM - RANGES_M[b]) <= BIN_HALF_M) {
                return b;
            }
        }
        return -1;
    }

    /** The points on a car: in its box, less the road below it. */
    static int[] inside(Scan s, OrientedBox box) {
        int[] out = new int[64];
        int n = 0;
        double reach = 0.5 * Math.hypot(box.length(), box.width()) + MARGIN_M;
        double floor = box.bottomZ() + ROAD_M;
        for (int i = 0; i < s.size; i++) {
            if (s.valid(i)
                    && Math.abs(s.x[i] - box.x()) <= reach
                    && Math.abs(s.y[i] - box.y()) <= reach
                    && s.z[i] >= floor
                    && box.contains(s.x[i], s.y[i], s.z[i], MARGIN_M)) {
                out = n == out.length ? Arrays.copyOf(out, 2 * n) : out;
                out[n++] = i;
            }
        }
        return Arrays.copyOf(out, n);
    }

    private static Spread[] spreads() {
        Spread[] out = new Spread[RANGES_M.length];
        Arrays.setAll(out, i -> new Spread());
        return out;
    }
}
