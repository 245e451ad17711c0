package io.azimuth.jobs.cli;

import io.azimuth.jobs.config.AzimuthConfig;
import io.azimuth.jobs.detectors.DetectorStudy;
import io.azimuth.jobs.pipeline.DetectorFactory;
import io.azimuth.jobs.worlds.WorldSensor;
import io.azimuth.perception.simulation.TownFamily;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Detectors side by side. */
@Command(
        name = "detectors",
        description =
                "Score detectors on the same simulated sweeps: families and sensors. Family B is held out: nothing is tuned on it.",
        mixinStandardHelpOptions = true)
final class BenchDetectorsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ConfigOptions config = new ConfigOptions();

    @Option(
            names = "--detectors",
            split = ",",
            description = "Default geometric,polar,fused, with the configuration's settings.")
    private List<String> detectors = List.of("geometric", "polar", "fused");

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
                    "Of the towns, 8 .. 30: detectors were fitted to others (default 8 .. 19).")
    private List<Long> seeds = List.of(8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);

    @Option(names = "--sweeps", description = "Of a town's drive (default 100).")
    private int sweeps = 100;

    @Option(names = "--every", description = "Detect in one sweep in so many (default 12).")
    private int every = 12;

    @Option(names = "--threads", description = "Cells at once (default 2).")
    private int threads = 2;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Numbers.requireAtLeast("--threads", threads, 1);
        AzimuthConfig settings = config.load().values();
        SortedMap<String, DetectorFactory> factories = new TreeMap<>();
        for (String name : detectors) {
            factories.put(name, Stations.detector(settings, name));
        }
        List<WorldSensor> models = sensors.stream().map(WorldSensor::of).toList();
        DetectorStudy.Plan plan = new DetectorStudy.Plan(families, models, seeds, sweeps, every);
        new Talk(spec).data(DetectorStudy.of(plan, factories, threads).table());
        return 0;
    }
}
