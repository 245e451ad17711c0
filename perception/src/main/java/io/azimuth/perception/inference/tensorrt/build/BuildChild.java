package io.azimuth.perception.inference.tensorrt.build;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.tensorrt.plan.BuildDied;
import io.azimuth.perception.inference.tensorrt.plan.OwnFolder;
import io.azimuth.perception.inference.tensorrt.probe.TrtAvailability;
import io.azimuth.perception.inference.tensorrt.seam.BuildOutcome;
import io.azimuth.perception.inference.tensorrt.seam.BuildRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Builds a plan in a process of its own and waits, but not for ever. Whatever the process does,
 * this one goes on. Request and outcome travel in files that only we can read and write.
 * Thread-safe.
 */
public final class BuildChild implements Function<BuildRequest, BuildOutcome> {
    /** The largest networks take minutes on the slowest GPUs. */
    public static final Duration LIMIT = Duration.ofMinutes(30);

    private static final int FIRST_SIGNAL = 128;
    private static final int KILLED = 9;
    private static final int SAID_CHARS = 600;

    private final List<String> command;
    private final Path folder;
    private final int device;
    private final Duration limit;

    /**
     * @param command to which device, request and outcome are added
     * @param folder for the files; our own, or made so
     */
    BuildChild(List<String> command, Path folder, int device, Duration limit) {
        this.command = List.copyOf(command);
        this.folder = folder;
        this.device = device;
        this.limit = limit;
    }

    /** A JVM with the class path of this one, beside the plans. */
    public static BuildChild ofThisJvm(Path folder, int device) {
        List<String> command = TrtAvailability.childJvm("1g", TrtBuild.class.getName());
        return new BuildChild(command, folder, device, LIMIT);
    }

    /**
     * @throws BuildDied if the process crashed, hung, failed or answered nothing that can be read
     * @throws BackendUnavailable if it could not be started, or this thread is interrupted
     */
    @Override
    public BuildOutcome apply(BuildRequest request) {
        List<Path> files = new ArrayList<>();
        try {
            OwnFolder own = OwnFolder.open(folder);
            for (String name : List.of("request", "outcome", "said")) {
                files.add(own.newPart("build-" + name));
            }
            Files.write(files.get(0), BuildWire.of(request));
            int code = run(files);
            String said = tail(files.get(2));
            if (code != 0) {
                throw new BuildDied(died(code, said));
            }
            BuildOutcome outcome = BuildWire.outcome(Files.readAllBytes(files.get(1)));
            if (outcome == null) {
                throw new BuildDied(
                        "the process that builds plans ended without an outcome that can be read; is the disk of %s full?%s"
                                .formatted(folder, said));
            }
            return outcome;
        } catch (IOException e) {
            throw new BackendUnavailable("no process could be started to build a plan: " + e);
        } finally {
            files.forEach(BuildChild::remove);
        }
    }

    private int run(List<Path> files) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.add(String.valueOf(device));
        words.add(files.get(0).toString());
        words.add(files.get(1).toString());
        Process process =
                new ProcessBuilder(words)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(files.get(2).toFile()) // a pipe could be held open for ever
                        .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BuildDied(
                        "the process that builds plans was not done within %d s and was ended: look at nvidia-smi for a GPU that hangs or is busy%s"
                                .formatted(limit.toSeconds(), tail(files.get(2))));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendUnavailable("interrupted while a plan was built");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String died(int code, String said) {
        int signal = code - FIRST_SIGNAL;
        if (signal <= 0) {
            return "the process that builds plans ended with code %d%s".formatted(code, said);
        }
        String remedy =
                signal == KILLED
                        ? "the system may have had no memory left for it"
                        : "driver and TensorRT may not fit together; 'azimuth doctor' says what was found";
        return "the process that builds plans crashed with signal %d: %s%s"
                .formatted(signal, remedy, said);
    }

    /** What the process said last, for the message; empty if nothing. */
    private static String tail(Path file) throws IOException {
        String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        String last = all.substring(Math.max(0, all.length() - SAID_CHARS));
        return last.isEmpty() ? "" : "; it said: " + last.replaceAll("\\s+", " ");
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
