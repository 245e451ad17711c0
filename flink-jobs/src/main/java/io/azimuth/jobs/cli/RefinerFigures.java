package io.azimuth.jobs.cli;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.icp.Status;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times and errors of one refiner over pairs. */
final class RefinerFigures {
    static final String HEADER =
            String.format(
                    Locale.ROOT,
                    "%-17s %9s %9s %9s %11s %10s %10s %8s %8s",
                    "refiner",
                    "align ms",
                    "p95 ms",
                    "whole ms",
                    "iterations",
                    "median mm",
                    "median deg",
                    "rms mm",
                    "aligned");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Double> alignMillis = new ArrayList<>();
    private final List<Double> wholeMillis = new ArrayList<>();
    private final List<Double> metres = new ArrayList<>();
    private final List<Double> degrees = new ArrayList<>();
    private final List<Refinement> found = new ArrayList<>();

    /** CPU of this thread. */
    long now() {
        return threads.getCurrentThreadCpuTime();
    }

    void add(
            long wholeNanos,
            long alignNanos,
            Refinement refinement,
            @Nullable RigidTransform truth) {
        wholeMillis.add(1e-6 * wholeNanos);
        alignMillis.add(1e-6 * alignNanos);
        found.add(refinement);
        if (truth != null) {
            RigidTransform error = truth.inverse().times(refinement.targetFromSource());
            metres.add(error.translationNorm());
            degrees.add(Math.toDegrees(error.angleRad()));
        }
    }

    String row(String name) {
        return String.format(
                Locale.ROOT,
                "%-17s %9.2f %9.2f %9.2f %11.1f %10.2f %10.4f %8.2f %5d/%d",
                name,
                quantile(alignMillis, 0.5),
                quantile(alignMillis, 0.95),
                quantile(wholeMillis, 0.5),
                found.stream().mapToInt(Refinement::iterations).average().orElse(0),
                1000 * quantile(metres, 0.5),
                quantile(degrees, 0.5),
                1000 * Math.sqrt(metres.stream().mapToDouble(m -> m * m).average().orElse(0)),
                found.stream().filter(f -> f.status() == Status.ALIGNED).count(),
                found.size());
    }

    /** KITTI rows, a pair a line. */
    String poseRows() {
        StringBuilder rows = new StringBuilder();
        for (Refinement f : found) {
            String between = "";
            for (double v : f.targetFromSource().toRows()) {
                rows.append(between).append(v);
                between = " ";
            }
            rows.append('\n');
        }
        return rows.toString();
    }

    /** NaN of no values. */
    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }
}
