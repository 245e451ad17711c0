package io.azimuth.connectors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.connectors.testing.ForkedJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class SweepFuzzTest {
    /** Mutations of each encoding. */
    private static final int MUTATIONS = 2000;

    /** Far above the usual 5 s, for a busy machine: a hang, not slowness, is to be found here. */
    private static final int MOST_SECONDS = 240;

    @Test
    void damagedRecordsAreRefusedOrDecodedButNothingElse(
            @TempDir Path folder, TestReporter reporter) throws IOException, InterruptedException {
        Path report = folder.resolve("report.txt");

        ForkedJava.run(SweepFuzzMain.class, folder, MOST_SECONDS, report, MUTATIONS);

        assertThat(Files.readAllLines(report))
                .hasSize(7)
                .allMatch(
                        line ->
                                line.startsWith("bombs")
                                        || line.contains(": " + MUTATIONS + " mutations"));
        reporter.publishEntry("fuzz", Files.readString(report));
    }
}
