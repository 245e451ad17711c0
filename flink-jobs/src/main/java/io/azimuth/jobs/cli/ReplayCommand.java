package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveSensor;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.connectors.kafka.DriveSource;
import io.azimuth.connectors.kafka.ReplayOptions;
import io.azimuth.connectors.kafka.ReplayProducer;
import io.azimuth.connectors.kafka.ReplayReport;
import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.kafka.TopicAdmin;
import io.azimuth.connectors.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes a drive's sweeps. */
@Command(
        name = "replay",
        description = "Publish a drive's sweeps to a broker with their original spacing.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PATH", description = "Folder of a drive.")
    private Path path = Path.of(".");

    @Option(names = "--brokers", required = true, paramLabel = "HOST:PORT", description = "Kafka.")
    private String brokers = "";

    @Option(names = "--rate", description = "1 as recorded (default), 4 four times as fast, max.")
    private String rate = "1";

    @Option(names = "--create-topics", description = "Make the lidar.* topics if missing.")
    private boolean createTopics;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Talk talk = new Talk(spec);
        try (Drive drive = Drives.open(path)) {
            talk.note("note: " + drive.info().summary());
            List<String> sensors =
                    drive.info().sensors().stream().map(DriveSensor::sensorId).toList();
            Brokers.requireReachable(brokers);
            if (createTopics) {
                try (TopicAdmin admin = new TopicAdmin(brokers)) {
                    admin.createTopics(sensors.size(), true);
                }
            }
            ReplayOptions options = ReplayOptions.fastest(sensors).withRate(Rate.parse(rate));
            try (ReplayProducer producer =
                    new ReplayProducer(brokers, Topics.SWEEPS, TimeSource.SYSTEM)) {
                ReplayReport sent =
                        producer.replay(new DriveSource(drive), options, ReplayProducer.Gate.OPEN);
                talk.note(
                        "%d sweeps sent, %d of them unreadable, %.1f MB, at most %.0f ms late"
                                .formatted(
                                        sent.sent().size(),
                                        sent.unreadable(),
                                        1e-6 * sent.bytes(),
                                        1e-6 * sent.worstLatenessNanos()));
                return sent.unreadable() == 0 ? 0 : ExitCode.PARTIAL.number();
            }
        }
    }
}
