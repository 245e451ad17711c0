package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionClockTest {
    private static final long MS = 1_000_000L;

    @Test
    void followsTheLatestEndMinusTheBound() {
        PartitionClock clock = new PartitionClock(50);
        clock.observe("a", 1000 * MS);
        clock.observe("a", 1100 * MS);
        clock.observe("b", 1050 * MS);

        assertThat(clock.watermarkMillis()).isEqualTo(1050);
    }

    @Test
    void sweepsInOrderAreNeverBehind() {
        PartitionClock clock = new PartitionClock(0);
        for (int i = 1; i < 100; i++) {
            assertThat(clock.observe("a", i * 100 * MS)).isFalse();
        }
    }

    @Test
    void sensorsOfOneRigThatEndTogetherAreNeverBehindUnderABound() {
        PartitionClock clock = new PartitionClock(1);
        for (int i = 1; i < 20; i++) {
            assertThat(clock.observe("a", i * 100 * MS)).isFalse();
            assertThat(clock.observe("b", i * 100 * MS)).isFalse();
        }
    }

    @Test
    void aSweepBeforeTheWatermarkIsBehind() {
        PartitionClock clock = new PartitionClock(50);
        clock.observe("a", 1000 * MS);
        clock.observe("a", 1100 * MS);

        assertThat(clock.observe("b", 1050 * MS)).isTrue();
        assertThat(clock.observe("c", 1051 * MS)).isFalse();
    }

    @Test
    void oneStampFromTheFutureMakesNothingLate() {
        PartitionClock clock = new PartitionClock(0);
        clock.observe("a", 1000 * MS);
        clock.observe("a", 1100 * MS);
        clock.observe("a", 9_000_000 * MS);

        assertThat(clock.watermarkMillis()).isEqualTo(1100);
        assertThat(clock.observe("a", 1200 * MS)).isFalse();
    }

    @Test
    void aJumpThatTheNextSweepConfirmsMovesTheClock() {
        PartitionClock clock = new PartitionClock(0);
        clock.observe("a", 1000 * MS);
        clock.observe("a", 1100 * MS);
        clock.observe("a", 9_000_000 * MS);
        clock.observe("a", 9_000_100 * MS);

        assertThat(clock.watermarkMillis()).isEqualTo(9_000_100);
    }
}
