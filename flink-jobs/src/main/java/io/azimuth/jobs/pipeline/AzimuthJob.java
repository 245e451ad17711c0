package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.kafka.KafkaSettings;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.registration.odometry.LidarOdometry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/**
 * Wires the stations: sweeps -> front (chained to the source) -> odometry by sensor -> tracks by
 * vehicle, each with one sink for its results. The same graph serves this JVM and a cluster.
 */
public final class AzimuthJob {
    private AzimuthJob() {}

    /**
     * An environment with the settings that the job needs and the job in it.
     *
     * @throws RuntimeException if the odometry's refiner needs a native part that is not usable
     *     here, with what to install
     */
    public static StreamExecutionEnvironment build(JobSpec spec) {
        new LidarOdometry(spec.odometry()); // what cannot run is refused before the job starts
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings(spec));
        ResultRecords results =
                new ResultRecords(spec.detectorName(), spec.modelDigest(), spec.configDigest());

        SingleOutputStreamOperator<SweepProduct> products =
                front(
                        env.fromSource(source(spec), watermarks(spec), "sweeps").uid("sweeps-src"),
                        spec,
                        results);
        sink(products.getSideOutput(FrontFunction.RESULTS), "front-out", spec);

        SingleOutputStreamOperator<PlacedSweep> placed =
                products.keyBy(SweepProduct::sensorId, Types.STRING)
                        .transform(
                                "odometry",
                                PlacedSweepSerializer.TYPE,
                                new OdometryOperator(spec.odometry(), results))
                        .uid("odom");
        sink(placed.getSideOutput(OdometryOperator.RESULTS), "odom-out", spec);

        DataStream<OutRecord> tracks =
                placed.keyBy(PlacedSweep::vehicleId, Types.STRING)
                        .process(
                                new TrackFunction(spec.tracker(), spec.primarySensors(), results),
                                OutRecordSerializer.TYPE)
                        .name("track")
                        .uid("track");
        sink(tracks, "track-out", spec);
        return env;
    }

    /** Both forms keep the same state, so a checkpoint of one is one of the other. */
    private static SingleOutputStreamOperator<SweepProduct> front(
            DataStream<Intake> sweeps, JobSpec spec, ResultRecords results) {
        FrontParts parts =
                new FrontParts(
                        spec.detector(),
                        spec.tracker().pieceMotion(),
                        spec.odometry(),
                        results,
                        spec.pipeline().watermarkBoundMillis());
        int ring = spec.pipeline().batching().ringOf(spec.pipeline().parallelism());
        SingleOutputStreamOperator<SweepProduct> front =
                ring == 1
                        ? sweeps.process(new FrontFunction(parts))
                                .returns(SweepProductSerializer.TYPE)
                        : sweeps.transform(
                                "front",
                                SweepProductSerializer.TYPE,
                                new FrontOperatorFactory(parts, ring));
        return front.name("front").uid("front");
    }

    private static KafkaSource<Intake> source(JobSpec spec) {
        PipelineConfig config = spec.pipeline();
        KafkaSourceBuilder<Intake> builder =
                KafkaSource.<Intake>builder()
                        .setBootstrapServers(spec.bootstrapServers())
                        .setTopics(Topics.SWEEPS)
                        .setGroupId(spec.name())
                        .setClientIdPrefix(spec.name())
                        .setProperties(KafkaSettings.sourceConsumer())
                        .setDeserializer(
                                new IntakeSchema(config.watermarkBoundMillis(), config.shedding()));
        if (!spec.isBounded()) {
            return builder.setProperty("partition.discovery.interval.ms", "60000")
                    .setStartingOffsets(OffsetsInitializer.latest())
                    .build();
        }
        Map<TopicPartition, Long> stop = new HashMap<>();
        spec.stoppingOffsets()
                .forEach(
                        (partition, at) ->
                                stop.put(new TopicPartition(Topics.SWEEPS, partition), at));
        // a replay's progress is its checkpoints; offsets of a group would interest nobody
        return builder.setProperty("commit.offsets.on.checkpoint", "false")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.offsets(stop))
                .build();
    }

    /**
     * A silent sensor holds the tracks of its vehicle back for a second in a live job. Idleness
     * goes by the wall clock, so a replay has none: its partitions end instead.
     */
    private static WatermarkStrategy<Intake> watermarks(JobSpec spec) {
        WatermarkStrategy<Intake> strategy = new IntakeWatermarks();
        return spec.isBounded() ? strategy : strategy.withIdleness(Duration.ofSeconds(1));
    }

    private static void sink(DataStream<OutRecord> records, String uid, JobSpec spec) {
        Properties producer = KafkaSettings.resultProducer(spec.bootstrapServers());
        producer.remove(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG); // the sink brings its own
        producer.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
        boolean exactlyOnce = spec.pipeline().delivery() == PipelineConfig.Delivery.EXACTLY_ONCE;
        KafkaSinkBuilder<OutRecord> builder =
                KafkaSink.<OutRecord>builder()
                        .setBootstrapServers(spec.bootstrapServers())
                        .setKafkaProducerConfig(producer)
                        .setRecordSerializer(new OutRecordSchema())
                        .setDeliveryGuarantee(
                                exactlyOnce
                                        ? DeliveryGuarantee.EXACTLY_ONCE
                                        : DeliveryGuarantee.AT_LEAST_ONCE);
        if (exactlyOnce) {
            builder.setTransactionalIdPrefix("azimuth-" + spec.name() + "-" + uid);
        }
        records.sinkTo(builder.build()).name(uid).uid(uid);
    }

    static Configuration settings(JobSpec spec) {
        PipelineConfig config = spec.pipeline();
        Configuration c = new Configuration();
        c.set(PipelineOptions.NAME, spec.name());
        c.set(PipelineOptions.GENERIC_TYPES, false); // a type without serializer fails the build
        c.set(PipelineOptions.MAX_PARALLELISM, PipelineConfig.MAX_PARALLELISM);
        c.set(CoreOptions.DEFAULT_PARALLELISM, config.parallelism());
        c.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(20));
        c.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(1));
        c.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        c.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.checkpointInterval());
        c.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.EXACTLY_ONCE); // of the state; the sinks have their own
        c.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        c.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        if (config.checkpointDir() != null) {
            c.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            c.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, config.checkpointDir());
        }
        c.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        c.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                Duration.ofMillis(200));
        c.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                Duration.ofSeconds(10));
        if (spec.isBounded()) { // a replay that cannot run must say so, not try for ever
            c.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 5);
        }
        return c;
    }
}
