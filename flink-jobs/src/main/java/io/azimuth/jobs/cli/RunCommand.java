package io.azimuth.jobs.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A drive through the whole pipeline. */
@Command(
        name = "run",
        description =
                "Send a drive through broker and Flink (both started here) and write poses, detections, tracks, scores and pictures.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DriveArgument argument = new DriveArgument();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "For results.")
    private Path out = Path.of("out");

    @Mixin private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Talk talk = new Talk(spec);
        return options.run(() -> argument.open(talk), out, talk);
    }
}
