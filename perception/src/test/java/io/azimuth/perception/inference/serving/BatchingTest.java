package io.azimuth.perception.inference.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.testing.Property;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BatchingTest {
    @Test
    void theCpuHasNoBatchesUnlessAsked() {
        EngineOptions cpu = EngineOptions.of(EngineChoice.CPU);
        EngineOptions auto = EngineOptions.of(EngineChoice.AUTO); // no GPU here

        assertThat(Engines.settled(cpu).cap()).isEqualTo(1);
        assertThat(Engines.settled(auto).cap()).isEqualTo(1);
        assertThat(Engines.open(cpu)).isNotInstanceOf(BatchingBackend.class);
        EngineOptions asked =
                new EngineOptions(EngineChoice.CPU, 0, Batching.defaults().withCap(2));
        assertThat(Engines.open(asked)).isInstanceOf(BatchingBackend.class);
        assertThat(Engines.open(asked.withGpu(0)))
                .as("tasks meet in one backend, whatever their rings")
                .isSameAs(
                        Engines.open(
                                new EngineOptions(
                                        EngineChoice.CPU, 0, asked.batching().withRing(9))));
    }

    @Test
    void theRingsOfAllTasksTogetherHoldTwoBatches() {
        assertThat(Batching.none().ringOf(4)).isEqualTo(1);
        assertThat(Batching.defaults().ringOf(4)).isEqualTo(1);
        assertThat(Batching.defaults().withCap(8).ringOf(1)).isEqualTo(16);
        assertThat(Batching.defaults().withCap(8).ringOf(3)).isEqualTo(6);
        assertThat(Batching.defaults().withCap(2).ringOf(64)).isEqualTo(2);
        assertThat(Batching.defaults().withCap(8).withRing(5).ringOf(1)).isEqualTo(5);
    }

    @Test
    void valuesOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new Batching(65, 3, 0)).hasMessage("cap is 65, accepted 0 to 64");
        assertThatThrownBy(() -> new Batching(1, -1, 0)).hasMessageContaining("deadlineMillis");
        assertThatThrownBy(() -> new Batching(1, 3, 257)).hasMessageContaining("ring");
    }

    @Test
    void aQuantileOfWaitsIsAFifthTooHighAtMost() {
        Property.forAll(
                200,
                random -> {
                    long[] waits =
                            random.longs(1 + random.nextInt(300), 1, 2_000_000_000L).toArray();
                    WaitHistogram histogram = new WaitHistogram();
                    Arrays.stream(waits).forEach(histogram::add);
                    Arrays.sort(waits);
                    for (double share : new double[] {0.5, 0.99, 1}) {
                        long exact = waits[(int) Math.ceil(share * waits.length) - 1];
                        assertThat(histogram.quantile(share))
                                .isBetween(exact, (long) (1.2 * exact) + 1200);
                    }
                    assertThat(histogram.max()).isEqualTo(waits[waits.length - 1]);
                });
        assertThat(new WaitHistogram().quantile(0.99)).isZero();
    }
}
