package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.SimulatedDrive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A simulated drive through the whole pipeline. */
@Command(
        name = "demo",
        description = "A simulated town drive through the whole pipeline, scored, with pictures.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int SWEEPS = 200;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", paramLabel = "DIR", description = "For results (default out/demo).")
    private Path out = Path.of("out", "demo");

    @Mixin private TownOptions town = demoTown();

    @Mixin private RunOptions options = new RunOptions();

    private static TownOptions demoTown() {
        TownOptions town = new TownOptions();
        town.sweeps = SWEEPS;
        return town;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Talk talk = new Talk(spec);
        return options.run(
                () -> DriveArgument.announced(new SimulatedDrive(town.config()), talk), out, talk);
    }
}
