package io.azimuth.connectors.mcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our recordings before the libraries of the format's authors, with their checksums on. */
class JudgesTest {
    private static final Path FOLDER = judges();
    private static final int MESSAGES = 300;

    @TempDir private Path folder;

    private static Path judges() {
        Path fromModule = Path.of("..", "deploy", "judges", "mcap");
        return Files.isDirectory(fromModule) ? fromModule : Path.of("deploy", "judges", "mcap");
    }

    @ParameterizedTest
    @EnumSource(McapCompression.class)
    void theLibraryForJavaScriptReadsOurRecordings(McapCompression compression)
            throws IOException, InterruptedException {
        assumeTrue(
                Files.isDirectory(FOLDER.resolve("node_modules/@mcap/core")),
                "needs @mcap/core: deploy/native/node-tools brings it where npm is there");
        assumeTrue(runs("node", "--version"), "needs node 18 or newer");

        List<String> said = accepted(compression, "node", FOLDER.resolve("judge.mjs").toString());

        assertThat(said).contains("indexed-metadata drive {\"place\":\"Zürich\"}");
    }

    @ParameterizedTest
    @EnumSource(McapCompression.class)
    void theLibraryForPythonReadsOurRecordings(McapCompression compression)
            throws IOException, InterruptedException {
        String python = System.getenv().getOrDefault("AZIMUTH_JUDGE_PYTHON", "python3");
        assumeTrue(
                runs(python, "-c", "import mcap.reader, lz4.frame, zstandard"),
                "needs mcap 1.6.0, lz4 and zstandard for "
                        + python
                        + ": deploy/native/judge-python brings them; AZIMUTH_JUDGE_PYTHON names another python");

        accepted(compression, python, FOLDER.resolve("judge.py").toString());
    }

    /** All messages, in log-time order by the index and in the file's order by streaming. */
    private List<String> accepted(McapCompression compression, String... judge)
            throws IOException, InterruptedException {
        Path file = folder.resolve("ours.mcap");
        McapWriterOptions options = McapWriterOptions.of(compression).withChunkBytes(4096);
        List<McapMessage> sorted =
                Recordings.write(file, options, new SplittableRandom(5), MESSAGES);
        List<String> expected = new ArrayList<>();
        sorted.forEach(m -> expected.add("indexed " + Recordings.row(m)));
        List<String> streamed = new ArrayList<>();
        int chunks;
        try (McapReader reader = McapReader.open(file)) {
            reader.forEachInFileOrder(m -> streamed.add("streamed " + Recordings.row(m)));
            chunks = reader.chunkCount();
        }
        List<String> command = new ArrayList<>(List.of(judge));
        command.add(file.toString());

        List<String> said = run(command);

        assertThat(said.subList(0, MESSAGES)).isEqualTo(expected);
        assertThat(said.subList(said.size() - MESSAGES, said.size())).isEqualTo(streamed);
        assertThat(said)
                .contains("indexed-attachment calib.txt text/plain 5 6 3120302030")
                .contains("statistics %d 2 3 1 1 %d".formatted(MESSAGES, chunks));
        return said;
    }

    private List<String> run(List<String> command) throws IOException, InterruptedException {
        File out = folder.resolve("said.txt").toFile();
        File err = folder.resolve("err.txt").toFile();
        Process process =
                new ProcessBuilder(command).redirectOutput(out).redirectError(err).start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertThat(ended).as("ended within 60 s").isTrue();
        assertThat(process.exitValue()).as(Files.readString(err.toPath())).isZero();
        return Files.readAllLines(out.toPath());
    }

    private boolean runs(String... command) throws InterruptedException {
        try {
            File nowhere = folder.resolve("probe.txt").toFile();
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(nowhere)
                            .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
