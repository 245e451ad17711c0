package io.azimuth.jobs.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import io.azimuth.connectors.kafka.EmbeddedBroker;
import io.azimuth.connectors.kafka.KafkaSettings;
import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.kafka.TopicAdmin;
import io.azimuth.connectors.kafka.TopicReader;
import io.azimuth.connectors.kafka.TopicRecord;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.recognition.Recogniser;
import io.azimuth.perception.recognition.RecogniserConfig;
import io.azimuth.perception.testing.MomentEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * One run of the whole pipeline on a broker of its own.
 *
 * @param values by topic and key the values in their order, as hex; of fates nothing
 * @param fates sorted lines: event id, fate
 * @param letters error code of every dead letter by topic position
 */
record Trial(
        SortedMap<String, List<String>> values, List<String> fates, List<TopicRecord> letters) {
    private static final Duration DEADLINE = Duration.ofSeconds(50);

    /**
     * @param paced send at the rate of the stamps, while the job runs; else all before it
     */
    static Trial run(
            Path dir, List<Fleet.Sent> fleet, int partitions, boolean paced, PipelineConfig config)
            throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir);
                TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
            admin.createTopics(partitions, true);
            Map<Integer, Long> stop = new HashMap<>();
            for (int p = 0; p < partitions; p++) {
                stop.put(p, 0L);
            }
            fleet.forEach(s -> stop.merge(s.record().partition(), 1L, Long::sum));
            JobSpec spec =
                    JobSpec.replay(
                            broker.bootstrapServers(),
                            stop,
                            "centroid",
                            metrics -> new CrashingDetector(recognising().open(metrics)),
                            config);
            if (!paced) {
                send(broker, fleet, false);
            }
            try (EmbeddedRunner runner = EmbeddedRunner.start(spec)) {
                if (paced) {
                    send(broker, fleet, true);
                }
                runner.await(DEADLINE);
            }
            return read(broker.bootstrapServers());
        }
    }

    /** With a recogniser, so that embeddings cross every edge and stand in the tracks' state. */
    private static DetectorFactory recognising() {
        return Detectors.recognising(
                metrics -> new CentroidDetector(Fleet.POISON_DETECTOR_SEQ),
                site -> new Recogniser(RecogniserConfig.defaults(), new MomentEncoder(), e -> -1));
    }

    private static void send(EmbeddedBroker broker, List<Fleet.Sent> fleet, boolean paced)
            throws InterruptedException, ExecutionException {
        TimeSource time = TimeSource.SYSTEM;
        long start = time.monotonicNanos();
        long first = fleet.get(0).endNanos();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(KafkaSettings.sweepProducer(broker.bootstrapServers()))) {
            List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
            for (Fleet.Sent sent : fleet) {
                if (paced) {
                    time.sleepUntil(start + sent.endNanos() - first);
                }
                acknowledged.add(producer.send(sent.record()));
            }
            for (Future<RecordMetadata> a : acknowledged) {
                a.get(); // a lost record would only show as a job that waits for it
            }
        }
    }

    private static Trial read(String bootstrapServers) throws InvalidProtocolBufferException {
        SortedMap<String, List<String>> values = new TreeMap<>();
        List<TopicRecord> letters = new ArrayList<>();
        List<TopicRecord> fates = new ArrayList<>();
        for (String topic :
                List.of(Topics.DETECTIONS, Topics.POSES, Topics.TRACKS, Topics.DEAD_LETTERS)) {
            for (TopicRecord r : all(bootstrapServers, topic)) {
                values.computeIfAbsent(topic + " " + r.key(), k -> new ArrayList<>())
                        .add(HexFormat.of().formatHex(r.value()));
                if (topic.equals(Topics.DEAD_LETTERS)) {
                    letters.add(r);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        for (TopicRecord r : all(bootstrapServers, Topics.ACCOUNTING)) {
            Contract.SweepFate fate = Contract.SweepFate.parseFrom(r.value());
            lines.add(fate.getEventId() + " " + fate.getFate() + " " + fate.getReason());
        }
        lines.sort(null);
        return new Trial(values, lines, letters);
    }

    private static List<TopicRecord> all(String bootstrapServers, String topic) {
        List<TopicRecord> out = new ArrayList<>();
        try (TopicReader reader = new TopicReader(bootstrapServers, topic, true)) {
            reader.readToEnd(DEADLINE, out::add);
        }
        return out;
    }

    long count(Contract.Fate fate) {
        return fates.stream().filter(line -> line.contains(" " + fate.name())).count();
    }
}
