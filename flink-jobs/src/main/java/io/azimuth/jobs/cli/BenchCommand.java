package io.azimuth.jobs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measurements of the engine and of its simulator. */
@Command(
        name = "bench",
        description = "Measure the engine or its simulator.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchStagesCommand.class,
            BenchRefinersCommand.class,
            BenchPairsCommand.class,
            BenchSimulatorCommand.class,
            BenchRecoveryCommand.class,
            BenchWorldsCommand.class,
            BenchDetectorsCommand.class,
            BenchPlacesCommand.class
        })
final class BenchCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "bench what? one of " + spec.subcommands().keySet());
    }
}
