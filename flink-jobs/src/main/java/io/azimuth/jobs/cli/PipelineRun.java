package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveSensor;
import io.azimuth.connectors.kafka.DriveSource;
import io.azimuth.connectors.kafka.EmbeddedBroker;
import io.azimuth.connectors.kafka.ReplayOptions;
import io.azimuth.connectors.kafka.ReplayProducer;
import io.azimuth.connectors.kafka.ReplayReport;
import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.kafka.TopicAdmin;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.jobs.config.AzimuthConfig;
import io.azimuth.jobs.config.EffectiveConfig;
import io.azimuth.jobs.pipeline.EmbeddedRunner;
import io.azimuth.jobs.pipeline.JobSpec;
import io.azimuth.jobs.pipeline.PipelineConfig;
import io.azimuth.jobs.report.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A drive's way through an embedded broker and an embedded Flink: the same job as on a cluster. The
 * job starts before the replay and ends at offsets that are known beforehand, so reading, encoding
 * and processing overlap.
 */
final class PipelineRun {
    private static final Duration DEADLINE = Duration.ofHours(6);

    private final Drive drive;
    private final EffectiveConfig config;
    private final PipelineConfig pipeline;
    private final ReplayOptions options;

    /**
     * @param rate recorded time over real time, or {@link ReplayOptions#MAX_RATE}
     */
    PipelineRun(Drive drive, EffectiveConfig config, PipelineConfig pipeline, double rate) {
        this.drive = drive;
        this.config = config;
        this.pipeline = pipeline;
        List<String> sensors = drive.info().sensors().stream().map(DriveSensor::sensorId).toList();
        this.options = ReplayOptions.fastest(sensors).withRate(rate);
    }

    /**
     * A run that came to its end.
     *
     * @param digests of the result topics, see {@link TopicDigest}
     */
    record Finished(RunResult result, SortedMap<String, String> digests) {}

    Finished run(Talk talk) throws IOException, InterruptedException {
        try (ScratchFolder data = new ScratchFolder("azimuth-broker");
                EmbeddedBroker broker = broker(data.path())) {
            int partitions = drive.info().sensors().size();
            try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
                admin.createTopics(partitions, true);
            }
            talk.note(
                    "broker at %s, %d partitions".formatted(broker.bootstrapServers(), partitions));
            CountingSource source = new CountingSource(new DriveSource(drive), talk);
            ReplayReport sent;
            try (EmbeddedRunner job = EmbeddedRunner.start(spec(broker.bootstrapServers()));
                    ReplayProducer producer =
                            new ReplayProducer(
                                    broker.bootstrapServers(), Topics.SWEEPS, TimeSource.SYSTEM)) {
                sent = producer.replay(source, options, ReplayProducer.Gate.OPEN);
                job.await(DEADLINE);
            }
            boolean committed = pipeline.delivery() == PipelineConfig.Delivery.EXACTLY_ONCE;
            ResultCollector results = new ResultCollector(broker.bootstrapServers(), committed);
            RunResult result = results.collect(drive, sent, source.pointsPerSweep());
            if (result.accounting().dead() > 0) {
                DeadSweeps.sayWhy(broker.bootstrapServers(), committed, talk);
            }
            return new Finished(result, results.digests());
        }
    }

    private static EmbeddedBroker broker(Path data) throws InterruptedException {
        try {
            return EmbeddedBroker.start(data);
        } catch (IOException e) { // it is no input that fails here
            throw new CommandFailure(ExitCode.OUTSIDE, String.valueOf(e.getMessage()));
        }
    }

    private JobSpec spec(String bootstrapServers) {
        AzimuthConfig values = config.values();
        SortedMap<String, String> primary = new TreeMap<>();
        drive.info().sensors().forEach(s -> primary.putIfAbsent(s.vehicleId(), s.sensorId()));
        return new JobSpec(
                "azimuth-run",
                bootstrapServers,
                stoppingOffsets(),
                values.detector(),
                Stations.detector(values),
                values.odometry(),
                values.tracker(),
                primary,
                pipeline,
                Stations.modelDigest(values),
                config.digest());
    }

    /** Each sensor has a partition of its own, and the drive says how many sweeps it has. */
    private SortedMap<Integer, Long> stoppingOffsets() {
        SortedMap<Integer, Long> out = new TreeMap<>();
        for (int i = 0; i < drive.size(); i++) {
            out.merge(drive.key(i).sensor(), 1L, Long::sum);
        }
        for (int p = 0; p < drive.info().sensors().size(); p++) {
            out.putIfAbsent(p, 0L);
        }
        return out;
    }
}
