package io.azimuth.jobs.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import io.azimuth.connectors.kafka.ReplayProducer;
import io.azimuth.connectors.kafka.SweepSource;
import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.kafka.TopicReader;
import io.azimuth.connectors.kafka.TopicRecord;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.connectors.wire.proto.Contract;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds a replay until the sweep before has its pose, or a fate without one (dead, late, duplicate,
 * shed). What the topics held before counts for nothing. Not thread-safe.
 */
final class LockStep implements ReplayProducer.Gate, AutoCloseable {
    private static final Duration CATCH_UP = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);

    private final TopicReader poses;
    private final TopicReader fates;
    private final Duration patience;
    private SweepSource.@Nullable Entry previous;
    private boolean answered;

    /**
     * @param patience how long a sweep may take
     * @throws IllegalStateException if the result topics do not exist
     */
    LockStep(String brokers, Duration patience) {
        this.patience = patience;
        this.poses = new TopicReader(brokers, Topics.POSES, false);
        try {
            this.fates = new TopicReader(brokers, Topics.ACCOUNTING, false);
            poses.readToEnd(CATCH_UP, record -> {});
            fates.readToEnd(CATCH_UP, record -> {});
        } catch (RuntimeException e) {
            poses.close();
            throw e;
        }
    }

    /**
     * @throws CommandFailure if the sweep before got no answer in time
     */
    @Override
    public void awaitTurn(SweepSource.Entry next) {
        SweepSource.Entry sent = previous;
        if (sent != null) {
            await(sent);
        }
        previous = next;
    }

    /** Waits for the last sweep, after which no turn comes. */
    void awaitLast() {
        SweepSource.Entry sent = previous;
        if (sent != null) {
            await(sent);
        }
        previous = null;
    }

    private void await(SweepSource.Entry sent) {
        answered = false;
        long end = TimeSource.SYSTEM.monotonicNanos() + patience.toNanos();
        while (!answered) {
            poses.poll(POLL, record -> answered |= isPoseOf(record, sent));
            fates.poll(Duration.ZERO, record -> answered |= isLastFateOf(record, sent));
            if (!answered && TimeSource.SYSTEM.monotonicNanos() > end) {
                throw new CommandFailure(
                        ExitCode.OUTSIDE,
                        "--lock-step: sweep %d of %s has no pose on %s after %d s; does a job read this broker?"
                                .formatted(
                                        sent.seq(),
                                        sent.sensorId(),
                                        Topics.POSES,
                                        patience.toSeconds()));
            }
        }
    }

    private static boolean isPoseOf(TopicRecord record, SweepSource.Entry sent) {
        try {
            Contract.PoseEstimate pose = Contract.PoseEstimate.parseFrom(record.value());
            return pose.getSeq() == sent.seq() && pose.getSensorId().equals(sent.sensorId());
        } catch (InvalidProtocolBufferException e) {
            return false; // not ours: somebody else's record
        }
    }

    private static boolean isLastFateOf(TopicRecord record, SweepSource.Entry sent) {
        try {
            Contract.SweepFate fate = Contract.SweepFate.parseFrom(record.value());
            return fate.getSeq() == sent.seq() && fate.getSensorId().equals(sent.sensorId());
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    @Override
    public void close() {
        poses.close();
        fates.close();
    }
}
