package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command line says of itself. */
class CliHelpTest {
    @TempDir Path dir;

    @Test
    void everyCommandHasHelp() {
        CommandLine root =
                Azimuth.commandLine(new PrintWriter(System.err), new PrintWriter(System.err));
        List<List<String>> commands = new ArrayList<>();
        collect(root, List.of(), commands);

        assertThat(commands).hasSizeGreaterThan(20);
        for (List<String> command : commands) {
            List<Object> words = new ArrayList<>(command);
            words.add("--help");
            CliRun run = CliRun.of(words.toArray()).succeeded();
            assertThat(run.out())
                    .startsWith("Usage: " + String.join(" ", concat("azimuth", command)));
        }
    }

    @Test
    void theRootsHelpListsTheExitCodes() {
        String help = CliRun.of("--help").succeeded().out();

        for (ExitCode code : ExitCode.values()) {
            assertThat(help).containsPattern("(?m)^ +" + code.number() + " ");
        }
    }

    @Test
    void theVersionNamesProgramJavaAndDetectors() {
        assertThat(CliRun.of("--version").succeeded().out())
                .startsWith("azimuth ")
                .contains("commit", "Java " + System.getProperty("java.version"), "geometric");
    }

    @Test
    void aShownConfigurationReadsBackAsTheSame() throws IOException {
        CliRun shown = CliRun.of("config", "show", "--set", "odometry.mapVoxelM=0.875").succeeded();
        Path file = Files.writeString(dir.resolve("azimuth.yaml"), shown.out());

        CliRun again = CliRun.of("config", "check", "--config", file).succeeded();

        assertThat(shown.out()).contains("0.875", "--set");
        assertThat(again.out())
                .isEqualTo(CliRun.of("config", "check", "--set", "odometry.mapVoxelM=0.875").out());
        assertThat(again.out()).isNotEqualTo(CliRun.of("config", "check").out());
    }

    @Test
    void completionIsAScriptThatKnowsTheCommands() {
        assertThat(CliRun.of("completion", "bash").succeeded().out())
                .startsWith("#!")
                .contains("complete -F", "odometry", "--parallelism");
        assertThat(CliRun.of("completion", "zsh").succeeded().out()).contains("bashcompinit");
        CliRun.of("completion", "fish").failedWith(ExitCode.USAGE, "fish", "BASH");
    }

    private static void collect(CommandLine at, List<String> path, List<List<String>> out) {
        out.add(path);
        at.getSubcommands().forEach((name, sub) -> collect(sub, concatLast(path, name), out));
    }

    private static List<String> concat(String first, List<String> rest) {
        List<String> out = new ArrayList<>(List.of(first));
        out.addAll(rest);
        return out;
    }

    private static List<String> concatLast(List<String> path, String name) {
        List<String> out = new ArrayList<>(path);
        out.add(name);
        return out;
    }
}
