package io.azimuth.jobs.cli;

import io.azimuth.jobs.worlds.WorldSensor;
import io.azimuth.jobs.worlds.WorldsStudy;
import io.azimuth.perception.simulation.TownFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The classic stations in simulated towns. */
@Command(
        name = "worlds",
        description =
                "Score geometric detector, ground and odometry in simulated towns: families and sensors, tables and bars. Family B is held out: nothing is tuned on it.",
        mixinStandardHelpOptions = true)
final class BenchWorldsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "For worlds.json and worlds.md.")
    private Path out = Path.of("");

    @Option(
            names = "--families",
            split = ",",
            description = "Of the towns: ${COMPLETION-CANDIDATES} (default a,b).")
    private List<TownFamily> families = List.of(TownFamily.A, TownFamily.B);

    @Option(
            names = "--sensors",
            split = ",",
            description = "Default spinning16,spinning32,hdl64,os1-128.")
    private List<String> sensors = List.of("spinning16", "spinning32", "hdl64", "os1-128");

    @Option(
            names = "--seeds",
            split = ",",
            description =
                    "Of the towns, 8 .. 30: the detector was fitted to others (default 21,22).")
    private List<Long> seeds = List.of(21L, 22L);

    @Option(names = "--sweeps", description = "Of a town's drive (default 100).")
    private int sweeps = 100;

    @Option(names = "--every", description = "Detect in one sweep in so many (default 5).")
    private int every = 5;

    @Option(names = "--threads", description = "Cells at once (default 2).")
    private int threads = 2;

    @Option(names = "--json", description = "Print the JSON instead of the tables.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Numbers.requireAtLeast("--threads", threads, 1);
        List<WorldSensor> models = sensors.stream().map(WorldSensor::of).toList();
        WorldsStudy study =
                WorldsStudy.of(
                        new WorldsStudy.Plan(families, models, seeds, sweeps, every), threads);
        study.write(out);
        new Talk(spec).data(json ? study.json() : study.table());
        return 0;
    }
}
