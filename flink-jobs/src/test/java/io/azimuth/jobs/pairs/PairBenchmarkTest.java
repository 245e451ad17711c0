package io.azimuth.jobs.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.connectors.dataset.tables.PairTable;
import io.azimuth.connectors.format.CloudOutput;
import io.azimuth.perception.evaluation.registration.RegistrationScores;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pairs of one point each, in two towns; the method under test reads the shift off it. */
class PairBenchmarkTest {
    private static final String HEADER =
            "target,source,m00,m01,m02,m03,m10,m11,m12,m13,m20,m21,m22,m23,overlap,negative,town\n";

    @TempDir Path dir;
    private Path set = Path.of("");
    private int calls;

    @BeforeEach
    void writePairs() throws IOException {
        set = Files.createDirectories(dir.resolve("set/shard-00000")).getParent();
        Files.writeString(
                set.resolve("pairs.csv"),
                HEADER
                        + "0,1,1,0,0,3,0,1,0,0,0,0,1,0,0.5,0,7\n"
                        + "2,3,1,0,0,-2,0,1,0,0,0,0,1,0,0.5,0,8\n");
        double[] x = {13, 10, 8, 10};
        for (int i = 0; i < 4; i++) {
            PointCloud cloud = new PointCloud();
            cloud.add((float) x[i], 0, 0, 0.5f);
            CloudOutput.BIN.write(set.resolve("shard-00000/%010d.bin".formatted(i)), cloud);
        }
    }

    /** Knows that the scans were not turned against one another. */
    private final class Reader implements PairMethod {
        private final String name;

        Reader() {
            this("reader");
        }

        Reader(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean needsGuess() {
            return false;
        }

        @Override
        public PairOutcome register(PointCloud target, PointCloud source, RigidTransform guess) {
            calls++;
            RigidTransform said = RigidTransform.translation(target.x()[0] - source.x()[0], 0, 0);
            double nan = Double.NaN;
            return new PairOutcome(
                    true,
                    PairOutcome.OK,
                    said,
                    nan,
                    nan,
                    nan,
                    nan,
                    1,
                    0,
                    "test",
                    Collections.emptySortedMap());
        }
    }

    private PairTally run(PairTurn turn, Path table) throws IOException {
        return run(turn, 1, new Reader(), table);
    }

    private PairTally run(PairTurn turn, long seed, PairMethod method, Path table)
            throws IOException {
        return new PairBenchmark(turn, seed, () -> 0)
                .run(PairCases.open(set.toString()), method, new PairEstimates(table), done -> {});
    }

    @Test
    void whatIsWrittenIsWhatTheEvaluationReads() throws IOException {
        Path table = dir.resolve("out/a.csv");

        String row = run(PairTurn.NONE, table).row("set", "reader");

        RegistrationScores scores =
                RegistrationScores.of(
                        PairTable.readTruth(set.resolve("pairs.csv")),
                        PairTable.readEstimates(table));
        assertThat(scores.limits().get(1).recall()).isEqualTo(1);
        assertThat(row.split("\\s+")).startsWith("set", "reader", "2", "100.0", "100.0", "100.0");
    }

    @Test
    void aRunGoesOnWhereItWasInterruptedEvenWithinALine() throws IOException {
        Path table = dir.resolve("a.csv");
        run(PairTurn.NONE, table);
        String whole = Files.readString(table);
        int secondPair = whole.indexOf("\n2,3,") + 1;
        Files.writeString(table, whole.substring(0, secondPair + 20));
        calls = 0;

        run(PairTurn.NONE, table);

        assertThat(calls).isEqualTo(1);
        assertThat(Files.readString(table)).isEqualTo(whole);
        Files.writeString(table, "other\n", StandardOpenOption.TRUNCATE_EXISTING);
        assertThatThrownBy(() -> new PairEstimates(table))
                .isInstanceOf(MalformedDataException.class);
    }

    @Test
    void estimatesOfOtherScansOfTheSameNumbersAreNotTakenOver() throws IOException {
        Path table = dir.resolve("a.csv");
        run(PairTurn.NONE, table);
        String before = Files.readString(table);
        calls = 0;
        PointCloud other = new PointCloud();
        other.add(9, 0, 0, 0.5f);
        CloudOutput.BIN.write(set.resolve("shard-00000/0000000003.bin"), other);

        assertThatThrownBy(() -> run(PairTurn.NONE, table))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("a.csv: pair 2, 3 was estimated from other scans")
                .hasMessageContaining("another --estimates folder");
        assertThat(calls).isZero();
        assertThat(Files.readString(table)).isEqualTo(before);
    }

