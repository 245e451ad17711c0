package io.azimuth.jobs.realism;

import java.util.LinkedHashMap;
import java.util.Map;

/** Named figures and curves of one side, real or simulated, in the order in which they came. */
final class Findings {
    /**
     * A number and what it is based on.
     *
     * @param value NaN where there was nothing to measure
     * @param samples how many things the number is a statistic of
     */
    record Figure(double value, long samples) {}

    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final Map<String, double[]> curves = new LinkedHashMap<>();

    void figure(String name, double value, long samples) {
        figures.put(name, new Figure(value, samples));
    }

    /** Median and quartiles, as three figures. */
    void spread(String name, Spread s) {
        figure(name, s.median(), s.count());
        figure(name + "_q25", s.at(0.25), s.count());
        figure(name + "_q75", s.at(0.75), s.count());
    }

    void curve(String name, double[] values) {
        curves.put(name, values.clone());
    }

    /** The figure of this name; without samples if there is none. */
    Figure of(String name) {
        return figures.getOrDefault(name, new Figure(Double.NaN, 0));
    }

    /** The curve of this name; empty if there is none. */
    double[] curveOf(String name) {
        return curves.getOrDefault(name, new double[0]).clone();
    }

    Iterable<String> names() {
        return figures.keySet();
    }

    Iterable<String> curveNames() {
        return curves.keySet();
    }
}
