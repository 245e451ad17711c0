package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.connectors.wire.Topics;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.registration.odometry.OdometryConfig;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the harness closes with any exception, also that of an interrupt
class OdometryOperatorTest {
    private static final int SWEEPS = 12;

    @Test
    void aCheckpointHoldsWhatTheLiveOdometriesKnow() throws Exception {
        List<String> expected = new ArrayList<>();
        try (var harness = harness()) {
            harness.open();
            feed(harness, 0, SWEEPS);
            expected.addAll(poses(harness));
        }

        List<String> got = new ArrayList<>();
        OperatorSubtaskState state;
        try (var harness = harness()) {
            harness.open();
            feed(harness, 0, 7);
            got.addAll(poses(harness));
            state = checkpoint(harness);
        }
        try (var harness = harness()) {
            harness.initializeState(state);
            harness.open();
            feed(harness, 7, SWEEPS);
            got.addAll(poses(harness));
        }

        assertThat(expected).hasSize(2 * SWEEPS);
        assertThat(got).isEqualTo(expected);
    }

    @Test
    void whatCameBeforeACheckpointIsADuplicateAfterIt() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness()) {
            harness.open();
            feed(harness, 0, 3);
            state = checkpoint(harness);
        }
        try (var harness = harness()) {
            harness.initializeState(state);
            harness.open();
            feed(harness, 0, 3);

            assertThat(harness.extractOutputValues()).isEmpty();
            assertThat(results(harness))
                    .hasSize(6)
                    .allMatch(r -> fateOf(r) == Contract.Fate.DUPLICATE);
        }
    }

    @Test
    void aSensorSilentForTwoHoursIsForgotten() throws Exception {
        try (var harness = harness()) {
            harness.open();
            feed(harness, 0, 3);
            checkpoint(harness);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);

            harness.processWatermark(
                    new Watermark(
                            Samples.EPOCH / 1_000_000 + 2 * OdometryOperator.IDLE_MILLIS + 1));

            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    private static void feed(
            KeyedOneInputStreamOperatorTestHarness<String, SweepProduct, PlacedSweep> harness,
            int from,
            int to)
            throws Exception {
        for (int seq = from; seq < to; seq++) {
            long end = Samples.EPOCH + seq * Samples.PERIOD;
            harness.processElement(new StreamRecord<>(Samples.product("a", seq, end)));
            harness.processElement(new StreamRecord<>(Samples.product("b", seq, end)));
        }
    }

    private static OperatorSubtaskState checkpoint(
            KeyedOneInputStreamOperatorTestHarness<String, SweepProduct, PlacedSweep> harness)
            throws Exception {
        harness.prepareSnapshotPreBarrier(1);
        return harness.snapshot(1, 1);
    }

    private static List<OutRecord> results(
            KeyedOneInputStreamOperatorTestHarness<String, SweepProduct, PlacedSweep> harness) {
        List<OutRecord> out = new ArrayList<>();
        harness.getSideOutput(OdometryOperator.RESULTS).forEach(r -> out.add(r.getValue()));
        return out;
    }

    private static List<String> poses(
            KeyedOneInputStreamOperatorTestHarness<String, SweepProduct, PlacedSweep> harness) {
        return results(harness).stream()
                .filter(r -> r.topic().equals(Topics.POSES))
                .map(r -> HexFormat.of().formatHex(r.value()))
                .toList();
    }

    private static Contract.Fate fateOf(OutRecord record) {
        try {
            return Contract.SweepFate.parseFrom(record.value()).getFate();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, SweepProduct, PlacedSweep>
            harness() throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new OdometryOperator(
                                OdometryConfig.defaults(), new ResultRecords("test", "", "")),
                        SweepProduct::sensorId,
                        Types.STRING);
        harness.setup(new PlacedSweepSerializer());
        return harness;
    }
}
