package io.azimuth.jobs.realism;

import io.azimuth.jobs.realism.Findings.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Real and simulated findings side by side, each with its bar where there is one. */
final class Likeness {
    /** One figure of both sides. */
    record Row(String name, Figure real, Figure simulated, @Nullable Bar bar) {
        double ratio() {
            return simulated.value() / real.value();
        }

        double difference() {
            return simulated.value() - real.value();
        }

        /** {@code yes}, {@code no}, {@code no data} or nothing where there is no bar. */
        String verdict() {
            if (bar == null) {
                return "";
            }
            Boolean met = bar.met(real.value(), simulated.value());
            return met == null ? "no data" : met ? "yes" : "no";
        }
    }

    private static final Map<String, Bar> BARS = bars();

    final Findings real;
    final Findings simulated;

    Likeness(Findings real, Findings simulated) {
        this.real = real;
        this.simulated = simulated;
        for (String which : List.of("all", "ground", "cars")) {
            String name = "intensity_" + which;
            double far = IntensityHistogram.distance(real.curveOf(name), simulated.curveOf(name));
            simulated.figure(name + "_distance", far, simulated.of(name + "_mean").samples());
        }
        curveDistance("ring_elevation_deg");
        curveDistance("ring_radius_m");
    }

    private static Map<String, Bar> bars() {
        Map<String, Bar> out = new LinkedHashMap<>();
        out.put("points_a_sweep", Bar.withinShare(0.15));
        out.put("ground_share", Bar.withinPoints(0.10));
        for (int range : CarPoints.RANGES_M) {
            out.put("car_points_%dm".formatted(range), Bar.withinFactor(1.5));
        }
        out.put("plane_sigma_m", Bar.bothWithin(0.01, 0.03));
        out.put("plane_sigma_road_m", Bar.withinFactor(1.5));
        out.put("plane_sigma_wall_m", Bar.withinFactor(1.5));
        return out;
    }

    /** Rows in the order of the measures. */
    List<Row> rows() {
        List<Row> out = new ArrayList<>();
        for (String name : simulated.names()) {
            out.add(new Row(name, real.of(name), simulated.of(name), BARS.get(name)));
        }
        return out;
    }

    /** Bars met and bars that could be judged. */
    int[] score() {
        int[] out = new int[2];
        for (Row r : rows()) {
            out[0] += r.verdict().equals("yes") ? 1 : 0;
            out[1] += r.bar() != null && !r.verdict().equals("no data") ? 1 : 0;
        }
        return out;
    }

    /** Median absolute difference of two curves, where both have values. */
    private void curveDistance(String name) {
        double[] a = real.curveOf(name);
        double[] b = simulated.curveOf(name);
        Spread off = new Spread();
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (Double.isFinite(a[i] - b[i])) {
                off.add(Math.abs(a[i] - b[i]));
            }
        }
        simulated.figure(name + "_distance", off.median(), off.count());
    }
}
