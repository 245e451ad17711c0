package io.azimuth.perception.evaluation.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.evaluation.Trajectory;
import io.azimuth.perception.evaluation.TrajectoryFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Against evo 1.38.1; {@code golden/evaluation/trajectories.py} wrote trajectories and errors. */
class EvoGoldenTest {
    private static final long TEN_MS = 10_000_000;
    private static final double TOLERANCE = 1e-6;

    @Test
    void agreesWithEvoOnPosesByRow() throws Exception {
        Trajectory truth = Trajectory.ofSweeps(TrajectoryFiles.readKitti(golden("true.kitti")));
        Trajectory estimate =
                Trajectory.ofSweeps(TrajectoryFiles.readKitti(golden("estimated.kitti")));

        agrees("kitti.", figures("kitti", pairs(truth, estimate, 0)));
    }

    @Test
    void agreesWithEvoOnPosesByStamp() throws Exception {
        Trajectory truth = TrajectoryFiles.readTum(golden("true.tum"));
        Trajectory estimate = TrajectoryFiles.readTum(golden("estimated.tum"));
        PosePairs pairs = pairs(truth, estimate, TEN_MS);

        Map<String, Double> got = figures("tum", pairs);
        got.put("tum.pairs", (double) pairs.size());

        agrees("tum.", got);
        assertThat(pairs.missing()).isEqualTo(2);
        assertThat(pairs.unmatched()).isEqualTo(2);
    }

    private static void agrees(String prefix, Map<String, Double> got) throws Exception {
        Map<String, Double> want = new TreeMap<>();
        for (String line : Files.readAllLines(golden("trajectories_expected.csv"))) {
            String[] f = line.split(",");
            if (f[0].startsWith(prefix)) {
                want.put(f[0], Double.parseDouble(f[1]));
            }
        }
        assertThat(got.keySet()).isEqualTo(want.keySet());
        SoftAssertions all = new SoftAssertions();
        want.forEach(
                (name, value) ->
                        all.assertThat(Math.abs(got.get(name) - value))
                                .as("%s: %s, evo has %s", name, got.get(name), value)
                                .isLessThanOrEqualTo(TOLERANCE));
        all.assertAll();
    }

    private static PosePairs pairs(Trajectory truth, Trajectory estimate, long tolerance) {
        return PosePairs.associate(
                truth.keys(), truth.poses(), estimate.keys(), estimate.poses(), tolerance);
    }

    private static Map<String, Double> figures(String prefix, PosePairs pairs) {
        Map<String, Double> out = new TreeMap<>();
        for (Alignment alignment : Alignment.values()) {
            AbsoluteError e = AbsoluteError.of(pairs, alignment);
            String name = prefix + ".ape." + alignment.name().toLowerCase(Locale.ROOT);
            put(out, name + ".m", e.metres());
            put(out, name + ".deg", e.degrees());
        }
        step(out, prefix + ".rpe.1", RelativeError.overPoses(pairs, 1));
        step(out, prefix + ".rpe.7", RelativeError.overPoses(pairs, 7));
        step(out, prefix + ".rpe.10m", RelativeError.overMetres(pairs, 10));
        return out;
    }

    private static void step(Map<String, Double> out, String name, RelativeError e) {
        out.put(name + ".m.count", (double) e.metres().count());
        out.put(name + ".deg.count", (double) e.degrees().count());
        put(out, name + ".m", e.metres());
        put(out, name + ".deg", e.degrees());
    }

    private static void put(Map<String, Double> out, String name, ErrorSummary e) {
        out.put(name + ".rmse", e.rms());
        out.put(name + ".mean", e.mean());
        out.put(name + ".median", e.median());
        out.put(name + ".max", e.max());
    }

    private static Path golden(String file) throws IOException, URISyntaxException {
        return Path.of(
                Objects.requireNonNull(
                                EvoGoldenTest.class.getResource("/golden/evaluation/" + file))
                        .toURI());
    }
}
