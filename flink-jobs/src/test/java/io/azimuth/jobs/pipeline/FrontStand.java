package io.azimuth.jobs.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.registration.odometry.OdometryConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One task with a front in it, for one thread. */
@SuppressWarnings("try") // the harness closes with any exception, also that of an interrupt
final class FrontStand implements AutoCloseable {
    final OneInputStreamOperatorTestHarness<Intake, SweepProduct> harness;
    private final SweepIntake intake = new SweepIntake(0, null, TimeSource.SYSTEM);
    private final long[] offsets = new long[64];

    private FrontStand(OneInputStreamOperatorTestHarness<Intake, SweepProduct> harness)
            throws Exception {
        this.harness = harness;
        harness.setup(new SweepProductSerializer());
        harness.open();
    }

    /** With so many sweeps under way at most. */
    static FrontStand ring(int ring, DetectorFactory detector) throws Exception {
        FrontParts parts = new FrontParts(detector, true, OdometryConfig.defaults(), results(), 0);
        return new FrontStand(
                new OneInputStreamOperatorTestHarness<>(new FrontOperatorFactory(parts, ring)));
    }

    /** The twin: one sweep after the other. */
    static FrontStand inTurn(DetectorFactory detector) throws Exception {
        return new FrontStand(
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(
                                new FrontFunction(
                                        new FrontParts(
                                                detector,
                                                true,
                                                OdometryConfig.defaults(),
                                                results(),
                                                0)))));
    }

    private static ResultRecords results() {
        return new ResultRecords("test", "", "");
    }

    /** Decodes a record into the one buffer that a source has, as the source does. */
    void send(ProducerRecord<byte[], byte[]> sent) throws Exception {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(
                        sent.topic(),
                        sent.partition(),
                        offsets[sent.partition()]++,
                        sent.key(),
                        sent.value());
        sent.headers().forEach(h -> record.headers().add(h));
        Intake next = intake.take(record);
        harness.processElement(new StreamRecord<>(next, record.offset()));
        if (next.watermarkMillis() != Long.MIN_VALUE) {
            harness.processWatermark(new Watermark(next.watermarkMillis()));
        }
    }

    /** What a task does when nothing comes in. */
    void runMails() throws Exception {
        TaskMailbox mails = harness.getTaskMailbox();
        for (Optional<Mail> mail = mails.tryTake(TaskMailbox.MIN_PRIORITY);
                mail.isPresent();
                mail = mails.tryTake(TaskMailbox.MIN_PRIORITY)) {
            mail.get().run();
        }
    }

    /** As {@link #runMails()}, until this instant. */
    void runMailsUntil(long monotonicNanos) throws Exception {
        while (TimeSource.SYSTEM.monotonicNanos() < monotonicNanos) {
            runMails();
            LockSupport.parkNanos(200_000);
        }
        runMails();
    }

    void checkpoint(long id) throws Exception {
        harness.prepareSnapshotPreBarrier(id);
        harness.snapshot(id, id);
    }

    void finish() throws Exception {
        harness.getOperator().finish();
    }

    /** Products and watermarks in their order; what was measured is left out. */
    List<String> stream() {
        List<String> out = new ArrayList<>();
        for (Object each : harness.getOutput()) {
            if (each instanceof StreamRecord<?> record
                    && record.getValue() instanceof SweepProduct product) {
                SweepTag tag = product.tag();
                out.add(
                        "%d %s/%d %s %s"
                                .formatted(
                                        record.getTimestamp(),
                                        tag.origin().sensorId(),
                                        tag.origin().seq(),
                                        product.reduced().size(),
                                        product.detections()));
            } else {
                out.add(each.toString());
            }
        }
        return out;
    }

    /** Records of the result topics in their order. */
    List<OutRecord> results(String topic) {
        List<OutRecord> out = new ArrayList<>();
        var all = harness.getSideOutput(FrontFunction.RESULTS);
        if (all != null) {
            all.forEach(
                    r -> {
                        if (r.getValue().topic().equals(topic)) {
                            out.add(r.getValue());
                        }
                    });
        }
        return out;
    }

    /** The result topics' bytes in the order in which they left; of fates, id and fate. */
    List<String> said() throws InvalidProtocolBufferException {
        List<String> out = new ArrayList<>();
        var all = harness.getSideOutput(FrontFunction.RESULTS);
        if (all == null) {
            return out;
        }
        for (StreamRecord<OutRecord> each : all) {
            OutRecord r = each.getValue();
            String value = HexFormat.of().formatHex(r.value());
            if (r.topic().equals(Topics.ACCOUNTING)) {
                Contract.SweepFate fate = Contract.SweepFate.parseFrom(r.value());
                value = fate.getEventId() + " " + fate.getFate() + " " + fate.getReason();
            }
            String key = new String(r.key(), StandardCharsets.UTF_8);
            out.add(each.getTimestamp() + " " + r.topic() + " " + key + " " + value);
        }
        return out;
    }

    /** As a task that failed or was cancelled: without coming to an end first. */
    void abandon() throws Exception {
        harness.getOperator().close();
    }

    /** Comes to an end, then closes. */
    @Override
    public void close() throws Exception {
        harness.close();
    }
}
