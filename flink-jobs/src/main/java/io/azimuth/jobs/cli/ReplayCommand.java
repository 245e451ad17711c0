package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveSensor;
import io.azimuth.connectors.kafka.DriveSource;
import io.azimuth.connectors.kafka.ReplayOptions;
import io.azimuth.connectors.kafka.ReplayProducer;
import io.azimuth.connectors.kafka.ReplayReport;
import io.azimuth.connectors.kafka.SweepSource;
import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.kafka.TopicAdmin;
import io.azimuth.connectors.wire.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes a drive's sweeps. */
@Command(
        name = "replay",
        description = "Publish a drive's sweeps to a broker with their original spacing.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DriveArgument argument = new DriveArgument();

    @Option(names = "--brokers", required = true, paramLabel = "HOST:PORT", description = "Kafka.")
    private String brokers = "";

    @Option(names = "--rate", description = "1 as recorded (default), 4 four times as fast, max.")
    private String rate = "1";

    @Option(names = "--start", paramLabel = "S", description = "Skip the first S recorded seconds.")
    private double startSeconds;

    @Option(names = "--duration", paramLabel = "S", description = "Recorded seconds (default all).")
    private double durationSeconds = Double.POSITIVE_INFINITY;

    @Option(
            names = "--lock-step",
            description = "Send a sweep only when the one before has its pose: nothing is shed.")
    private boolean lockStep;

    @Option(names = "--create-topics", description = "Make the lidar.* topics if missing.")
    private boolean createTopics;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Talk talk = new Talk(spec);
        double speed = Rate.parse(rate);
        Numbers.requireAtLeast("--start", startSeconds, 0);
        if (!(durationSeconds > 0)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--duration " + durationSeconds + ": expected a number of seconds above 0");
        }
        try (Drive drive = argument.open(talk)) {
            List<String> sensors =
                    drive.info().sensors().stream().map(DriveSensor::sensorId).toList();
            SweepSource source =
                    new ReplayWindow(new DriveSource(drive), startSeconds, durationSeconds);
            prepareTopics(sensors.size());
            ReplayReport sent = send(source, ReplayOptions.fastest(sensors).withRate(speed));
            talk.note(
                    "%d sweeps sent, %d of them unreadable, %.1f MB, at most %.0f ms late"
                            .formatted(
                                    sent.sent().size(),
                                    sent.unreadable(),
                                    1e-6 * sent.bytes(),
                                    1e-6 * sent.worstLatenessNanos()));
            return (sent.unreadable() == 0 ? ExitCode.OK : ExitCode.PARTIAL).number();
        }
    }

    private void prepareTopics(int partitions) throws InterruptedException {
        Brokers.requireReachable(brokers);
        try (TopicAdmin admin = new TopicAdmin(brokers)) {
            if (createTopics) {
                admin.createTopics(partitions, true);
            } else if (!admin.list().contains(Topics.SWEEPS)) {
                throw new CommandFailure(
                        ExitCode.OUTSIDE,
                        "topic %s does not exist at %s; --create-topics makes it"
                                .formatted(Topics.SWEEPS, brokers));
            }
        }
    }

    private ReplayReport send(SweepSource source, ReplayOptions options)
            throws InterruptedException {
        try (ReplayProducer producer =
                new ReplayProducer(brokers, Topics.SWEEPS, TimeSource.SYSTEM)) {
            if (!lockStep) {
                return producer.replay(source, options, ReplayProducer.Gate.OPEN);
            }
            try (LockStep gate = new LockStep(brokers, PATIENCE)) {
                ReplayReport sent = producer.replay(source, options, gate);
                gate.awaitLast();
                return sent;
            }
        }
    }
}
