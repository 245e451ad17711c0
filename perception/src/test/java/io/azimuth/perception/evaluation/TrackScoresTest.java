package io.azimuth.perception.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
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

    private static List<LabelledBox> truth() {
        List<LabelledBox> truth = new ArrayList<>();
        for (int s = 0; s < 10; s++) {
            truth.add(Boxes.car(s, "a", 10 + s, 0));
        }
        return truth;
    }
}
