package io.azimuth.connectors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A main class of the tests in a JVM of its own with little memory: what takes memory on the word
 * of damaged bytes, or hangs, fails there.
 */
public final class ForkedJava {
    private ForkedJava() {}

    /**
     * Runs it to its end, which must come in time and with exit code 0.
     *
     * @param folder for the log that a failure shows
     */
    public static void run(Class<?> main, Path folder, int mostSeconds, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path log = folder.resolve("log.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean ended = process.waitFor(mostSeconds, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();

        assertThat(ended).as("ended within %d s", mostSeconds).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }
}
