package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crops from the command line: simulated, classified, and refused where they are none. */
class CliClassifyTest {
    @TempDir private static Path dir;

    private static Path set;

    @BeforeAll
    static void simulateCrops() {
        set = dir.resolve("set");
        CliRun.of("sim", "crops", set, "--count", 24, "--beams", 16, "--seed", 3).succeeded();
    }

    @Test
    void everyCropGetsARowInOrderAndATableFollows() throws IOException {
        Path rows = dir.resolve("rows.csv");
        Path picture = dir.resolve("confusion.png");
        CliRun run = CliRun.of("classify", set, "--out", rows, "--confusion", picture);
        assertThat(run.succeeded().out()).contains("24 labelled crops, accuracy", "large_vehicle");
        List<String> lines = Files.readAllLines(rows);
        assertThat(lines).hasSize(25).first().isEqualTo("index,class,score");
        assertThat(lines.get(24)).matches("23,[a-z_]+,[01]\\.\\d{6}");
        assertThat(picture).isNotEmptyFile();
    }

    @Test
    void aTurnAboutTheUprightChangesNoAnswer() {
        String asTheyLie = CliRun.of("classify", set).succeeded().out();
        String turned = CliRun.of("classify", set, "--turn", "yaw", "--seed", 5).succeeded().out();
        assertThat(classes(turned)).isEqualTo(classes(asTheyLie));
    }

    private static List<String> classes(String rows) {
        return rows.lines().map(line -> line.split(",")[1]).toList();
    }

    @Test
    void aRequirementThatFailsIsAnExitCode() {
        CliRun.of("classify", set, "--require", "accuracy>1.1")
                .failedWith(ExitCode.BELOW_THRESHOLD, "accuracy is");
    }

    @Test
    void rowsAndTableAreJsonIfAskedFor() {
        CliRun run = CliRun.of("classify", set, "--json").succeeded();
        assertThat(run.out().lines()).hasSize(25).last().asString().contains("\"accuracy\":");
    }

    @Test
    void strangersAreComparedWithWhatIsKnown() {
        CliRun run = CliRun.of("crops", "strangers", set, set);
        assertThat(run.succeeded().out()).contains("24 known, 24 strangers: AUROC 0.500");
        CliRun.of("crops", "strangers", set, dir.resolve("none"))
                .failedWith(ExitCode.INPUT_MISSING, "none");
    }

    @Test
    void whatIsNoCropsIsRefusedInWords() throws IOException {
        Path text = Files.writeString(dir.resolve("text.npy"), "hello");
        CliRun.of("classify", text).failedWith(ExitCode.INPUT_MALFORMED, "text.npy", "neither");
        CliRun.of("classify", dir.resolve("none")).failedWith(ExitCode.INPUT_MISSING, "none");
        Path empty = Files.createDirectory(dir.resolve("empty"));
        CliRun.of("classify", empty).failedWith(ExitCode.INPUT_MALFORMED, "holds no crops");
        CliRun.of("classify", set, "--model", "ri-egde-sim")
                .failedWith(ExitCode.USAGE, "ri-egde-sim", "ri-edge-sim");
        CliRun.of("classify", set, "--among", "cat").failedWith(ExitCode.USAGE, "cat", "car");
    }
}
