package io.azimuth.perception.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.ObjectClass;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrackRecallTest {
    private static final TrackRecall.Options KITTI = TrackRecall.Options.kitti();

    @Test
    void agreesWithTheNumpyJudgeOnTheSameFiles() throws IOException {
        List<LabelledBox> truth = Boxes.labelledResource("boxes.csv");
        List<ScoredBox> detections = Boxes.scoredResource("detections.csv");

        TrackRecall r = TrackRecall.of(truth, detections, KITTI);

        assertThat(r.meanRecall()).isCloseTo(0.493877551020, within(1e-11));
        assertThat(r.falsePerSweep()).isCloseTo(1.875, within(1e-12));
        assertThat(r.tracks()).hasSize(7);
        assertThat(r.tracks().get(0).track()).isEqualTo("2");
        assertThat(r.tracks().get(1).track()).isEqualTo("6");
        assertThat(r.tracks().get(2).recall()).isCloseTo(0.428571428571, within(1e-11));
    }

    @Test
    void everyTrackCountsTheSameHoweverLongItIs() {
        List<LabelledBox> truth =
                List.of(
                        Boxes.car(0, "long", 10, 0),
                        Boxes.car(1, "long", 10, 0),
                        Boxes.car(2, "long", 10, 0),
                        Boxes.car(2, "short", 20, 0));

        TrackRecall r = TrackRecall.of(truth, List.of(Boxes.found(2, 20, 0.5, 0.9)), KITTI);

        assertThat(r.meanRecall()).isEqualTo(0.5);
        assertThat(r.falsePerSweep()).isZero();
    }

    @Test
    void anotherGroupTakesTheBoxWithoutFindingIt() {
        List<LabelledBox> truth = List.of(Boxes.car(0, "a", 10, 0));
        ScoredBox person = new ScoredBox(0, "", ObjectClass.PEDESTRIAN, Boxes.at(10, 0.2), 0.9);

        TrackRecall r = TrackRecall.of(truth, List.of(person), KITTI);

        assertThat(r.meanRecall()).isZero();
        assertThat(r.falsePerSweep()).isZero();
    }

    @Test
    void vansAreFoundByCars() {
        LabelledBox van = new LabelledBox(0, "a", ObjectClass.VAN, Boxes.at(10, 0), 80);

        assertThat(TrackRecall.of(List.of(van), List.of(Boxes.found(0, 10, 0, 0.5)), KITTI))
                .extracting(TrackRecall::meanRecall)
                .isEqualTo(1.0);
    }

    @Test
    void onlyFalseBoxesInViewCount() {
        List<LabelledBox> truth = List.of(Boxes.car(0, "a", 10, 0));
        List<ScoredBox> detections =
                List.of(
                        Boxes.found(0, 10, 0, 0.9),
                        Boxes.found(0, 20, 1, 0.9), // in view
                        Boxes.found(0, 20, 19, 0.9), // 43 degrees to the left
                        Boxes.found(0, -20, 0, 0.9), // behind
                        Boxes.found(0, 45, 0, 0.9), // far
                        Boxes.found(0, 25, 1, 0.29), // unsure
                        Boxes.found(7, 20, 1, 0.9)); // a sweep without labels

        assertThat(TrackRecall.of(truth, detections, KITTI).falsePerSweep()).isEqualTo(1);
    }

    @Test
    void boxesWithFewPointsAreNeutral() {
        LabelledBox few = new LabelledBox(0, "few", ObjectClass.CAR, Boxes.at(20, 0), 49);
        List<LabelledBox> truth = List.of(few, Boxes.car(0, "a", 10, 0));
        List<ScoredBox> detections =
                List.of(Boxes.found(0, 10, 0, 0.9), Boxes.found(0, 20, 0, 0.9));

        TrackRecall r = TrackRecall.of(truth, detections, KITTI);

        assertThat(r.tracks()).hasSize(1);
        assertThat(r.meanRecall()).isEqualTo(1);
        assertThat(r.falsePerSweep()).isZero();
    }

    @Test
    void aSweepWithoutAnythingToLabelCountsWithItsFalseBoxes() {
        List<LabelledBox> truth = List.of(Boxes.car(0, "a", 10, 0));
        List<ScoredBox> detections =
                List.of(
                        Boxes.found(0, 10, 0, 0.9),
                        Boxes.found(1, 20, 1, 0.9),
                        Boxes.found(7, 20, 1, 0.9)); // not labelled

        TrackRecall r = TrackRecall.of(truth, detections, KITTI, Set.of(0L, 1L, 2L, 3L));

        assertThat(r.falsePerSweep()).isEqualTo(0.25);
        assertThat(r.unmatched()).containsExactly(detections.get(1));
    }

    @Test
    void theBestRecallIsThatOfTheThresholdWhichStillAllowsSoManyFalseBoxes() {
        List<LabelledBox> truth = List.of(Boxes.car(0, "a", 10, 0), Boxes.car(0, "b", 30, 0));
        List<ScoredBox> detections =
                List.of(
                        Boxes.found(0, 10, 0, 0.8),
                        Boxes.found(0, 20, 1, 0.7),
                        Boxes.found(0, 20, -5, 0.2),
                        Boxes.found(0, 30, 0, 0.1));

        assertThat(TrackRecall.bestRecall(truth, detections, KITTI, Set.of(0L), 0)).isEqualTo(0.5);
        assertThat(TrackRecall.bestRecall(truth, detections, KITTI, Set.of(0L), 1)).isEqualTo(0.5);
        assertThat(TrackRecall.bestRecall(truth, detections, KITTI, Set.of(0L), 2)).isEqualTo(1);
    }

    @Test
    void withoutTruthThereIsNothingToRecall() {
        TrackRecall r = TrackRecall.of(List.of(), List.of(), KITTI);

        assertThat(r.meanRecall()).isZero();
        assertThat(r.tracks()).isEmpty();
    }
}
