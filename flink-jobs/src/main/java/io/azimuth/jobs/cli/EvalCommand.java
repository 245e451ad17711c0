package io.azimuth.jobs.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Scores result files against truth. */
@Command(
        name = "eval",
        description = "Score results against truth.",
        mixinStandardHelpOptions = true,
        subcommands = {
            EvalOdometryCommand.class,
            EvalDetectionCommand.class,
            EvalTrackCommand.class,
            EvalRegistrationCommand.class
        })
final class EvalCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "eval what? one of " + spec.subcommands().keySet());
    }
}
