package io.azimuth.jobs.pipeline;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.tracking.TrackerConfig;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the harness closes with any exception, also that of an interrupt
class TrackFunctionTest {
    private static final ResultRecords RESULTS = new ResultRecords("test", "", "");

    @Test
    void sweepsAreTrackedInEventOrderWhateverTheOrderOfArrival() throws Exception {
        List<PlacedSweep> rig = rig(30);
        List<String> expected = run(rig, Long.MAX_VALUE);

        assertThat(expected).hasSize(2 * rig.size()); // a track set and a fate each
        forAll(
                20,
                rnd -> {
                    try {
                        assertThat(run(shuffled(rig, rnd), Long.MAX_VALUE)).isEqualTo(expected);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
    }

    @Test
    void watermarksBetweenTheSweepsChangeNothing() throws Exception {
        List<PlacedSweep> rig = rig(30);
        rig.sort(PlacedSweep.EVENT_ORDER);

        try (var harness = harness()) {
            harness.open();
            for (PlacedSweep s : rig) {
                harness.processElement(s, s.tag().endMillis());
                harness.processWatermark(new Watermark(s.tag().endMillis() - 1));
            }
            harness.processWatermark(Watermark.MAX_WATERMARK);

            assertThat(values(harness)).isEqualTo(run(rig, Long.MAX_VALUE));
        }
    }

    @Test
    void aRestoredFunctionGoesOnWithTheSameBytes() throws Exception {
        List<PlacedSweep> rig = rig(40);
        rig.sort(PlacedSweep.EVENT_ORDER);
        List<String> expected = run(rig, Long.MAX_VALUE);

        List<String> got = new ArrayList<>();
        OperatorSubtaskState state;
        try (var harness = harness()) {
            harness.open();
            feed(harness, rig.subList(0, 41));
            harness.processWatermark(new Watermark(rig.get(35).tag().endMillis() - 1));
            got.addAll(values(harness));
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(state);
            harness.open();
            feed(harness, rig.subList(41, rig.size()));
            harness.processWatermark(Watermark.MAX_WATERMARK);
            got.addAll(values(harness));
        }

        assertThat(got).isEqualTo(expected);
    }

    @Test
    void aSweepBehindTheWatermarkIsLateAndNeverTracked() throws Exception {
        try (var harness = harness()) {
            harness.open();
            PlacedSweep first = Samples.placed("v", "a", 5, Samples.EPOCH + 5 * Samples.PERIOD);
            harness.processElement(first, 0);
            harness.processWatermark(new Watermark(first.tag().endMillis()));
            harness.processElement(Samples.placed("v", "a", 4, Samples.EPOCH), 0);
            harness.processWatermark(Watermark.MAX_WATERMARK);

            List<OutRecord> out = harness.extractOutputValues();
            assertThat(fates(out)).containsExactly("4 LATE", "5 PUBLISHED");
            assertThat(out.stream().filter(r -> r.topic().equals(Topics.TRACKS))).hasSize(1);
        }
    }

    @Test
    void theLowestSensorOfTheFirstSecondGivesTheFrame() throws Exception {
        PlacedSweep b = Samples.placed("v", "b", 3, Samples.EPOCH);
        PlacedSweep a = Samples.placed("v", "a", 0, Samples.EPOCH + 40_000_000L);
        try (var harness = harness()) {
            harness.open();
            feed(harness, List.of(b, a));
            harness.processWatermark(new Watermark(b.tag().endMillis() + 500));
            assertThat(harness.extractOutputValues()).isEmpty(); // still undecided

            harness.processWatermark(Watermark.MAX_WATERMARK);

            // b ended before the primary sensor a had any pose
            assertThat(reasons(harness.extractOutputValues())).containsExactly("UNTRACKED", "");
        }
    }

    @Test
    void aVehicleSilentForTwoHoursIsForgottenAndOneThatDrivesIsNot() throws Exception {
        try (var harness = harness()) {
            harness.open();
            feed(harness, rig(30));
            harness.processWatermark(new Watermark(Samples.EPOCH / 1_000_000 + 60_000));
            assertThat(harness.numKeyedStateEntries()).isPositive();

            harness.processWatermark(
                    new Watermark(
                            Samples.EPOCH / 1_000_000 + 2 * OdometryOperator.IDLE_MILLIS + 60_000));

            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    private static List<PlacedSweep> rig(int sweeps) {
        List<PlacedSweep> out = new ArrayList<>();
        for (int seq = 0; seq < sweeps; seq++) {
            long end = Samples.EPOCH + seq * Samples.PERIOD;
            out.add(Samples.placed("v", "a", seq, end));
            out.add(Samples.placed("v", "b", seq, end + 30_000_000L));
        }
        return out;
    }

    private static List<PlacedSweep> shuffled(List<PlacedSweep> in, RandomGenerator rnd) {
        List<PlacedSweep> out = new ArrayList<>(in);
        for (int i = out.size() - 1; i > 0; i--) {
            java.util.Collections.swap(out, i, rnd.nextInt(i + 1));
        }
        return out;
    }

    private static List<String> run(List<PlacedSweep> sweeps, long watermark) throws Exception {
        try (var harness = harness()) {
            harness.open();
            feed(harness, sweeps);
            harness.processWatermark(new Watermark(watermark));
            return values(harness);
        }
    }

    private static void feed(
            KeyedOneInputStreamOperatorTestHarness<String, PlacedSweep, OutRecord> harness,
            List<PlacedSweep> sweeps)
            throws Exception {
        for (PlacedSweep s : sweeps) {
            harness.processElement(s, s.tag().endMillis());
        }
    }

    /** Topic and value of every record; of a fate what comparisons go by. */
    private static List<String> values(
            KeyedOneInputStreamOperatorTestHarness<String, PlacedSweep, OutRecord> harness)
            throws InvalidProtocolBufferException {
        List<String> out = new ArrayList<>();
        for (OutRecord r : harness.extractOutputValues()) {
            out.add(
                    r.topic()
                            + " "
                            + (r.topic().equals(Topics.ACCOUNTING)
                                    ? fate(r).getEventId() + fate(r).getFate()
                                    : HexFormat.of().formatHex(r.value())));
        }
        return out;
    }

    private static List<String> fates(List<OutRecord> records)
            throws InvalidProtocolBufferException {
        List<String> out = new ArrayList<>();
        for (OutRecord r : records) {
            if (r.topic().equals(Topics.ACCOUNTING)) {
                out.add(fate(r).getSeq() + " " + fate(r).getFate());
            }
        }
        return out;
    }

    private static List<String> reasons(List<OutRecord> records)
            throws InvalidProtocolBufferException {
        List<String> out = new ArrayList<>();
        for (OutRecord r : records) {
            if (r.topic().equals(Topics.ACCOUNTING)) {
                out.add(fate(r).getReason());
            }
        }
        return out;
    }

    private static Contract.SweepFate fate(OutRecord r) throws InvalidProtocolBufferException {
        return Contract.SweepFate.parseFrom(r.value());
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, PlacedSweep, OutRecord> harness()
            throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(
                                new TrackFunction(
                                        TrackerConfig.defaults(), new TreeMap<>(), RESULTS)),
                        PlacedSweep::vehicleId,
                        Types.STRING);
        harness.setup(new OutRecordSerializer());
        return harness;
    }
}
