package io.azimuth.connectors.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of a quantity in bins, one row of counts a group (e.g. a class). Bin {@code i} holds
 * {@code edges[i] <= value < edges[i + 1]}; what lies outside counts in the nearest bin, so that
 * the sum of a group is the number of its values. Mutable until handed out; not thread-safe.
 */
public final class Histogram {
    private final String name;
    private final String unit;
    private final double[] edges;
    private final SortedMap<String, long[]> counts = new TreeMap<>();

    private Histogram(String name, String unit, double[] edges) {
        this.name = name;
        this.unit = unit;
        this.edges = edges;
    }

    static Histogram even(String name, String unit, double low, double high, int bins) {
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            edges[i] = low + i * ((high - low) / bins);
        }
        return new Histogram(name, unit, edges);
    }

    static Histogram of(String name, String unit, double... edges) {
        return new Histogram(name, unit, edges.clone());
    }

    void add(String group, double value) {
        int at = Arrays.binarySearch(edges, value);
        int bin = at >= 0 ? at : -at - 2;
        row(group)[Math.max(0, Math.min(edges.length - 2, bin))]++;
    }

    /** Adds counts of the same bins, as they stand in a shard's sidecar. */
    void add(String group, int bin, long count) {
        row(group)[bin] += count;
    }

    private long[] row(String group) {
        return counts.computeIfAbsent(group, g -> new long[edges.length - 1]);
    }

    /** What is counted, e.g. {@code distance}: also part of the picture's file name. */
    public String name() {
        return name;
    }

    /** Unit of the edges, e.g. {@code m}; empty for numbers and shares. */
    public String unit() {
        return unit;
    }

    /** Ascending, one more than bins. */
    public double[] edges() {
        return edges.clone();
    }

    /** Groups in alphabetical order. */
    public List<String> groups() {
        return List.copyOf(counts.keySet());
    }

    /** Counts of a group, one a bin; zeros for a group that does not occur. */
    public long[] counts(String group) {
        long[] row = counts.get(group);
        return row == null ? new long[edges.length - 1] : row.clone();
    }

    /** Number of values of all groups. */
    public long total() {
        long sum = 0;
        for (long[] row : counts.values()) {
            for (long n : row) {
                sum += n;
            }
        }
        return sum;
    }
}
