package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.connectors.kafka.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class PartitionClocksTest {
    private static final List<Fleet.Sent> TROUBLED = Fleet.troubled(40, 2);

    /** A task from its start: the source's own clocks begin anew with it. */
    private static final class Task {
        private final SweepIntake intake = new SweepIntake(0, null, TimeSource.SYSTEM);
        private final PartitionClocks clocks = new PartitionClocks(0);

        boolean isBehind(int at) {
            ProducerRecord<byte[], byte[]> sent = TROUBLED.get(at).record();
            Intake taken =
                    intake.take(
                            new ConsumerRecord<>(
                                    sent.topic(), sent.partition(), at, sent.key(), sent.value()));
            return clocks.judged(taken).behind();
        }

        List<Boolean> rest(int from) {
            List<Boolean> out = new ArrayList<>();
            for (int i = from; i < TROUBLED.size(); i++) {
                out.add(isBehind(i));
            }
            return out;
        }
    }

    @Test
    void aRestartAnywhereChangesNothingOfWhatIsTooLate() throws Exception {
        List<Boolean> whole = new Task().rest(0);
        assertThat(whole).contains(true);
        int wouldDiffer = 0;
        for (int cut = 1; cut < TROUBLED.size(); cut++) {
            Task before = new Task();
            List<byte[]> stale = List.of();
            for (int i = 0; i < cut; i++) {
                stale = i == cut / 2 ? before.clocks.saved() : stale;
                before.isBehind(i);
            }
            List<byte[]> kept = new ArrayList<>(before.clocks.saved());
            kept.addAll(cut % 2, stale); // of a task that had these partitions once
            Task after = new Task();
            after.clocks.restore(kept);
            List<Boolean> expected = whole.subList(cut, whole.size());
            assertThat(after.rest(cut)).as("cut before record %d", cut).isEqualTo(expected);
            wouldDiffer += new Task().rest(cut).equals(expected) ? 0 : 1;
        }
        assertThat(wouldDiffer).as("cuts that need the clocks").isPositive();
    }

    @Test
    void anotherVersionIsRefusedByNumber() throws Exception {
        Task task = new Task();
        task.isBehind(0);
        byte[] kept = task.clocks.saved().get(0);
        kept[3] = 9;
        assertThatThrownBy(() -> new PartitionClocks(0).restore(List.of(kept)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9, expected 1");
    }
}
