package io.azimuth.jobs.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.kafka.ReplayReport;
import io.azimuth.connectors.kafka.TopicReader;
import io.azimuth.connectors.kafka.TopicRecord;
import io.azimuth.connectors.wire.DetectionMessages;
import io.azimuth.connectors.wire.PoseMessages;
import io.azimuth.connectors.wire.SweepHeaders;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.connectors.wire.TrackMessages;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.jobs.pipeline.StageHeaders;
import io.azimuth.jobs.report.RunResult;
import io.azimuth.registration.odometry.OdometryEstimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads the result topics of a finished run. */
final class ResultCollector {
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final String bootstrapServers;
    private final boolean readCommitted;
    private final List<RunResult.PoseRow> poses = new ArrayList<>();
    private final List<RunResult.DetectionRow> detections = new ArrayList<>();
    private final List<RunResult.TrackRow> tracks = new ArrayList<>();
    private final Map<Contract.Fate, Set<String>> fates = new HashMap<>();
    private final SortedMap<String, List<Double>> stageMillis = new TreeMap<>();
    private final List<Double> latencyMillis = new ArrayList<>();
    private final SortedMap<String, String> digests = new TreeMap<>();
    private final List<Long> resultMillis = new ArrayList<>();

    ResultCollector(String bootstrapServers, boolean readCommitted) {
        this.bootstrapServers = bootstrapServers;
        this.readCommitted = readCommitted;
    }

    RunResult collect(Drive drive, ReplayReport sent, double pointsPerSweep) {
        read(Topics.DETECTIONS, this::takeDetections);
        read(Topics.POSES, this::takePose);
        read(Topics.TRACKS, this::takeTracks);
        read(Topics.ACCOUNTING, this::takeFate);
        Collections.sort(resultMillis);
        SortedMap<String, double[]> stages = new TreeMap<>();
        stageMillis.forEach((name, ms) -> stages.put(name, toArray(ms)));
        return new RunResult(
                drive.id(),
                drive.size(),
                poses,
                detections,
                tracks,
                new RunResult.Accounting(
                        sent.sent().size(),
                        count(Contract.Fate.PUBLISHED),
                        count(Contract.Fate.DEAD),
                        count(Contract.Fate.LATE),
                        count(Contract.Fate.DUPLICATE),
                        count(Contract.Fate.SHED)),
                new RunResult.Performance(
                        toArray(latencyMillis),
                        stages,
                        pointsPerSweep,
                        rate(0),
                        rate(resultMillis.size() / 2),
                        ProcessFigures.peakResidentMb(),
                        ProcessFigures.loadAverage()));
    }

    /**
     * After {@link #collect}: a fingerprint of each result topic. Fates are left out: they carry
     * wall-clock ages.
     */
    SortedMap<String, String> digests() {
        SortedMap<String, String> out = new TreeMap<>(digests);
        out.remove(Topics.ACCOUNTING);
        return out;
    }

    private void takeDetections(TopicRecord record) throws InvalidProtocolBufferException {
        Contract.DetectionSet set = Contract.DetectionSet.parseFrom(record.value());
        detections.add(
                new RunResult.DetectionRow(
                        set.getSensorId(),
                        set.getSeq(),
                        set.getStartNs(),
                        set.getEndNs(),
                        DetectionMessages.fromProto(set)));
        stage(record, "decode", StageHeaders.DECODE_MILLIS);
        stage(record, "detect", StageHeaders.DETECT_MILLIS);
    }

    private void takePose(TopicRecord record) throws InvalidProtocolBufferException {
        Contract.PoseEstimate message = Contract.PoseEstimate.parseFrom(record.value());
        OdometryEstimate pose = PoseMessages.fromProto(message);
        poses.add(
                new RunResult.PoseRow(
                        message.getSensorId(),
                        pose.seq(),
                        pose.stampNanos(),
                        pose.odomFromSensor(),
                        pose.twist(),
                        pose.discontinuity(),
                        pose.held(),
                        pose.degenerate(),
                        PoseMessages.egoFromSensor(message)));
        stage(record, "odometry", StageHeaders.ODOMETRY_MILLIS);
    }

    private void takeTracks(TopicRecord record) throws InvalidProtocolBufferException {
        Contract.TrackSet set = Contract.TrackSet.parseFrom(record.value());
        tracks.add(
                new RunResult.TrackRow(
                        set.getVehicleId(),
                        set.getSensorId(),
                        set.getSeq(),
                        set.getStampNs(),
                        TrackMessages.fromProto(set)));
        stage(record, "track", StageHeaders.TRACK_MILLIS);
        resultMillis.add(record.timestampMillis());
        SweepHeaders headers = record.sweepHeaders();
        if (headers != null) {
            latencyMillis.add(record.timestampMillis() - 1e-6 * headers.sentNanos());
        }
    }

    private void takeFate(TopicRecord record) throws InvalidProtocolBufferException {
        Contract.SweepFate fate = Contract.SweepFate.parseFrom(record.value());
        String copy = fate.getFate() == Contract.Fate.DUPLICATE ? "#" + record.offset() : "";
        fates.computeIfAbsent(fate.getFate(), f -> new HashSet<>())
                .add(fate.getSensorId() + "/" + fate.getSeq() + copy);
    }

    private void stage(TopicRecord record, String name, String header) {
        OptionalDouble millis = StageHeaders.millis(record.headers(), header);
        if (millis.isPresent()) {
            stageMillis.computeIfAbsent(name, n -> new ArrayList<>()).add(millis.getAsDouble());
        }
    }

    /** Results a second from that one on, or NaN. */
    private double rate(int from) {
        int steps = resultMillis.size() - 1 - from;
        double seconds =
                steps < 1 ? 0 : 1e-3 * (resultMillis.get(from + steps) - resultMillis.get(from));
        return seconds > 0 ? steps / seconds : Double.NaN;
    }

    private long count(Contract.Fate fate) {
        return fates.getOrDefault(fate, Set.of()).size();
    }

    private void read(String topic, Taker taker) {
        TopicDigest digest = new TopicDigest();
        try (TopicReader reader = new TopicReader(bootstrapServers, topic, readCommitted)) {
            Consumer<TopicRecord> take = orFail(taker);
            reader.readToEnd(
                    DEADLINE,
                    record -> {
                        digest.take(record);
                        take.accept(record);
                    });
        }
        digests.put(topic, digest.hex());
    }

    /** Takes one record. */
    private interface Taker {
        void take(TopicRecord record) throws InvalidProtocolBufferException;
    }

    private static Consumer<TopicRecord> orFail(Taker taker) {
        return record -> {
            try {
                taker.take(record);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(
                        "topic %s, partition %d, offset %d holds no message of the contract"
                                .formatted(record.topic(), record.partition(), record.offset()),
                        e);
            }
        };
    }

    private static double[] toArray(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
