package io.azimuth.jobs.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line's root. */
@Command(
        name = "azimuth",
        description = "Streaming LiDAR perception: detections, tracks and poses from sweeps.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            SimCommand.class,
            FramesCommand.class,
            CropsCommand.class,
            InspectCommand.class,
            ConvertCommand.class,
            RecoverCommand.class,
            DetectCommand.class,
            ClassifyCommand.class,
            OdometryCommand.class,
            RegisterCommand.class,
            EvalCommand.class,
            TopicCommand.class,
            ModelCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            BenchCommand.class,
            CompletionCommand.class
        })
public final class Azimuth implements Runnable {
    @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    @Option(
            names = "-v",
            description = "Say more; -vv prints stack traces.",
            scope = CommandLine.ScopeType.INHERIT)
    private boolean[] verbosity = {};

    /** Without a subcommand: the help, as an error. */
    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "which command? one of " + spec.subcommands().keySet());
        }
    }

    /** Runs one command line and ends the JVM with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        int code = execute(commandLine(out, err), args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Errors of the JVM pass picocli's handlers by. */
    private static int execute(CommandLine line, String[] args) {
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            line.getErr()
                    .println(
                            "error: out of memory (%s); give the JVM more, e.g. JAVA_OPTS=-Xmx4g"
                                    .formatted(e.getMessage()));
            return ExitCode.OUTSIDE.number();
        }
    }

    /** The command line with its streams, for {@code main} and for tests. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        Failures failures = new Failures();
        CommandLine line =
                new CommandLine(new Azimuth())
                        .setOut(out)
                        .setErr(err)
                        .setExecutionExceptionHandler(failures)
                        .setParameterExceptionHandler(failures)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setUsageHelpWidth(110);
        line.getCommandSpec().usageMessage().exitCodeList(exitCodes());
        return line;
    }

    static boolean isVeryVerbose(CommandLine.ParseResult parsed) {
        CommandLine.ParseResult at = parsed;
        while (at != null) {
            if (at.matchedOptionValue("-v", new boolean[0]).length >= 2) {
                return true;
            }
            at = at.subcommand();
        }
        return false;
    }

    private static java.util.Map<String, String> exitCodes() {
        java.util.Map<String, String> out = new java.util.LinkedHashMap<>();
        for (String row : ExitCode.table()) {
            String[] parts = row.split(":", 2);
            out.put(parts[0], parts[1].strip());
        }
        return out;
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
    }
}
