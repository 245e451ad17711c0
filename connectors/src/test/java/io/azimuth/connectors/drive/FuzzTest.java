package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class FuzzTest {
    /** Mutations of each format. */
    private static final int MUTATIONS = 2000;

    /**
     * Far above the usual minute, for a busy machine: a hang, not slowness, is to be found here.
     */
    private static final int MOST_SECONDS = 600;

    @Test
    void damagedFilesAreRefusedOrReadButNothingElse(@TempDir Path folder, TestReporter reporter)
            throws IOException, InterruptedException {
        Path report = folder.resolve("report.txt");
        Path work = Files.createDirectory(folder.resolve("work"));
        File log = folder.resolve("log.txt").toFile();

        Process fuzz =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx128m",
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        FuzzMain.class.getName(),
                                        report.toString(),
                                        work.toString(),
                                        String.valueOf(MUTATIONS)))
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
        boolean ended = fuzz.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        fuzz.destroyForcibly().waitFor();

        assertThat(ended).as("ended within %d s", MOST_SECONDS).isTrue();
        assertThat(fuzz.exitValue()).as(Files.readString(log.toPath())).isZero();
        assertThat(Files.readAllLines(report))
                .hasSize(44)
                .allMatch(
                        line ->
                                line.startsWith("drive")
                                        || line.contains(": " + MUTATIONS + " mutations"));
        reporter.publishEntry("fuzz", Files.readString(report));
    }
}
