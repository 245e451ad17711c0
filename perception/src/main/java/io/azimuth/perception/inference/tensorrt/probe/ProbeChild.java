package io.azimuth.perception.inference.tensorrt.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a probe's process and waits for its word, but not for ever. */
final class ProbeChild {
    private static final int MAX_ANSWER_BYTES = 1 << 16;
    private static final int FIRST_SIGNAL = 128;

    private ProbeChild() {}

    /** Never throws: whatever the child does becomes a verdict. */
    static ProbeVerdict run(List<String> command, Duration limit) {
        Path answer = null;
        try {
            answer = Files.createTempFile("azimuth-probe", ".txt");
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(answer.toFile()) // a pipe could be held open for ever
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            return await(process, answer, limit);
        } catch (IOException e) {
            return ProbeVerdict.failed("the probe's process did not start: " + e.getMessage());
        } finally {
            delete(answer);
        }
    }

    private static ProbeVerdict await(Process process, Path answer, Duration limit)
            throws IOException {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return ProbeVerdict.failed(
                        "the probe of TensorRT did not answer within %d ms; the driver may hang: see nvidia-smi"
                                .formatted(limit.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ProbeVerdict.failed("interrupted while TensorRT was probed");
        } finally {
            process.destroyForcibly();
        }
        int code = process.exitValue();
        if (code != 0) {
            return ProbeVerdict.failed(
                    code > FIRST_SIGNAL
                            ? "the probe of TensorRT crashed with signal %d; driver and TensorRT may not fit together"
                                    .formatted(code - FIRST_SIGNAL)
                            : "the probe of TensorRT ended with code %d".formatted(code));
        }
        ProbeVerdict verdict = ProbeText.read(text(answer));
        return verdict != null
                ? verdict
                : ProbeVerdict.failed("the probe of TensorRT gave an answer that is none");
    }

    private static String text(Path answer) throws IOException {
        try (InputStream in = Files.newInputStream(answer)) {
            return new String(in.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
