package io.azimuth.jobs.cli;

import io.azimuth.jobs.config.ConfigException;
import io.azimuth.jobs.config.NearestKey;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.registration.pcl.PclUnavailable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;

/** What a failed command prints and how it ends. */
final class Failures
        implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {

    /** A failure while the command ran. */
    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        ExitCode code = codeOf(failure);
        PrintWriter err = command.getErr();
        err.println("error: " + Talk.printable(messageOf(failure)));
        boolean verbose = Azimuth.isVeryVerbose(parsed);
        if (verbose) {
            failure.printStackTrace(err);
        } else if (code == ExitCode.BUG) {
            err.println(
                    "this is a defect of azimuth (%s): run again with -vv and report what it prints"
                            .formatted(failure.getClass().getSimpleName()));
        }
        err.flush();
        return code.number();
    }

    /** A wrong command line. */
    @Override
    public int handleParseException(CommandLine.ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("error: " + failure.getMessage());
        if (failure instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String typed = unmatched.getUnmatched().get(0);
            String nearest = NearestKey.of(typed, words(command));
            if (nearest != null) {
                err.println("did you mean '" + nearest + "'?");
            }
        }
        err.println("see: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE.number();
    }

    /** What may stand where something else stood. */
    private static List<String> words(CommandLine command) {
        List<String> words = new ArrayList<>(command.getSubcommands().keySet());
        command.getCommandSpec()
                .options()
                .forEach(option -> words.addAll(Arrays.asList(option.names())));
        return words;
    }

    static ExitCode codeOf(Throwable failure) {
        if (failure instanceof CommandFailure own) {
            return own.code();
        }
        if (failure instanceof ConfigException) {
            return ExitCode.CONFIG;
        }
        if (failure instanceof MalformedDataException) {
            return ExitCode.INPUT_MALFORMED;
        }
        if (failure instanceof ModelRejected) {
            return ExitCode.INPUT_MALFORMED;
        }
        if (failure instanceof BackendUnavailable || failure instanceof PclUnavailable) {
            return ExitCode.OUTSIDE;
        }
        if (failure instanceof InferenceFailed) {
            return ExitCode.REFUSED;
        }
        if (failure instanceof KafkaException || failure.getCause() instanceof KafkaException) {
            return ExitCode.OUTSIDE;
        }
        if (failure instanceof InterruptedException) {
            return ExitCode.INTERRUPTED;
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            return ExitCode.INPUT_MISSING;
        }
        return ExitCode.BUG;
    }

    private static String messageOf(Throwable failure) {
        if (failure instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
            return messageOf(wrapped.getCause());
        }
        if (failure instanceof FileSystemException file) {
            String reason = file.getReason();
            if (failure instanceof NoSuchFileException) {
                return file.getFile() + ": " + (reason == null ? "no such file or folder" : reason);
            }
            if (failure instanceof FileAlreadyExistsException) {
                return file.getFile() + ": " + (reason == null ? "is there already" : reason);
            }
            if (failure instanceof AccessDeniedException) {
                return file.getFile() + ": permission denied";
            }
            return file.getFile() + ": " + (reason == null ? "cannot be used" : reason);
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
