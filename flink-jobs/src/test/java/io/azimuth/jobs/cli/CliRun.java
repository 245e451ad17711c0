package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One command line, run in this JVM. */
record CliRun(int code, String out, String err) {
    static CliRun of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        int code =
                Azimuth.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                        .execute(words);
        return new CliRun(code, out.toString(), err.toString());
    }

    /** A simulated drive of one 16-beam sensor, made by the command itself. */
    static Path tinyDrive(Path folder, int sweeps) {
        CliRun run = of("sim", "drive", folder, "--sensor", "vlp16", "--sweeps", sweeps);
        assertThat(run.code()).as(run.err()).isZero();
        return folder;
    }

    /** The drive's first cloud, cut in the middle of a point. */
    static Path truncateSweep(Path drive, int index) throws IOException {
        Path cloud = clouds(drive).get(index);
        byte[] bytes = Files.readAllBytes(cloud);
        Files.write(cloud, java.util.Arrays.copyOf(bytes, bytes.length / 2 / 16 * 16 + 5));
        return cloud;
    }

    static List<Path> clouds(Path drive) throws IOException {
        try (var files = Files.list(drive.resolve("velodyne"))) {
            return files.sorted().toList();
        }
    }

    /** The command ended so, said so, and showed nobody a stack trace. */
    CliRun failedWith(ExitCode expected, String... said) {
        assertThat(code).as(err).isEqualTo(expected.number());
        assertThat(err.lines()).as(err).anyMatch(line -> line.startsWith("error: "));
        for (String words : said) {
            assertThat(err).contains(words);
        }
        assertThat(err.lines()).noneMatch(line -> line.startsWith("\tat "));
        return this;
    }

    CliRun succeeded() {
        assertThat(code).as(err).isZero();
        assertThat(err.lines()).noneMatch(line -> line.startsWith("\tat "));
        return this;
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
