package io.azimuth.jobs.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Simulated data. */
@Command(
        name = "sim",
        description = "Simulated data with exact truth.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SimDriveCommand.class,
            SimFramesCommand.class,
            SimPairsCommand.class,
            SimCropsCommand.class
        })
final class SimCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "sim what? one of " + spec.subcommands().keySet());
    }
}
