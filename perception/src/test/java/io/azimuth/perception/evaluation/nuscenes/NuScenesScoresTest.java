package io.azimuth.perception.evaluation.nuscenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.perception.evaluation.nuscenes.NuScenesScores.Errors;
import io.azimuth.perception.evaluation.nuscenes.NuScenesScores.Options;
import io.azimuth.perception.evaluation.nuscenes.NuScenesScores.Row;
import io.azimuth.perception.geometry.OrientedBox;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NuScenesScoresTest {
    private static final Offset<Double> EXACT = within(1e-9);

    @Test
    void agreesWithTheDevelopmentKitOnRandomBoxes() throws IOException {
        for (JsonNode golden : golden()) {
            NuScenesScores scores =
                    NuScenesScores.of(
                            boxes(golden.get("truth")),
                            boxes(golden.get("detections")),
                            Options.benchmark());

            JsonNode expected = golden.get("expected");
            assertThat(scores.rows()).hasSize(expected.get("classes").size());
            for (Row row : scores.rows()) {
                JsonNode theirs = expected.get("classes").get(row.of().label());
                assertThat(row.wanted()).isEqualTo(theirs.get("wanted").asInt());
                for (int i = 0; i < 4; i++) {
                    assertThat(row.aps().get(i))
                            .isCloseTo(theirs.get("aps").get(i).asDouble(), EXACT);
                }
                assertErrors(row.errors(), theirs);
            }
            assertThat(scores.meanAp()).isCloseTo(expected.get("mean_ap").asDouble(), EXACT);
            assertErrors(scores.errors(), expected.get("errors"));
            assertThat(scores.nds()).isCloseTo(expected.get("nds").asDouble(), EXACT);
        }
    }

    @Test
    void theOrderOfTheListsIsNothing() throws IOException {
        for (JsonNode golden : golden()) {
            List<NuScenesBox> truth = boxes(golden.get("truth"));
            List<NuScenesBox> found = boxes(golden.get("detections"));
            NuScenesScores straight = NuScenesScores.of(truth, found, Options.benchmark());

            Collections.shuffle(truth, new Random(1));
            Collections.shuffle(found, new Random(2));

            assertThat(NuScenesScores.of(truth, found, Options.benchmark())).isEqualTo(straight);
        }
    }

    @Test
    void oneTruePositiveAtRecallOneIsPerfect() {
        NuScenesScores scores =
                NuScenesScores.of(
                        List.of(car(0, 10, 100)),
                        List.of(found(0, 10.3, 0.8)),
                        Options.benchmark());

        assertThat(scores.meanAp()).isCloseTo(1, EXACT);
        assertThat(scores.errors().translationM()).isCloseTo(0.3, EXACT);
        assertThat(scores.errors().velocityMps()).isNaN();
        assertThat(scores.nds()).isCloseTo((5 + 0.7 + 1 + 1) / 10, EXACT);
        assertThat(scores.ndsOfKnown()).isCloseTo((5 + 0.7 + 1 + 1) / 8, EXACT);
    }

    @Test
    void nothingFoundHasErrorsOfOneAndNoScore() {
        NuScenesScores scores =
                NuScenesScores.of(List.of(car(0, 10, 100)), List.of(), Options.benchmark());

        assertThat(scores.errors().translationM()).isEqualTo(1);
        assertThat(scores.nds()).isZero();
    }

    @Test
    void aMatchMustBeCloserThanTheDistance() {
        Row row =
                NuScenesScores.of(
                                List.of(car(0, 10, 100)),
                                List.of(found(0, 12, 0.8)),
                                Options.benchmark())
                        .rows()
                        .get(0);

        assertThat(row.aps()).containsExactly(0.0, 0.0, 0.0, row.aps().get(3));
        assertThat(row.aps().get(3)).isCloseTo(1, EXACT);
    }

    @Test
    void labelsFarOffOrWithoutPointsAreRemovedWithTheirClassIfAlone() {
        List<NuScenesBox> truth = List.of(car(0, 50, 100), car(0, 20, 0), car(0, 30, -1));

        NuScenesScores scores =
                NuScenesScores.of(truth, List.of(found(0, 30, 0.5)), Options.benchmark());

        assertThat(scores.rows()).extracting(Row::wanted).containsExactly(1);
        assertThat(NuScenesScores.of(truth.subList(0, 2), List.of(), Options.benchmark()).rows())
                .isEmpty();
    }

    @Test
    void besideTheLabelledViewNothingIsFalse() {
        List<NuScenesBox> truth = List.of(car(0, 10, 100));
        List<NuScenesBox> found = List.of(found(0, -10, 0.9), found(0, 10, 0.8));

        double front = NuScenesScores.of(truth, found, new Options(1, 0.7)).meanAp();
        double allRound = NuScenesScores.of(truth, found, Options.benchmark()).meanAp();

        assertThat(front).isCloseTo(1, EXACT);
        assertThat(allRound).isLessThan(0.6);
    }

    @Test
    void impossibleOptionsAreRefused() {
        assertThatThrownBy(() -> new Options(1, 0)).hasMessageContaining("(0, pi]");
        assertThatThrownBy(() -> new Options(-1, 1)).hasMessageContaining("-1");
    }

    private static void assertErrors(Errors ours, JsonNode theirs) {
        assertThat(ours.translationM()).isCloseTo(theirs.get("ate").asDouble(), EXACT);
        assertThat(ours.scale()).isCloseTo(theirs.get("ase").asDouble(), EXACT);
        assertThat(ours.yawRad()).isCloseTo(theirs.get("aoe").asDouble(), EXACT);
        assertThat(ours.velocityMps()).isCloseTo(theirs.get("ave").asDouble(), EXACT);
    }

    private static NuScenesBox car(long sample, double x, int points) {
        OrientedBox box = new OrientedBox(x, 0, 0, 4, 2, 1.5, 0.1);
        return new NuScenesBox(sample, NuScenesClass.CAR, box, Double.NaN, Double.NaN, 0, points);
    }

    private static NuScenesBox found(long sample, double x, double score) {
        OrientedBox box = new OrientedBox(x, 0, 0, 4, 2, 1.5, 0.1);
        return new NuScenesBox(sample, NuScenesClass.CAR, box, Double.NaN, Double.NaN, score, -1);
    }

    /** Written by {@code nuscenes_scores.py} beside it. */
    private static JsonNode golden() throws IOException {
        try (InputStream in =
                NuScenesScoresTest.class.getResourceAsStream(
                        "/golden/evaluation/nuscenes_scores.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<NuScenesBox> boxes(JsonNode rows) {
        List<NuScenesBox> out = new ArrayList<>();
        for (JsonNode r : rows) {
            OrientedBox box =
                    new OrientedBox(
                            r.get(2).asDouble(),
                            r.get(3).asDouble(),
                            0,
                            r.get(4).asDouble(),
                            r.get(5).asDouble(),
                            r.get(6).asDouble(),
                            r.get(7).asDouble());
            out.add(
                    new NuScenesBox(
                            r.get(0).asLong(),
                            NuScenesClass.valueOf(r.get(1).asText().toUpperCase(Locale.ROOT)),
                            box,
                            r.get(8).asDouble(Double.NaN),
                            r.get(9).asDouble(Double.NaN),
                            r.get(10).asDouble(),
                            r.get(11).asInt()));
        }
        return out;
    }
}
