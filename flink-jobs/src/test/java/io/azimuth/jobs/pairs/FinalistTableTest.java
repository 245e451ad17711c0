package io.azimuth.jobs.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.evaluation.registration.PairTruth;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed while they write. */
class FinalistTableTest {
    private static final PairTruth FIRST = pair(1, 2);
    private static final PairTruth SECOND = pair(12, 13);

    @TempDir Path dir;
    private Path table = Path.of("");
    private Path finalists = Path.of("");

    @BeforeEach
    void name() {
        table = dir.resolve("a.csv");
        finalists = dir.resolve("a-finalists.csv");
    }

    private static PairTruth pair(long target, long source) {
        return new PairTruth(target, source, RigidTransform.IDENTITY, 0.5, false);
    }

    private static PairOutcome.Finalist finalist(double x) {
        return new PairOutcome.Finalist(
                RigidTransform.translation(x, 0, 0),
                new TreeMap<>(Collections.singletonMap("w", x)));
    }

    private static void chosenFrom(PairEstimates to, PairTruth pair) throws IOException {
        to.addFinalists(pair, List.of(finalist(1), finalist(2)));
    }

    private static void estimate(PairEstimates to, PairTruth pair) throws IOException {
        PairOutcome said =
                new PairOutcome(
                        true,
                        PairOutcome.OK,
                        RigidTransform.IDENTITY,
                        0,
                        0,
                        0,
                        0,
                        1,
                        0,
                        "test",
                        new TreeMap<>(Collections.singletonMap("w", 0.25)));
        to.add(pair, new PairOrigin("a", "b"), said, RigidTransform.IDENTITY, 1);
    }

    private PairEstimates open() throws IOException {
        return new PairEstimates(table, finalists);
    }

    private String wholeRun() throws IOException {
        PairEstimates to = open();
        chosenFrom(to, FIRST);
        estimate(to, FIRST);
        chosenFrom(to, SECOND);
        estimate(to, SECOND);
        return Files.readString(finalists);
    }

    private void secondPairAgain() throws IOException {
        PairEstimates to = open();
        assertThat(to.has(FIRST)).isTrue();
        assertThat(to.has(SECOND)).isFalse();
        chosenFrom(to, SECOND);
        estimate(to, SECOND);
    }

    @Test
    void finalistsOfAPairThatIsDoneAgainStandOnce() throws IOException {
        String whole = wholeRun();
        String estimates = Files.readString(table);
        Files.writeString(table, estimates.substring(0, estimates.indexOf("\n12,13,") + 1));

        secondPairAgain();

        assertThat(Files.readString(finalists)).isEqualTo(whole);
        assertThat(whole.lines()).hasSize(5);
    }

    @Test
    void linesThatAreCutOffAnywhereAreDropped() throws IOException {
        String whole = wholeRun();
        String estimates = Files.readString(table);
        int secondPair = whole.indexOf("\n12,13,") + 1;
        for (int end = secondPair; end < whole.length(); end++) {
            Files.writeString(finalists, whole.substring(0, end));
            Files.writeString(table, estimates.substring(0, estimates.length() - 2));

            secondPairAgain();

            assertThat(Files.readString(finalists)).isEqualTo(whole);
            assertThat(Files.readString(table)).isEqualTo(estimates);
        }
    }

    @Test
    void pairsThatWereDoneWithoutAreRefusedAndKept() throws IOException {
        estimate(new PairEstimates(table), FIRST);
        String before = Files.readString(table);

        assertThatThrownBy(this::open)
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("a.csv has 1 pairs")
                .hasMessageContaining("a-finalists.csv is missing")
                .hasMessageContaining("remove the first to do them again");
        assertThat(Files.readString(table)).isEqualTo(before);
        assertThat(finalists).doesNotExist();
    }

    @Test
    void anotherTableIsRefused() throws IOException {
        Files.writeString(finalists, "other\n");

        assertThatThrownBy(this::open)
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("line 1");
    }
}
