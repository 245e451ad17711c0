package io.azimuth.perception.evaluation.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.MatchRule;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {
    private static final EvaluationRegion ALL = EvaluationRegion.allRound(5, 60);
    private static final MatchRule NEAR = MatchRule.centreDistance(1);

    @Test
    void equalScoresAreOnePointOfTheCurve() {
        List<LabelledBox> truth = List.of(label(ObjectClass.CAR, 10), label(ObjectClass.CAR, 20));

        PrCurve curve = PrCurve.of(judge(truth, found(10, 0.9), found(30, 0.5), found(20, 0.5)));

        assertThat(curve.wanted()).isEqualTo(2);
        assertThat(curve.points())
                .containsExactly(
                        new PrCurve.Point(0.9, 0.5, 1), new PrCurve.Point(0.5, 1, 2 / 3.0));
    }

    @Test
    void withoutDetectionsTheCurveIsEmpty() {
        DetectionScores.Judgement nothing = judge(List.of(label(ObjectClass.CAR, 10)));

        assertThat(PrCurve.of(nothing).points()).isEmpty();
        assertThat(Reliability.of(nothing, 10).expectedError()).isNaN();
    }

    @Test
    void theExpectedErrorIsTheWeightedDistanceFromTheDiagonal() {
        List<LabelledBox> truth = List.of(label(ObjectClass.CAR, 10), label(ObjectClass.CAR, 20));

        Reliability r =
                Reliability.of(
                        judge(
                                truth,
                                found(10, 1.0),
                                found(20, 0.72),
                                found(30, 0.78),
                                found(40, 0.1)),
                        10);

        // bins: 0.1 (1 false), 0.75 (half true), 1.0 (true)
        assertThat(r.expectedError()).isCloseTo((0.1 + 2 * 0.25 + 0) / 4, within(1e-12));
        assertThat(r.bins()).hasSize(10);
        assertThat(r.bins().get(7).detections()).isEqualTo(2);
        assertThat(r.bins().get(7).trueShare()).isEqualTo(0.5);
        assertThat(r.bins().get(9).detections()).isEqualTo(1);
        assertThat(r.bins().get(3).trueShare()).isNaN();
        assertThatThrownBy(() -> Reliability.of(judge(truth), 0)).hasMessageContaining("0");
    }

    @Test
    void theMatrixTellsWhatWasTakenForWhat() {
        List<LabelledBox> truth =
                List.of(
                        label(ObjectClass.VAN, 10),
                        label(ObjectClass.VAN, 20),
                        label(ObjectClass.PEDESTRIAN, 30),
                        new LabelledBox(0, "", ObjectClass.CAR, box(50), 2));

        Confusion c =
                Confusion.of(
                        truth,
                        List.of(found(10, 0.9), found(40, 0.8), found(50, 0.7), found(30, 0.1)),
                        NEAR,
                        ALL,
                        0.3);

        assertThat(c.matched(ObjectClass.CAR, ObjectClass.VAN)).isEqualTo(1);
        assertThat(c.missed(ObjectClass.VAN)).isEqualTo(1);
        assertThat(c.missed(ObjectClass.PEDESTRIAN)).isEqualTo(1);
        assertThat(c.falseBoxes(ObjectClass.CAR)).isEqualTo(1);
        assertThat(c.missed(ObjectClass.CAR)).isZero(); // too few points: neutral
    }

    private static DetectionScores.Judgement judge(List<LabelledBox> truth, ScoredBox... found) {
        return DetectionScores.judge(truth, List.of(found), NEAR, ALL);
    }

    private static LabelledBox label(ObjectClass c, double x) {
        return new LabelledBox(0, "", c, box(x), 100);
    }

    private static ScoredBox found(double x, double score) {
        return new ScoredBox(0, "", ObjectClass.CAR, box(x), score);
    }

    private static OrientedBox box(double x) {
        return new OrientedBox(x, 0, 0, 4, 2, 1.5, 0);
    }
}
