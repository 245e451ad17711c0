package io.azimuth.jobs.cli;

import io.azimuth.connectors.kafka.TopicAdmin;
import io.azimuth.connectors.kafka.TopicReader;
import io.azimuth.connectors.kafka.TopicRecord;
import io.azimuth.connectors.wire.SweepHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at topics. */
@Command(
        name = "topic",
        description = "Look at the topics of a broker.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TopicCommand.ListTopics.class,
            TopicCommand.Hz.class,
            TopicCommand.Echo.class
        })
final class TopicCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "topic what? one of " + spec.subcommands().keySet());
    }

    /** Names, partitions, records. */
    @Command(
            name = "list",
            description = "Topics with their partitions and records.",
            mixinStandardHelpOptions = true)
    static final class ListTopics implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Option(names = "--brokers", required = true, paramLabel = "HOST:PORT")
        private String brokers = "";

        @Override
        public Integer call() throws InterruptedException {
            Brokers.requireReachable(brokers);
            Talk talk = new Talk(spec);
            try (TopicAdmin admin = new TopicAdmin(brokers)) {
                for (String topic : admin.list()) {
                    Map<Integer, Long> ends = admin.endOffsets(topic);
                    Map<Integer, Long> begins = admin.beginningOffsets(topic);
                    long records = 0;
                    for (Map.Entry<Integer, Long> end : ends.entrySet()) {
                        records += end.getValue() - begins.getOrDefault(end.getKey(), 0L);
                    }
                    talk.data(
                            "%-24s %3d partitions %9d records"
                                    .formatted(topic, ends.size(), records));
                }
            }
            return 0;
        }
    }

    /** Records a second. */
    @Command(
            name = "hz",
            description = "Records a second by key, from what the topic holds (broker's stamps).",
            mixinStandardHelpOptions = true)
    static final class Hz implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "TOPIC")
        private String topic = "";

        @Option(names = "--brokers", required = true, paramLabel = "HOST:PORT")
        private String brokers = "";

        @Override
        public Integer call() throws InterruptedException {
            Brokers.requireReachable(brokers);
            Map<String, long[]> spans = new TreeMap<>(); // first, last, count
            read(
                    brokers,
                    topic,
                    record -> {
                        long[] span =
                                spans.computeIfAbsent(
                                        record.key(),
                                        k -> new long[] {record.timestampMillis(), 0, 0});
                        span[1] = record.timestampMillis();
                        span[2]++;
                        return true;
                    });
            Talk talk = new Talk(spec);
            spans.forEach(
                    (key, s) ->
                            talk.data(
                                    "%-24s %8.2f Hz, %d records"
                                            .formatted(
                                                    key,
                                                    1000.0 * (s[2] - 1) / Math.max(1, s[1] - s[0]),
                                                    s[2])));
            return 0;
        }
    }

    /** What stands in a topic. */
    @Command(
            name = "echo",
            description = "One line a record: partition, offset, key, type, id, bytes.",
            mixinStandardHelpOptions = true)
    static final class Echo implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "TOPIC")
        private String topic = "";

        @Option(names = "--brokers", required = true, paramLabel = "HOST:PORT")
        private String brokers = "";

        @Option(names = "--count", description = "Records to print (default 20).")
        private int count = 20;

        @Override
        public Integer call() throws InterruptedException {
            Numbers.requireAtLeast("--count", count, 1);
            Brokers.requireReachable(brokers);
            Talk talk = new Talk(spec);
            int[] left = {count};
            read(brokers, topic, record -> left[0]-- > 0 && talk.data(line(record)) && left[0] > 0);
            return 0;
        }

        private static String line(TopicRecord record) {
            SweepHeaders headers = record.sweepHeaders();
            return "{\"schemaVersion\":1,\"partition\":%d,\"offset\":%d,\"key\":\"%s\",\"type\":\"%s\",\"id\":\"%s\",\"seq\":%d,\"bytes\":%d}"
                    .formatted(
                            record.partition(),
                            record.offset(),
                            record.key().replace("\\", "\\\\").replace("\"", "\\\""),
                            headers == null ? "" : headers.type(),
                            headers == null ? "" : headers.origin().eventId(),
                            headers == null ? -1 : headers.origin().seq(),
                            record.value().length);
        }
    }

    /** Takes records until it answers false. */
    private interface Taker {
        boolean take(TopicRecord record);
    }

    private static void read(String brokers, String topic, Taker taker) {
        try (TopicReader reader = new TopicReader(brokers, topic, false)) {
            boolean[] more = {true};
            reader.readToEnd(
                    Duration.ofMinutes(2), record -> more[0] = more[0] && taker.take(record));
        } catch (IllegalStateException e) {
            throw new CommandFailure(ExitCode.OUTSIDE, String.valueOf(e.getMessage()));
        }
    }
}
