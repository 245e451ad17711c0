package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.kafka.TimeSource;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The source's decoder: runs in its task's thread, so what it emits goes straight to the front. */
final class IntakeSchema implements KafkaRecordDeserializationSchema<Intake> {
    private static final long serialVersionUID = 1L;

    private final long watermarkBoundMillis;
    private final long shedHiMillis; // 0: off
    private final long shedLoMillis;
    private transient @Nullable SweepIntake intake;

    IntakeSchema(long watermarkBoundMillis, PipelineConfig.@Nullable Shedding shedding) {
        this.watermarkBoundMillis = watermarkBoundMillis;
        this.shedHiMillis = shedding == null ? 0 : shedding.hiMillis();
        this.shedLoMillis = shedding == null ? 0 : shedding.loMillis();
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        PipelineConfig.Shedding shedding =
                shedHiMillis == 0 ? null : new PipelineConfig.Shedding(shedHiMillis, shedLoMillis);
        intake = new SweepIntake(watermarkBoundMillis, shedding, TimeSource.SYSTEM);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Intake> out) {
        if (intake == null) {
            throw new IllegalStateException("deserialize before open");
        }
        out.collect(intake.take(record));
    }

    @Override
    public TypeInformation<Intake> getProducedType() {
        return IntakeSerializer.TYPE;
    }
}
