package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.connectors.kafka.KafkaSettings;
import io.azimuth.connectors.wire.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    @Test
    void carriesTheBytesTheSendersHeadersAndTheReason() {
        ConsumerRecord<byte[], byte[]> record = record(new byte[] {1, 2, 3});
        record.headers().add("traceparent", new byte[] {9});

        OutRecord letter = DeadLetters.of(record, "BAD_CRC", "X", "why");

        assertThat(letter.value()).isEqualTo(new byte[] {1, 2, 3});
        assertThat(letter.partition()).isEqualTo(3);
        assertThat(text(letter, DeadLetters.CODE)).isEqualTo("BAD_CRC");
        assertThat(text(letter, DeadLetters.SOURCE_OFFSET)).isEqualTo("42");
        assertThat(letter.headers()).anyMatch(h -> h.name().equals("traceparent"));
    }

    @Test
    void aRecordWithoutValueGivesAnEmptyLetter() {
        assertThat(DeadLetters.of(record(null), "EMPTY", "X", "").value()).isEmpty();
    }

    @Test
    void theLargestRecordWithHostileHeadersStillFitsARecord() {
        ConsumerRecord<byte[], byte[]> record = record(new byte[KafkaSettings.MAX_MESSAGE_BYTES]);
        record.headers().add("junk", new byte[4 << 20]);

        OutRecord letter = DeadLetters.of(record, "TOO_LARGE", "X", "m".repeat(1 << 20));

        int bytes = letter.key().length + letter.value().length;
        for (OutRecord.Header h : letter.headers()) {
            bytes += h.name().length() + h.value().length;
        }
        assertThat(bytes).isBetween(8_000_000, DeadLetters.MAX_LETTER_BYTES);
        assertThat(text(letter, DeadLetters.BODY_BYTES))
                .isEqualTo(Integer.toString(KafkaSettings.MAX_MESSAGE_BYTES));
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>(
                Topics.SWEEPS, 3, 42, "s".getBytes(StandardCharsets.UTF_8), value);
    }

    private static String text(OutRecord letter, String name) {
        return letter.headers().stream()
                .filter(h -> h.name().equals(name))
                .map(h -> new String(h.value(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }
}
