package io.azimuth.jobs.cli;

import io.azimuth.jobs.config.ConfigSchema;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at the configuration. */
@Command(
        name = "config",
        description = "Check and show the configuration.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ConfigCommand.Check.class,
            ConfigCommand.Show.class,
            ConfigCommand.Schema.class
        })
final class ConfigCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "config what? one of " + spec.subcommands().keySet());
    }

    /** Exit 5 with every problem, or 0. */
    @Command(
            name = "check",
            description = "Say what is wrong with a configuration.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private ConfigOptions config = new ConfigOptions();

        @Override
        public Integer call() throws IOException {
            new Talk(spec).data("accepted, digest " + config.load().digest());
            return 0;
        }
    }

    /** The effective tree. */
    @Command(
            name = "show",
            description = "Print the effective configuration with the origin of each value.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private ConfigOptions config = new ConfigOptions();

        @Override
        public Integer call() throws IOException {
            new Talk(spec).data(config.load().toYamlWithOrigins().stripTrailing());
            return 0;
        }
    }

    /** For editors. */
    @Command(
            name = "schema",
            description = "Print the JSON schema of the configuration.",
            mixinStandardHelpOptions = true)
    static final class Schema implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            new Talk(spec).data(Json.text(ConfigSchema.of()));
            return 0;
        }
    }
}
