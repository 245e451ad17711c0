package io.azimuth.jobs.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Hands finished records to the producer, one sink for all topics of a station. */
final class OutRecordSchema implements KafkaRecordSerializationSchema<OutRecord> {
    private static final long serialVersionUID = 1L;

    /** The record's timestamp stays empty: the broker's arrival time, never event time. */
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            OutRecord record, KafkaSinkContext context, @Nullable Long timestamp) {
        List<Header> headers = new ArrayList<>(record.headers().size());
        for (OutRecord.Header h : record.headers()) {
            headers.add(new RecordHeader(h.name(), h.value()));
        }
        return new ProducerRecord<>(
                record.topic(),
                record.partition() == OutRecord.BY_KEY ? null : record.partition(),
                null,
                record.key(),
                record.value(),
                headers);
    }
}
