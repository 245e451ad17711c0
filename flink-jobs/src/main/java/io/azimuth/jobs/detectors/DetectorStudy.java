package io.azimuth.jobs.detectors;

import io.azimuth.jobs.pipeline.DetectorFactory;
import io.azimuth.jobs.worlds.WorldSensor;
import io.azimuth.jobs.worlds.WorldsStudy;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.simulation.TownFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Detectors over the same simulated sweeps. Immutable; the figures do not depend on the number of
 * threads.
 *
 * @param plan what was driven
 * @param rows by family, sensor, then detector
 */
public record DetectorStudy(Plan plan, List<Row> rows) {
    /**
     * What to drive.
     *
     * @param seeds of the towns, 8 to 30: scores were fitted or calibrated on others
     * @param sweeps of a drive
     * @param every one sweep in so many is judged
     */
    public record Plan(
            List<TownFamily> families,
            List<WorldSensor> sensors,
            List<Long> seeds,
            int sweeps,
            int every) {
        public Plan {
            families = List.copyOf(families);
            sensors = List.copyOf(sensors);
            seeds = List.copyOf(seeds);
            for (long seed : seeds) {
                if (seed < WorldsStudy.FIRST_FREE_SEED || seed > WorldsStudy.LAST_FREE_SEED) {
                    throw new IllegalArgumentException(
                            "seed is %d, expected 8 .. 30: detectors were fitted to others"
                                    .formatted(seed));
                }
            }
            if (sweeps < 1 || every < 1) {
                throw new IllegalArgumentException(
                        "sweeps is %d, every is %d, expected 1 or more".formatted(sweeps, every));
            }
        }
    }

    /** Figures of a detector in the towns of one family under one sensor. */
    public record Row(
            TownFamily family,
            WorldSensor sensor,
            String detector,
            int sweeps,
            SortedMap<String, Double> figures) {
        /** The figure of this name, NaN if there was nothing to measure. */
        public double figure(String name) {
            return figures.getOrDefault(name, Double.NaN);
        }
    }

    public DetectorStudy {
        rows = List.copyOf(rows);
    }

    /** Drives all families and sensors, {@code threads} at a time. */
    public static DetectorStudy of(
            Plan plan, SortedMap<String, DetectorFactory> detectors, int threads)
            throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<Row>>> running = new ArrayList<>();
            for (TownFamily family : plan.families) {
                for (WorldSensor sensor : plan.sensors) {
                    running.add(pool.submit(() -> rows(plan, family, sensor, detectors)));
                }
            }
            List<Row> rows = new ArrayList<>();
            for (Future<List<Row>> f : running) {
                rows.addAll(f.get());
            }
            return new DetectorStudy(plan, rows);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a cell of the study failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<Row> rows(
            Plan plan,
            TownFamily family,
            WorldSensor sensor,
            SortedMap<String, DetectorFactory> factories) {
        SortedMap<String, Detector> detectors = new TreeMap<>();
        DetectorCell cell;
        try {
            factories.forEach((name, factory) -> detectors.put(name, factory.open()));
            cell = new DetectorCell(family, sensor, detectors);
            for (long seed : plan.seeds) {
                cell.drive(seed, plan.sweeps, plan.every);
            }
        } finally {
            detectors.values().forEach(Detector::close);
        }
        List<Row> rows = new ArrayList<>();
        cell.found.forEach(
                (name, found) ->
                        rows.add(
                                new Row(
                                        family,
                                        sensor,
                                        name,
                                        cell.sweeps,
                                        DetectorFigures.of(cell.truth, found))));
        return Collections.unmodifiableList(rows);
    }

    /** Markdown tables. */
    public String table() {
        return DetectorTables.of(this);
    }
}
