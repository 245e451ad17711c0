package io.azimuth.perception.evaluation;

import static io.azimuth.perception.testing.Property.forAll;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.evaluation.DetectionScores.Options;
import io.azimuth.perception.evaluation.DetectionScores.Row;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DetectionScoresTest {
    private static final EvaluationRegion ALL = EvaluationRegion.allRound(0, 60);

    @Test
    void perfectDetectionsScoreOne() {
        List<LabelledBox> truth = cars(9);
        List<ScoredBox> detections = new ArrayList<>();
        for (LabelledBox b : truth) {
            detections.add(new ScoredBox(b.sweep(), "", ObjectClass.CAR, b.box(), 0.9));
        }

        Row row = vehicles(truth, detections);

        assertThat(row.bevAp()).isEqualTo(1);
        assertThat(row.bevApR40()).isEqualTo(1);
        assertThat(row.nuscenesAp()).isCloseTo(1, within(1e-12));
        assertThat(row.all().recall()).isEqualTo(1);
        assertThat(row.all().precision()).isEqualTo(1);
        assertThat(row.errors().translationM()).isZero();
        assertThat(row.errors().scale()).isCloseTo(0, within(1e-12));
    }

    @Test
    void missingEverythingScoresZero() {
        Row row = vehicles(cars(5), List.of(Boxes.found(0, 50, 10, 0.9)));

        assertThat(row.bevAp()).isZero();
        assertThat(row.nuscenesAp()).isZero();
        assertThat(row.all().recall()).isZero();
        assertThat(row.all().falseBoxes()).isEqualTo(1);
        assertThat(row.errors().translationM()).isNaN();
    }

    /** Hits and misses by falling score: 1 1 0 1 0 0 1 1 0 1 of 8; numbers from numpy. */
    @Test
    void aCraftedCurveGivesTheAreasThatNumpyGives() {
        int[] hits = {1, 1, 0, 1, 0, 0, 1, 1, 0, 1};
        List<LabelledBox> truth = cars(8);
        List<ScoredBox> detections = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < hits.length; i++) {
            double score = 0.95 - 0.05 * i;
            LabelledBox box = truth.get(next);
            next += hits[i];
            detections.add(
                    hits[i] == 1
                            ? new ScoredBox(box.sweep(), "", ObjectClass.CAR, box.box(), score)
                            : Boxes.found(0, 40, 30, score));
        }

        Row row = vehicles(truth, detections);

        assertThat(row.bevAp()).isCloseTo(0.575, within(1e-12));
        assertThat(row.bevApR40()).isCloseTo(0.575, within(1e-12));
        assertThat(row.nuscenesAp()).isCloseTo(0.47387184009406236, within(1e-12));
    }

    @Test
    void aSecondDetectionOfOneBoxIsFalse() {
        Row row =
                vehicles(
                        List.of(Boxes.car(0, "a", 10, 0)),
                        List.of(Boxes.found(0, 10, 0, 0.9), Boxes.found(0, 10.1, 0, 0.8)));

        assertThat(row.all().found()).isEqualTo(1);
        assertThat(row.all().falseBoxes()).isEqualTo(1);
        assertThat(row.bevAp()).isEqualTo(1); // the false one comes after full recall
    }

    @Test
    void theDistanceDecidesWhichOfTheFourApsCount() {
        Row row =
                vehicles(List.of(Boxes.car(0, "a", 10, 0)), List.of(Boxes.found(0, 11.5, 0, 0.9)));

        assertThat(row.nuscenesAps().get(0)).isZero();
        assertThat(row.nuscenesAps().get(1)).isZero();
        assertThat(row.nuscenesAps().get(2)).isCloseTo(1, within(1e-12));
        assertThat(row.nuscenesAps().get(3)).isCloseTo(1, within(1e-12));
        assertThat(row.nuscenesAp()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void truthWithFewPointsIsNeutral() {
        LabelledBox few = new LabelledBox(0, "few", ObjectClass.CAR, Boxes.at(20, 0), 3);
        Options options = Options.of(EvaluationRegion.allRound(5, 60));

        Row row =
                vehicle(
                        DetectionScores.of(
                                List.of(few, Boxes.car(0, "a", 10, 0)),
                                List.of(Boxes.found(0, 10, 0, 0.8), Boxes.found(0, 20, 0, 0.9)),
                                options));

        assertThat(row.wanted()).isEqualTo(1);
        assertThat(row.bevAp()).isEqualTo(1);
        assertThat(row.all().falseBoxes()).isZero();
    }

    @Test
    void aBoxThatCountsIsTakenBeforeANearerOneThatDoesNot() {
        LabelledBox few = new LabelledBox(0, "few", ObjectClass.CAR, Boxes.at(10.5, 0), 3);
        Options options = Options.of(EvaluationRegion.allRound(5, 60));

        Row row =
                vehicle(
                        DetectionScores.of(
                                List.of(few, Boxes.car(0, "a", 10, 0)),
                                List.of(Boxes.found(0, 10.4, 0, 0.8)),
                                options));

        assertThat(row.all().found()).isEqualTo(1);
    }

    @Test
    void aWideViewStillEndsAtTheSensor() {
        EvaluationRegion wide = new EvaluationRegion(0, 60, 2);

        assertThat(wide.countsFalse(Boxes.at(1, 10))).isTrue();
        assertThat(wide.countsFalse(Boxes.at(-1, 10))).isFalse();
    }

    @Test
    void behindTheCameraNothingIsFalse() {
        List<LabelledBox> truth = List.of(Boxes.car(0, "a", 10, 0));
        List<ScoredBox> detections =
                List.of(
                        Boxes.found(0, 10, 0, 0.8),
                        Boxes.found(0, -10, 0, 0.9),
                        Boxes.found(0, 10, 9, 0.9));
        Options camera = Options.of(EvaluationRegion.frontCamera(0, 60));

        Row inView = vehicle(DetectionScores.of(truth, detections, camera));
        Row allRound = vehicles(truth, detections);

        assertThat(inView.all().falseBoxes()).isZero();
        assertThat(allRound.all().falseBoxes()).isEqualTo(2);
    }

    @Test
    void ringsHoldTheirOwnBoxes() {
        List<LabelledBox> truth =
                List.of(
                        Boxes.car(0, "a", 10, 0),
                        Boxes.car(0, "b", 30, 0),
                        Boxes.car(0, "c", 50, 0));
        List<ScoredBox> detections =
                List.of(Boxes.found(0, 30.5, 0, 0.9), Boxes.found(0, 45, 10, 0.9));

        Row row = vehicles(truth, detections);

        assertThat(row.by().rangeM())
                .extracting(DetectionScores.Counts::found)
                .containsExactly(0, 1, 0);
        assertThat(row.by().rangeM())
                .extracting(DetectionScores.Counts::missed)
                .containsExactly(1, 0, 1);
        assertThat(row.by().rangeM())
                .extracting(DetectionScores.Counts::falseBoxes)
                .containsExactly(0, 0, 1);
    }

    @Test
    void pointClassesHoldTheirLabelsAndNoFalseBoxes() {
        List<LabelledBox> truth =
                List.of(
                        points("a", 10, 4),
                        points("b", 15, 5),
                        points("c", 20, 19),
                        points("d", 25, 20),
                        points("e", 30, 100),
                        points("f", 35, -1));

        Row row = vehicles(truth, List.of(Boxes.found(0, 25, 0, 0.9), Boxes.found(0, 45, 9, 0.9)));

        List<DetectionScores.Counts> bins = row.by().points();
        assertThat(bins).extracting(DetectionScores.Counts::from).containsExactly(5.0, 20.0, 100.0);
        assertThat(bins).extracting(DetectionScores.Counts::found).containsExactly(0, 1, 0);
        assertThat(bins).extracting(DetectionScores.Counts::missed).containsExactly(2, 0, 1);
        assertThat(bins).allSatisfy(b -> assertThat(b.precision()).isNaN());
    }

    @Test
    void theOctantAcrossTheSeamIsOne() {
        List<LabelledBox> truth =
                List.of(
                        Boxes.car(0, "ahead", 20, 1),
                        Boxes.car(0, "left", 1, 20),
                        Boxes.car(0, "behind left", -20, 1),
                        Boxes.car(0, "behind right", -30, -1),
                        Boxes.car(0, "seam", -40, 0.0),
                        Boxes.car(0, "seam too", -50, -0.0));
        List<ScoredBox> found =
                List.of(
                        Boxes.found(0, -20, 1, 0.9),
                        Boxes.found(0, -30, -1, 0.9),
                        Boxes.found(0, 20, -20, 0.9)); // false, right ahead

        List<DetectionScores.Counts> octants = vehicles(truth, found).by().azimuthDeg();

        assertThat(octants)
                .extracting(DetectionScores.Counts::missed)
                .containsExactly(1, 0, 1, 0, 2, 0, 0, 0);
        assertThat(octants)
                .extracting(DetectionScores.Counts::found)
                .containsExactly(0, 0, 0, 0, 2, 0, 0, 0);
        assertThat(octants)
                .extracting(DetectionScores.Counts::falseBoxes)
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(octants.get(4).from()).isEqualTo(157.5);
        assertThat(octants.get(4).to()).isEqualTo(202.5);
    }

    /** Pooled: of 2 labels the surer half is found; a mean over sweeps would give (1 + 0) / 2. */
    @Test
    void detectionsOfAllSweepsArePooled() {
        List<LabelledBox> truth = List.of(Boxes.car(0, "a", 10, 0), Boxes.car(1, "b", 10, 0));
        List<ScoredBox> found = List.of(Boxes.found(0, 10, 0, 0.6), Boxes.found(1, 30, 0, 0.9));

        assertThat(vehicles(truth, found).bevAp()).isEqualTo(0.25); // recall 1/2 at precision 1/2
    }

    @Test
    void errorsTellHowFarOffTheBoxIs() {
        OrientedBox truth = new OrientedBox(10, 0, 0, 4, 2, 1.5, 0.1);
        OrientedBox turned = new OrientedBox(10.3, 0.4, 0, 4, 1, 1.5, 0.1 + Math.PI - 0.05);

        Row row =
                vehicles(
                        List.of(new LabelledBox(0, "a", ObjectClass.CAR, truth, 50)),
                        List.of(new ScoredBox(0, "", ObjectClass.CAR, turned, 0.9)));

        assertThat(row.errors().translationM()).isCloseTo(0.5, within(1e-12));
        assertThat(row.errors().scale()).isCloseTo(0.5, within(1e-12));
        assertThat(row.errors().yawRad()).isCloseTo(Math.PI - 0.05, within(1e-12));
        assertThat(row.errors().axisRad()).isCloseTo(0.05, within(1e-12));
    }

    @Test
    void theOrderOfTheListsIsNothing() {
        forAll(
                50,
                rnd -> {
                    List<LabelledBox> truth = cars(12);
                    List<ScoredBox> detections = new ArrayList<>();
                    for (int i = 0; i < 40; i++) {
                        LabelledBox near = truth.get(rnd.nextInt(truth.size()));
                        detections.add(
                                Boxes.found(
                                        near.sweep(),
                                        near.box().x() + rnd.nextDouble(-2, 2),
                                        near.box().y() + rnd.nextDouble(-1, 1),
                                        rnd.nextInt(1, 5) / 5.0)); // many ties
                    }
                    List<ScoredBox> shuffled = new ArrayList<>(detections);
                    Collections.shuffle(shuffled, new Random(rnd.nextLong()));

                    assertThat(vehicles(truth, shuffled)).isEqualTo(vehicles(truth, detections));
                });
    }

    @Test
    void classesAreScoredAloneIfAsked() {
        LabelledBox van = new LabelledBox(0, "a", ObjectClass.VAN, Boxes.at(10, 0), 80);
        Options alone = new Options(false, ALL, 0.3, 1, 0.5, 0.3);

        DetectionScores scores =
                DetectionScores.of(List.of(van), List.of(Boxes.found(0, 10, 0, 0.9)), alone);

        assertThat(scores.rows()).extracting(Row::label).containsExactly("car", "van");
        assertThat(requireNonNull(scores.row("van")).all().missed()).isEqualTo(1);
        assertThat(requireNonNull(scores.row("car")).all().falseBoxes()).isEqualTo(1);
        assertThat(scores.row("bus")).isNull();
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> MatchRule.bevOverlap(1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> MatchRule.centreDistance(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EvaluationRegion.allRound(0, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Boxes.found(0, 1, 1, 1.1)).hasMessageContaining("0 .. 1");
    }

    private static List<LabelledBox> cars(int count) {
        List<LabelledBox> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(Boxes.car(i % 3, "t" + i, 8 + 4 * i, 5 - i));
        }
        return out;
    }

    private static LabelledBox points(String track, double x, int points) {
        return new LabelledBox(0, track, ObjectClass.CAR, Boxes.at(x, 0), points);
    }

    private static Row vehicles(List<LabelledBox> truth, List<ScoredBox> detections) {
        return vehicle(DetectionScores.of(truth, detections, Options.of(ALL)));
    }

    private static Row vehicle(DetectionScores scores) {
        return requireNonNull(scores.row("vehicle"));
    }
}
