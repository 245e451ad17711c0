package io.azimuth.perception.evaluation;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.ObjectClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackScoresTest {
    private static final EvaluationRegion ALL = EvaluationRegion.allRound(0, 60);

    @Test
    void aFaithfulTrackScoresOne() {
        List<ScoredBox> tracks = new ArrayList<>();
        for (int s = 0; s < 10; s++) {
            tracks.add(Boxes.tracked(s, "7", 10 + s, 0.3));
        }

        TrackScores scores = TrackScores.of(truth(), tracks, ALL, 2);

        assertThat(scores.mota()).isEqualTo(1);
        assertThat(scores.motpM()).isCloseTo(0.3, within(1e-12));
        assertThat(scores.mostlyTracked()).isEqualTo(1);
    }

    @Test
    void aNewTrackOnTheSameObjectIsASwitch() {
        List<ScoredBox> tracks = new ArrayList<>();
        for (int s = 0; s < 10; s++) {
            tracks.add(Boxes.tracked(s, s < 5 ? "7" : "8", 10 + s, 0));
        }

        TrackScores scores = TrackScores.of(truth(), tracks, ALL, 2);

        assertThat(scores.idSwitches()).isEqualTo(1);
        assertThat(scores.fragmentations()).isZero();
        assertThat(scores.mota()).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void aGapIsAFragmentation() {
        List<ScoredBox> tracks = new ArrayList<>();
        for (int s = 0; s < 10; s++) {
            if (s < 3 || s > 6) {
                tracks.add(Boxes.tracked(s, "7", 10 + s, 0));
            }
        }

        TrackScores scores = TrackScores.of(truth(), tracks, ALL, 2);

        assertThat(scores.fragmentations()).isEqualTo(1);
        assertThat(scores.misses()).isEqualTo(4);
        assertThat(scores.idSwitches()).isZero();
        assertThat(scores.mostlyTracked()).isZero();
        assertThat(scores.mostlyLost()).isZero();
    }

    @Test
    void aTrackThatWasThereBeforeIsPreferredToANearerOne() {
        List<ScoredBox> tracks = new ArrayList<>();
        for (int s = 0; s < 10; s++) {
            tracks.add(Boxes.tracked(s, "7", 10 + s, 1));
            if (s >= 5) {
                tracks.add(Boxes.tracked(s, "8", 10 + s, 0));
            }
        }

        TrackScores scores = TrackScores.of(truth(), tracks, ALL, 2);

        assertThat(scores.idSwitches()).isZero();
        assertThat(scores.falseBoxes()).isEqualTo(5);
    }

    @Test
    void theAssignmentIsGlobalNotGreedy() {
        List<LabelledBox> truth = List.of(Boxes.car(0, "a", 10, 0), Boxes.car(0, "b", 12, 0));
        List<ScoredBox> tracks =
                List.of(Boxes.tracked(0, "1", 11.2, 0), Boxes.tracked(0, "2", 13.9, 0));

        TrackScores scores = TrackScores.of(truth, tracks, ALL, 2);

        // greedy: b takes the nearer 1, a and 2 stay alone
        assertThat(scores.misses()).isZero();
        assertThat(scores.falseBoxes()).isZero();
        assertThat(scores.motpM()).isCloseTo(1.55, within(1e-12));
    }

    @Test
    void aJudgedSweepWithoutTruthHasFalseBoxesOnly() {
        List<ScoredBox> tracks =
                List.of(Boxes.tracked(3, "7", 13, 0), Boxes.tracked(20, "7", 5, 0));

        assertThat(TrackScores.of(truth(), tracks, ALL, 2).falseBoxes()).isZero();
        assertThat(TrackScores.of(truth(), tracks, List.of(3L, 20L), ALL, 2).falseBoxes()).isOne();
    }

    @Test
    void neutralTruthIsNeitherMissedNorFalseNorAnIdentity() {
        EvaluationRegion region = EvaluationRegion.allRound(101, 60); // all labels have 100 points
        List<ScoredBox> tracks = new ArrayList<>();
        for (int s = 0; s < 5; s++) {
            tracks.add(Boxes.tracked(s, "7", 10 + s, 0.1));
            tracks.add(Boxes.tracked(s, "8", -20, 0));
        }

        TrackScores scores = TrackScores.of(truth(), tracks, region, 2);

        assertThat(scores.wanted()).isZero();
        assertThat(scores.falseBoxes()).isEqualTo(5);
        assertThat(scores.mota()).isNaN();
        assertThat(scores.identity()).isEqualTo(new TrackScores.Identity(0, 0, 5));
    }

    @Test
    void oneTrackPerObjectCountsForTheIdentity() {
        List<ScoredBox> tracks = new ArrayList<>();
        for (int s = 0; s < 10; s++) {
            tracks.add(Boxes.tracked(s, s < 6 ? "7" : "8", 10 + s, 0));
        }

        TrackScores.Identity identity = TrackScores.of(truth(), tracks, ALL, 2).identity();

        assertThat(identity).isEqualTo(new TrackScores.Identity(6, 10, 10));
        assertThat(identity.f1()).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void groupsAddUpToTheWhole() {
        List<LabelledBox> truth = new ArrayList<>(truth());
        List<ScoredBox> tracks = new ArrayList<>();
        for (int s = 0; s < 10; s++) {
            LabelledBox car = truth.get(s);
            truth.add(new LabelledBox(s, "p", ObjectClass.PEDESTRIAN, car.box(), 100));
            truth.add(new LabelledBox(s, "u", ObjectClass.UNKNOWN, Boxes.at(0, 9), 100));
            tracks.add(Boxes.tracked(s, "7", 10 + s, 0.2));
        }

        var groups = TrackScores.byGroup(truth, tracks, List.of(0L, 1L, 2L), ALL, 2);

        assertThat(groups).containsOnlyKeys(ClassGroup.VEHICLE, ClassGroup.PERSON);
        assertThat(groups.get(ClassGroup.VEHICLE).misses()).isZero();
        assertThat(groups.get(ClassGroup.PERSON).misses()).isEqualTo(3);
        assertThat(TrackScores.of(truth, tracks, List.of(0L, 1L, 2L), ALL, 2).wanted())
                .isEqualTo(6);
    }

    @Test
    void orderOfTheInputDoesNotMatter() {
        forAll(
                50,
                rnd -> {
                    List<LabelledBox> truth = new ArrayList<>();
                    List<ScoredBox> tracks = new ArrayList<>();
                    for (int s = 0; s < 8; s++) {
                        for (int i = 0; i < 4; i++) {
                            truth.add(Boxes.car(s, "o" + i, 3 * i + rnd.nextDouble(), 0));
                            int shift = rnd.nextInt(5) == 0 ? 1 : 0;
                            tracks.add(
                                    Boxes.tracked(
                                            s, "t" + (i + 4 * shift), 3 * i + rnd.nextDouble(), 0));
                        }
                    }
                    TrackScores straight = TrackScores.of(truth, tracks, ALL, 2);
                    Collections.reverse(truth);
                    Collections.reverse(tracks);
                    TrackScores reversed = TrackScores.of(truth, tracks, ALL, 2);

                    assertThat(reversed.mota()).isEqualTo(straight.mota());
                    assertThat(reversed.idSwitches()).isEqualTo(straight.idSwitches());
                    assertThat(reversed.identity()).isEqualTo(straight.identity());
                });
    }

    @Test
    void aNameTwiceInASweepIsRefused() {
        List<ScoredBox> twice = List.of(Boxes.tracked(3, "7", 13, 0), Boxes.tracked(3, "7", 14, 0));

        assertThatThrownBy(() -> TrackScores.of(truth(), twice, ALL, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sweep 3 has track '7' twice");
        assertThatThrownBy(() -> TrackScores.of(truth(), List.of(Boxes.found(3, 1, 1, 1)), ALL, 2))
                .hasMessageContaining("no track name");
        assertThatThrownBy(() -> TrackScores.of(truth(), twice, ALL, 0))
                .hasMessageContaining("above 0");
    }

    private static List<LabelledBox> truth() {
        List<LabelledBox> truth = new ArrayList<>();
        for (int s = 0; s < 10; s++) {
            truth.add(Boxes.car(s, "a", 10 + s, 0));
        }
        return truth;
    }
}
