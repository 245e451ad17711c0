package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.kafka.KafkaSettings;
import io.azimuth.connectors.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Makes dead letters: the original bytes with the reason in the headers. Stateless, thread-safe.
 *
 * <p>A letter must itself fit a record, or the sink would fail the job over it: headers of the
 * sender, then the end of the body are left off where they have to be, and {@link #BODY_BYTES} says
 * how long the body was.
 */
public final class DeadLetters {
    static final String CODE = "az_error_code";
    static final String CLASS = "az_error_class";
    static final String MESSAGE = "az_error_message";
    static final String SOURCE_TOPIC = "az_src_topic";
    static final String SOURCE_PARTITION = "az_src_partition";
    static final String SOURCE_OFFSET = "az_src_offset";
    static final String FIRST_SEEN = "az_first_seen";
    static final String BODY_BYTES = "az_body_bytes";

    /** Key, value and headers together; the rest is room for the record's and batch's framing. */
    static final int MAX_LETTER_BYTES = KafkaSettings.MAX_MESSAGE_BYTES - (8 << 10);

    private static final int MAX_MESSAGE_CHARS = 1000;
    private static final byte[] NOTHING = new byte[0];

    private DeadLetters() {}

    /** Why a letter is dead, in words, from its headers; empty if it does not say. */
    public static String reasonOf(Headers headers) {
        Header message = headers.lastHeader(MESSAGE);
        return message == null ? "" : new String(message.value(), StandardCharsets.UTF_8);
    }

    /** The letter of a record that the front could not use. */
    static OutRecord of(
            ConsumerRecord<byte[], byte[]> record, String code, String className, String message) {
        byte[] key = record.key() == null ? NOTHING : record.key();
        byte[] value = record.value() == null ? NOTHING : record.value();
        List<OutRecord.Header> ours =
                reason(code, className, message, record.partition(), record.offset());
        ours.add(text(FIRST_SEEN, Long.toString(record.timestamp())));
        List<OutRecord.Header> all = new ArrayList<>();
        for (Header h : record.headers()) {
            all.add(new OutRecord.Header(h.key(), h.value() == null ? NOTHING : h.value()));
        }
        all.addAll(ours);
        if (size(key, value, all) > MAX_LETTER_BYTES) {
            all = ours;
            all.add(text(BODY_BYTES, Integer.toString(value.length)));
        }
        int room = MAX_LETTER_BYTES - size(NOTHING, NOTHING, all);
        byte[] keptKey = Arrays.copyOf(key, Math.min(key.length, room / 2));
        byte[] keptValue =
                value.length <= room - keptKey.length
                        ? value
                        : Arrays.copyOf(value, room - keptKey.length);
        return new OutRecord(Topics.DEAD_LETTERS, record.partition(), keptKey, keptValue, all);
    }

    /**
     * The letter of a sweep that a later station could not use; its body is still where the headers
     * say.
     */
    static OutRecord of(SweepTag tag, String code, Exception fault) {
        List<OutRecord.Header> headers =
                reason(
                        code,
                        fault.getClass().getName(),
                        String.valueOf(fault.getMessage()),
                        tag.partition(),
                        tag.offset());
        byte[] key = tag.origin().sensorId().getBytes(StandardCharsets.UTF_8);
        return new OutRecord(Topics.DEAD_LETTERS, tag.partition(), key, NOTHING, headers);
    }

    private static List<OutRecord.Header> reason(
            String code, String className, String message, int partition, long offset) {
        List<OutRecord.Header> out = new ArrayList<>();
        out.add(text(CODE, code));
        out.add(text(CLASS, className));
        out.add(text(MESSAGE, message.substring(0, Math.min(message.length(), MAX_MESSAGE_CHARS))));
        out.add(text(SOURCE_TOPIC, Topics.SWEEPS));
        out.add(text(SOURCE_PARTITION, Integer.toString(partition)));
        out.add(text(SOURCE_OFFSET, Long.toString(offset)));
        return out;
    }

    private static int size(byte[] key, byte[] value, List<OutRecord.Header> headers) {
        int bytes = key.length + value.length;
        for (OutRecord.Header h : headers) {
            bytes += h.name().length() * 3 + h.value().length + 16;
        }
        return bytes;
    }

    private static OutRecord.Header text(String name, String value) {
        return new OutRecord.Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
