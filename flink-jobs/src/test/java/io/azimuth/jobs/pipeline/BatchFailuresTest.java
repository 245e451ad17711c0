package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.connectors.wire.Topics;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.checks.Ticker;
import io.azimuth.perception.inference.serving.BatchingBackend;
import io.azimuth.perception.inference.serving.FallbackBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that fails while sweeps of many vehicles are in its batch. */
@SuppressWarnings("try") // the harness closes with any exception, also that of an interrupt
@Timeout(60)
class BatchFailuresTest {
    private static final int CAP = 4;
    private static final long TOGETHER_NANOS = 50_000_000;

    @TempDir private Path folder;
    private ModelBundle bundle;
    private final List<Fleet.Sent> sweeps = Fleet.clean(6, 2);
    private final AtomicInteger calls = new AtomicInteger();

    @BeforeEach
    void readTheBundle() throws Exception {
        bundle = ArithmeticEngine.bundle(folder);
    }

    private BatchingBackend batching(InferenceBackend engine) {
        return new BatchingBackend(engine, CAP, TOGETHER_NANOS);
    }

    private FrontStand stand(BatchingBackend engine) throws Exception {
        return FrontStand.ring(2 * CAP, site -> new AskingDetector(engine, bundle));
    }

    private void sendAll(FrontStand stand) throws Exception {
        for (Fleet.Sent sent : sweeps) {
            stand.send(sent.record());
        }
        stand.finish();
    }

    private List<String> healthy() throws Exception {
        try (FrontStand twin =
                FrontStand.inTurn(
                        site ->
                                new AskingDetector(
                                        new ArithmeticEngine("well", rows -> {}), bundle))) {
            sendAll(twin);
            return twin.said();
        }
    }

    /** The number that the network is asked about in the sweep at this place. */
    private float rowOf(int place) throws Exception {
        List<Float> asked = new ArrayList<>();
        ArithmeticEngine noting = new ArithmeticEngine("noting", rows -> asked.add(rows[0]));
        try (FrontStand twin = FrontStand.inTurn(site -> new AskingDetector(noting, bundle))) {
            for (int i = 0; i <= place; i++) {
                twin.send(sweeps.get(i).record());
            }
        }
        return asked.get(place);
    }

    @Test
    void aRowThatTheEngineNeverTakesIsTheOnlyDeadLetter() throws Exception {
        float bad = rowOf(9);
        BatchingBackend engine =
                batching(
                        new ArithmeticEngine(
                                "picky",
                                rows -> {
                                    for (float row : rows) {
                                        if (row == bad) {
                                            throw new InferenceFailed("does not like " + bad);
                                        }
                                    }
                                }));
        List<String> expected;
        try (FrontStand twin = FrontStand.inTurn(site -> new AskingDetector(engine, bundle))) {
            sendAll(twin);
            expected = twin.said();
        }
        try (FrontStand stand = stand(engine)) {
            sendAll(stand);

            assertThat(stand.said()).isEqualTo(expected);
            assertThat(stand.results(Topics.DEAD_LETTERS)).hasSize(1);
            assertThat(stand.results(Topics.DETECTIONS)).hasSize(sweeps.size() - 1);
            Contract.SweepFate fate =
                    Contract.SweepFate.parseFrom(stand.results(Topics.ACCOUNTING).get(0).value());
            assertThat(fate.getReason()).isEqualTo("DETECTOR_FAILED");
        }
        assertThat(engine.stats().repeated()).isGreaterThan(1);
    }

    @Test
    void anEngineThatStumblesLosesNothing() throws Exception {
        BatchingBackend engine =
                batching(
                        new ArithmeticEngine(
                                "stumbling",
                                rows -> {
                                    if (calls.incrementAndGet() == 2) {
                                        throw new InferenceFailed("a context was discarded");
                                    }
                                }));
        try (FrontStand stand = stand(engine)) {
            sendAll(stand);

            assertThat(stand.said()).isEqualTo(healthy());
        }
        assertThat(engine.stats().repeated()).isBetween(1L, (long) CAP);
    }

    @Test
    void aLostEngineStopsTheTaskWithoutADeadLetter() throws Exception {
        BatchingBackend engine =
                batching(
                        new ArithmeticEngine(
                                "lost",
                                rows -> {
                                    if (calls.incrementAndGet() > 2) {
                                        throw InferenceFailed.ofLostEngine("GPU 0 is lost", null);
                                    }
                                }));
        FrontStand stand = stand(engine);
        try {
            assertThatThrownBy(() -> sendAll(stand))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageContaining("GPU 0 is lost");

            assertThat(stand.results(Topics.DEAD_LETTERS)).isEmpty();
            assertThat(stand.results(Topics.ACCOUNTING)).isEmpty();
            assertThat(stand.said()).isEqualTo(healthy().subList(0, stand.said().size()));
        } finally {
            stand.abandon();
        }
        assertThat(engine.stats().waiting()).isZero();
    }

    @Test
    void theCpuAnswersForAFailingEngineAndTheBreakerCountsBatchesNotRows() throws Exception {
        FallbackBackend two =
                new FallbackBackend(
                        new ArithmeticEngine(
                                "failing",
                                rows -> {
                                    calls.incrementAndGet();
                                    throw new InferenceFailed("no");
                                }),
                        new ArithmeticEngine("cpu", rows -> {}),
                        Ticker.SYSTEM);
        BatchingBackend engine = batching(two);
        try (FrontStand stand = stand(engine)) {
            sendAll(stand);

            assertThat(stand.said()).isEqualTo(healthy());
        }
        assertThat(calls).as("calls until the breaker opened").hasValue(3);
        assertThat(two.stats().opened()).isEqualTo(1);
        assertThat(two.stats().usingFirst()).isFalse();
        assertThat(two.stats().fallbacks()).isEqualTo(engine.stats().batches());
        assertThat(engine.stats().repeated()).isZero();
    }
}
