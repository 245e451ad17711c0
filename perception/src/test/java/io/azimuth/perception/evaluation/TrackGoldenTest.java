package io.azimuth.perception.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against motmetrics 1.4.0; {@code golden/evaluation/tracks.py} wrote scenarios and scores. */
class TrackGoldenTest {
    private static final EvaluationRegion ALL = EvaluationRegion.allRound(0, 1e6);

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithMotmetrics(String name, Map<String, Double> want) throws IOException {
        List<LabelledBox> truth = new ArrayList<>();
        List<ScoredBox> tracks = new ArrayList<>();
        for (String[] f : rows("tracks.csv")) {
            if (f[0].equals(name)) {
                add(f, truth, tracks);
            }
        }
        List<Long> judged =
                LongStream.range(0, want.get("num_frames").longValue()).boxed().toList();

        TrackScores got = TrackScores.of(truth, tracks, judged, ALL, 2);

        assertThat(got.wanted()).isEqualTo(want.get("num_objects").intValue());
        assertThat(got.objects()).isEqualTo(want.get("num_unique_objects").intValue());
        assertThat(got.misses()).isEqualTo(want.get("num_misses").intValue());
        assertThat(got.falseBoxes()).isEqualTo(want.get("num_false_positives").intValue());
        assertThat(got.idSwitches()).isEqualTo(want.get("num_switches").intValue());
        assertThat(got.fragmentations()).isEqualTo(want.get("num_fragmentations").intValue());
        assertThat(got.mostlyTracked()).isEqualTo(want.get("mostly_tracked").intValue());
        assertThat(got.mostlyLost()).isEqualTo(want.get("mostly_lost").intValue());
        assertThat(got.mota()).isCloseTo(want.get("mota"), within(1e-9));
        assertThat(got.motpM()).isCloseTo(want.get("motp"), within(1e-9));
        assertThat(got.identity().truePositives()).isEqualTo(want.get("idtp").intValue());
        assertThat(got.identity().f1()).isCloseTo(want.get("idf1"), within(1e-9));
        assertThat(got.identity().precision()).isCloseTo(want.get("idp"), within(1e-9));
        assertThat(got.identity().recall()).isCloseTo(want.get("idr"), within(1e-9));
    }

    static List<Object[]> cases() throws IOException {
        List<Object[]> out = new ArrayList<>();
        List<String[]> rows = rows("tracks_expected.csv");
        String[] names = rows.get(0);
        for (String[] row : rows.subList(1, rows.size())) {
            Map<String, Double> want = new HashMap<>();
            for (int i = 1; i < row.length; i++) {
                want.put(names[i], Double.parseDouble(row[i]));
            }
            out.add(new Object[] {row[0], want});
        }
        return out;
    }

    private static void add(String[] f, List<LabelledBox> truth, List<ScoredBox> tracks) {
        double x = Double.parseDouble(f[4]);
        double y = Double.parseDouble(f[5]);
        OrientedBox box = new OrientedBox(x, y, 0, 4, 2, 1.5, 0);
        long sweep = Long.parseLong(f[2]);
        if (f[1].equals("T")) {
            truth.add(new LabelledBox(sweep, f[3], ObjectClass.CAR, box, 100));
        } else {
            tracks.add(new ScoredBox(sweep, f[3], ObjectClass.CAR, box, 0.9));
        }
    }

    private static List<String[]> rows(String file) throws IOException {
        InputStream in = TrackGoldenTest.class.getResourceAsStream("/golden/evaluation/" + file);
        try (BufferedReader text =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
            return text.lines().map(line -> line.split(",")).toList();
        }
    }
}
