package io.azimuth.jobs.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at model bundles. */
@Command(
        name = "model",
        description = "Look through, check and time model bundles.",
        mixinStandardHelpOptions = true,
        subcommands = {ModelInfoCommand.class, ModelVerifyCommand.class, ModelBenchCommand.class})
final class ModelCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "model what? one of " + spec.subcommands().keySet());
    }
}