    @Test
    void estimatesOfAnotherTruthTurnSeedOrMethodAreNotTakenOver() throws IOException {
        Path table = dir.resolve("a.csv");
        run(PairTurn.YAW, table);

        assertThatThrownBy(() -> run(PairTurn.NONE, table))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("pair 0, 1 was estimated under another turn, seed or method");
        assertThatThrownBy(() -> run(PairTurn.YAW, 2, new Reader(), table))
                .hasMessageContaining("another turn, seed or method");
        assertThatThrownBy(() -> run(PairTurn.YAW, 1, new Reader("other"), table))
                .hasMessageContaining("another turn, seed or method");
        Path pairs = set.resolve("pairs.csv");
        Files.writeString(pairs, Files.readString(pairs).replace("0,1,1,0,0,3,", "0,1,1,0,0,4,"));
        assertThatThrownBy(() -> run(PairTurn.YAW, table))
                .hasMessageContaining("pair 0, 1 was estimated from other scans or another truth");
    }

    @Test
    void aSetThatHasGrownAndMovedGoesOn() throws IOException {
        Path table = dir.resolve("a.csv");
        run(PairTurn.NONE, table);
        calls = 0;
        set = Files.move(set, dir.resolve("moved"));
        Files.writeString(
                set.resolve("pairs.csv"),
                "0,3,1,0,0,3,0,1,0,0,0,0,1,0,0.5,0,7\n",
                StandardOpenOption.APPEND);

        run(PairTurn.NONE, table);

        assertThat(calls).isEqualTo(1);
    }

    @Test
    void aNumberThatSeveralFilesHaveIsRefused() throws IOException {
        Path table = dir.resolve("other.csv");
        Files.copy(set.resolve("pairs.csv"), table);
        Path beside = Files.createDirectories(dir.resolve("set/other"));
        Files.writeString(set.resolve("shard-00000/0000000001.txt"), "no scan");
        Files.writeString(beside.resolve("0000000009.bin"), "of no pair");
        assertThat(PairCases.open(table + "@" + set).cases()).hasSize(2);
        Files.copy(set.resolve("shard-00000/0000000002.bin"), beside.resolve("2.bin"));

        assertThatThrownBy(() -> PairCases.open(table + "@" + set))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("scan 2 is both")
                .hasMessageContaining("2.bin")
                .hasMessageContaining("0000000002.bin")
                .hasMessageContaining("name the folder");
    }

    @Test
    void aFolderWithoutNumberedScansIsRefused() throws IOException {
        Path table = dir.resolve("other.csv");
        Files.copy(set.resolve("pairs.csv"), table);
        Path empty = Files.createDirectories(dir.resolve("empty"));

        assertThatThrownBy(() -> PairCases.open(table + "@" + empty))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("has no numbered scans")
                .hasMessageContaining("0000000070.bin");
        assertThatThrownBy(() -> PairCases.open(table + "@" + dir.resolve("absent")))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("no folder");
    }

    @Test
    void aTurnIsThatOfThePairAndIsUndoneInTheEstimate() throws IOException {
        PairTurn.Drawn turns = PairTurn.YAW.draw(1, 0, 1);
        Path table = dir.resolve("a.csv");

        run(PairTurn.YAW, table);

        RigidTransform said = PairTable.readEstimates(table).get(0).targetFromSource();
        // the method saw the source's point turned, and said a shift from there
        double seen = turns.source().mapX(10, 0, 0);
        RigidTransform expected = RigidTransform.translation(13 - seen, 0, 0).times(turns.source());
        assertThat(said).isNotNull();
        RigidTransform error = expected.inverse().times(said);
        assertThat(error.angleRad() + error.translationNorm()).isCloseTo(0, within(1e-5));
        assertThat(PairTurn.SO3.draw(1, 0, 1).target())
                .isEqualTo(PairTurn.SO3.draw(1, 0, 1).target());
        assertThat(PairTurn.SO3.draw(2, 0, 1)).isNotEqualTo(PairTurn.SO3.draw(1, 0, 1));
    }

    @Test
    void foreignPairsAreNegativesOfDifferentTowns() throws IOException {
        List<PairCase> cases = PairCases.foreign(set.toString(), 10, 1).cases();

        assertThat(cases).hasSize(2);
        assertThat(cases).allMatch(c -> c.truth().negative());
        assertThat(cases).noneMatch(c -> c.truth().source() == c.truth().target() + 1);
    }

    @Test
    void aTableBesideItsScansAndAFolderOfOnePairAreReadToo() throws IOException {
        Path table = dir.resolve("other.csv");
        Files.copy(set.resolve("pairs.csv"), table);
        Path one = Files.createDirectories(dir.resolve("one"));
        Files.writeString(one.resolve("T_target_source.txt"), "1 0 0 3 0 1 0 0 0 0 1 0 0 0 0 1\n");

        PairCases beside = PairCases.open(table + "@" + set);
        PairCases single = PairCases.open(one.toString());

        assertThat(beside.name()).isEqualTo("other");
        assertThat(beside.cases()).hasSize(2);
        assertThat(single.cases().get(0).target()).isEqualTo(one.resolve("target.bin"));
        assertThatThrownBy(() -> PairCases.open(dir.toString()))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("TABLE.csv@FOLDER");
    }
}
