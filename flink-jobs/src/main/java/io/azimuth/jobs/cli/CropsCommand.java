package io.azimuth.jobs.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Sets of crops. */
@Command(
        name = "crops",
        description = "Crops, the points of one object each: what encoders are trained with.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CropsCutCommand.class,
            CropsPrepareCommand.class,
            CropsTurnedCommand.class,
            CropsStrangersCommand.class
        })
final class CropsCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "crops what? one of " + spec.subcommands().keySet());
    }
}
