package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.connectors.wire.Topics;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.inference.InferenceFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("try") // the harness closes with any exception, also that of an interrupt
@Timeout(60)
class FrontOperatorTest {
    private static final int SWEEPS = 30;

    private final List<Fleet.Sent> clean = Fleet.clean(SWEEPS, 2);
    private final List<Fleet.Sent> troubled = Fleet.troubled(SWEEPS, 2);
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    /** Takes a time of its own for each sweep, so that they end out of order. */
    private final class Uneven implements Detector {
        private final Detector inner = new CentroidDetector(Fleet.POISON_DETECTOR_SEQ);

        @Override
        public List<Detection> detect(Sweep sweep) {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
                long seed = 31 * sweep.seq() + sweep.sensorId().hashCode();
                LockSupport.parkNanos(new SplittableRandom(seed).nextLong(3_000_000));
                return inner.detect(sweep);
            } finally {
                underWay.decrementAndGet();
            }
        }

        @Override
        public void close() {
            assertThat(underWay).as("sweeps under way when a detector is closed").hasValue(0);
            closed.incrementAndGet();
        }
    }

    private DetectorFactory uneven() {
        FrontOperatorTest test = this;
        return site -> test.new Uneven();
    }

    @Test
    void manySweepsUnderWayGiveTheBytesAndTheOrderOfOneAfterTheOther() throws Exception {
        List<String> stream;
        List<String> said;
        try (FrontStand twin =
                FrontStand.inTurn(site -> new CentroidDetector(Fleet.POISON_DETECTOR_SEQ))) {
            for (Fleet.Sent sent : troubled) {
                twin.send(sent.record());
            }
            stream = twin.stream();
            said = twin.said();
        }
        assertThat(said).hasSizeGreaterThan(troubled.size());
        for (int ring : new int[] {1, 2, 7}) {
            try (FrontStand stand = FrontStand.ring(ring, uneven())) {
                for (int i = 0; i < troubled.size(); i++) {
                    stand.send(troubled.get(i).record());
                    if (i % 13 == 5) {
                        stand.runMails();
                    }
                }
                stand.finish();

                assertThat(stand.said()).as("ring %d", ring).isEqualTo(said);
                assertThat(stand.stream()).as("ring %d", ring).isEqualTo(stream);
            }
            assertThat(most.getAndSet(0)).as("sweeps under way").isBetween(1, ring);
        }
        assertThat(closed).hasValue(1 + 2 + 7);
    }

    @Test
    void aFullRingIsUsedInFullAndNeverExceeded() throws Exception {
        CountDownLatch met = new CountDownLatch(4); // only four at once get through
        DetectorFactory meeting =
                site ->
                        sweep -> {
                            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                            met.countDown();
                            await(met);
                            underWay.decrementAndGet();
                            return List.of();
                        };
        try (FrontStand stand = FrontStand.ring(4, meeting)) {
            for (Fleet.Sent sent : clean) {
                stand.send(sent.record());
            }
            stand.finish();

            assertThat(stand.results(Topics.DETECTIONS)).hasSize(clean.size());
        }
        assertThat(most).hasValue(4);
    }

    @Test
    void watermarksAndIdlenessWaitForTheSweepsBeforeThem() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        DetectorFactory gated =
                site ->
                        sweep -> {
                            await(gate);
                            return List.of();
                        };
        try (FrontStand stand = FrontStand.ring(4, gated)) {
            stand.harness.processWatermark(new Watermark(1));
            assertThat(stand.stream()).as("nothing is under way").hasSize(1);
            stand.send(clean.get(0).record());
            stand.harness.processWatermark(new Watermark(2));
            stand.harness.processWatermarkStatus(WatermarkStatus.IDLE);
            stand.harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
            stand.harness.processWatermark(new Watermark(3));
            stand.runMails();
            assertThat(stand.stream()).as("the sweep is under way").hasSize(1);

            gate.countDown();
            stand.checkpoint(1);

            assertThat(stand.stream()).hasSize(6);
            assertThat(stand.stream().get(1)).contains("v1/a/0");
            assertThat(stand.stream().subList(2, 6))
                    .containsExactly(
                            new Watermark(2).toString(),
                            WatermarkStatus.IDLE.toString(),
                            WatermarkStatus.ACTIVE.toString(),
                            new Watermark(3).toString());
        }
    }

    @Test
    void aCheckpointFindsNoSweepUnderWayAndKeepsNoPoints() throws Exception {
        try (FrontStand stand = FrontStand.ring(8, uneven())) {
            for (int i = 0; i < clean.size(); i++) {
                stand.send(clean.get(i).record());
                if (i % 8 == 7) {
                    stand.harness.prepareSnapshotPreBarrier(i);

                    int left =
                            stand.results(Topics.DETECTIONS).size()
                                    + stand.results(Topics.DEAD_LETTERS).size();
                    assertThat(left).isEqualTo(i + 1);
                    assertThat(underWay).hasValue(0);
                    var state = stand.harness.snapshot(i, i);
                    assertThat(state.getStateSize())
                            .as("bytes: the clocks of two partitions")
                            .isBetween(1L, 2_000L);
                }
            }
        }
    }

    @Test
    void sweepsLeaveWithoutTheNextOnesComing() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        DetectorFactory detector =
                site ->
                        sweep -> {
                            over.countDown();
                            return List.of();
                        };
        try (FrontStand stand = FrontStand.ring(4, detector)) {
            stand.send(clean.get(0).record());
            await(over);
            while (stand.results(Topics.DETECTIONS).isEmpty()) { // its mail is on the way
                stand.runMails();
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void anErrorOrALostEngineTakesTheTaskDownAndNoSweepIsGivenUpForIt() throws Exception {
        List<Throwable> causes =
                List.of(
                        new AssertionError("a bug"),
                        InferenceFailed.ofLostEngine("GPU 0 is lost", null));
        for (Throwable cause : causes) {
            for (FrontStand stand : stands(failingAt(5, cause))) {
                assertThatThrownBy(
                                () -> {
                                    for (Fleet.Sent sent : clean) {
                                        stand.send(sent.record());
                                    }
                                    stand.finish();
                                })
                        .isSameAs(cause);
                assertThat(stand.results(Topics.DEAD_LETTERS)).isEmpty();
                assertThat(stand.results(Topics.DETECTIONS)).hasSize(4 * 5);
                stand.abandon();
            }
        }
    }

    private static List<FrontStand> stands(DetectorFactory detector) throws Exception {
        List<FrontStand> out = new ArrayList<>();
        out.add(FrontStand.inTurn(detector));
        out.add(FrontStand.ring(3, detector));
        return out;
    }

    private static DetectorFactory failingAt(long seq, Throwable cause) {
        return site ->
                sweep -> {
                    if (sweep.seq() == seq) {
                        if (cause instanceof Error e) {
                            throw e;
                        }
                        throw (RuntimeException) cause;
                    }
                    return List.of();
                };
    }

    @Test
    void aTaskThatEndsEarlyWaitsForWhatIsUnderWay() throws Exception {
        FrontStand stand = FrontStand.ring(8, uneven());
        for (int i = 0; i < 8; i++) {
            stand.send(clean.get(i).record());
        }
        Thread.currentThread().interrupt(); // as a task that is cancelled
        stand.abandon();

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(closed).hasValue(8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
