package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShedGateTest {
    private final ShedGate gate = new ShedGate(new PipelineConfig.Shedding(300, 150));

    @Test
    void keepsEverythingWhileSweepsComeInTime() {
        for (int i = 0; i < 100; i++) {
            assertThat(gate.sheds("s", i * 100L, i * 100L + 20)).isFalse();
        }
    }

    @Test
    void dropsFromHiUntilOneIsYoungerThanLo() {
        assertThat(gate.sheds("s", 0, 0)).isFalse();
        assertThat(gate.sheds("s", 100, 400)).isFalse(); // 300 is not above hi
        assertThat(gate.sheds("s", 200, 501)).isTrue();
        assertThat(gate.sheds("s", 300, 501)).isTrue(); // 201 is above lo
        assertThat(gate.sheds("s", 400, 501)).isFalse();
        assertThat(gate.sheds("s", 500, 701)).isFalse(); // 201 is below hi again
    }

    @Test
    void aVehicleClockThatIsOffByHoursShedsNothing() {
        long off = 7_200_000;
        for (int i = 0; i < 50; i++) {
            assertThat(gate.sheds("ahead", i * 100L + off, i * 100L)).isFalse();
            assertThat(gate.sheds("behind", i * 100L, i * 100L + off)).isFalse();
        }
    }

    @Test
    void sensorsAreJudgedApart() {
        gate.sheds("a", 0, 0);
        gate.sheds("b", 0, 0);

        assertThat(gate.sheds("a", 100, 1000)).isTrue();
        assertThat(gate.sheds("b", 1000, 1000)).isFalse();
    }
}
