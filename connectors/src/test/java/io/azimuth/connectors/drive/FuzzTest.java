package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.connectors.testing.ForkedJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

        ForkedJava.run(FuzzMain.class, folder, MOST_SECONDS, report, work, MUTATIONS);

        assertThat(Files.readAllLines(report))
                .hasSize(44)
                .allMatch(
                        line ->
                                line.startsWith("drive")
                                        || line.contains(": " + MUTATIONS + " mutations"));
        reporter.publishEntry("fuzz", Files.readString(report));
    }
}
