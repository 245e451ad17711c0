package io.azimuth.jobs.crops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StrangerCheckTest {
    @Test
    void scoresThatSeparateTellAllStrangers() {
        var r = StrangerCheck.compare(new double[] {-2, -1, -3}, new double[] {2, 1});

        assertThat(r.auroc()).isEqualTo(1);
        assertThat(r.told()).isEqualTo(1);
        assertThat(r.refused()).isZero();
        assertThat(r.refusedAt95()).isZero();
        assertThat(r.known()).isEqualTo(3);
        assertThat(r.strangers()).isEqualTo(2);
    }

    @Test
    void aStrangerThatLooksKnownCountsAgainstTheScore() {
        var r = StrangerCheck.compare(new double[] {-1, 1, -3, -4}, new double[] {-2, 3});

        // -2 is above two of four, 3 above all
        assertThat(r.auroc()).isCloseTo(0.75, within(1e-12));
        assertThat(r.told()).isEqualTo(0.5);
        assertThat(r.refused()).isEqualTo(0.25);
        assertThat(r.refusedAt95()).isEqualTo(0.5);
    }

    @Test
    void equalScoresCountHalfAndTheThresholdItselfIsKnown() {
        var r = StrangerCheck.compare(new double[] {0, 0}, new double[] {0});

        assertThat(r.auroc()).isEqualTo(0.5);
        assertThat(r.told()).isZero();
        assertThat(r.refused()).isZero();
    }

    @Test
    void withoutCropsThereIsNothingToCompare() {
        assertThatThrownBy(() -> StrangerCheck.compare(new double[1], new double[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 known crops and 0 strangers");
    }
}
