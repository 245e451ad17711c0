package io.azimuth.jobs.worlds;

import io.azimuth.perception.simulation.TownFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Geometric detector, ground and odometry in towns of both families under sensors of 16 to 128
 * beams. Immutable; the figures do not depend on the number of threads.
 *
 * @param plan what was driven
 * @param cells by family, then by sensor, as asked
 */
public record WorldsStudy(Plan plan, List<Cell> cells) {
    /** Below, scores were calibrated and the first benchmark was looked at. */
    public static final long FIRST_FREE_SEED = 8;

    /** Above, the detector was developed and its scores were fitted. */
    public static final long LAST_FREE_SEED = 30;

    /**
     * What to drive.
     *
     * @param families of the towns
     * @param sensors one a drive
     * @param seeds of the towns, 8 to 30: scores were fitted or calibrated on others, or they were
     *     looked at
     * @param sweeps of a drive, for the odometry
     * @param every one sweep in so many is scored for detection and ground
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
            require(!families.isEmpty(), "families", families, "one or more");
            require(!sensors.isEmpty(), "sensors", sensors, "one or more");
            require(!seeds.isEmpty(), "seeds", seeds, "one or more");
            for (long seed : seeds) {
                require(
                        seed >= FIRST_FREE_SEED && seed <= LAST_FREE_SEED,
                        "seed",
                        seed,
                        "8 .. 30: the detector was fitted or developed on others");
            }
            require(sweeps >= 2 && sweeps <= 100_000, "sweeps", sweeps, "2 .. 100000");
            require(every >= 1, "every", every, "1 or more");
        }

        private static void require(boolean ok, String name, Object value, String expected) {
            if (!ok) {
                throw new IllegalArgumentException(
                        name + " is " + value + ", expected " + expected);
            }
        }
    }

    /** Figures of a family and sensor, pooled over the towns. */
    public record Cell(TownFamily family, WorldSensor sensor, SortedMap<String, Double> figures) {
        /** The figure of this name, NaN if there was nothing to measure. */
        public double figure(String name) {
            return figures.getOrDefault(name, Double.NaN);
        }
    }

    public WorldsStudy {
        cells = List.copyOf(cells);
    }

    /** Drives all cells, {@code threads} at a time. */
    public static WorldsStudy of(Plan plan, int threads) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Cell>> running = new ArrayList<>();
            for (TownFamily family : plan.families) {
                for (WorldSensor sensor : plan.sensors) {
                    running.add(pool.submit(() -> cell(plan, family, sensor)));
                }
            }
            List<Cell> cells = new ArrayList<>();
            for (Future<Cell> f : running) {
                cells.add(f.get());
            }
            return new WorldsStudy(plan, cells);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a cell of the study failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private static Cell cell(Plan plan, TownFamily family, WorldSensor sensor) {
        WorldCell cell = new WorldCell(family, sensor);
        for (long seed : plan.seeds) {
            cell.drive(seed, plan.sweeps, plan.every);
        }
        return new Cell(family, sensor, WorldScores.of(cell));
    }

    /** Markdown tables. */
    public String table() {
        return WorldsText.table(this);
    }

    /** One object with {@code schemaVersion}. */
    public String json() {
        return WorldsText.json(this);
    }

    /** Writes {@code worlds.json} and {@code worlds.md} into a folder that is made. */
    public void write(Path out) throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("worlds.json"), json() + "\n");
        Files.writeString(out.resolve("worlds.md"), table() + "\n");
    }
}
