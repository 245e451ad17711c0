package io.azimuth.jobs.cli;

import io.azimuth.connectors.kafka.TopicReader;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.jobs.pipeline.DeadLetters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Says why sweeps of a run are dead. */
final class DeadSweeps {
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final int QUOTED = 10;

    private DeadSweeps() {}

    /** A line for each of the first letters: file, place and remedy stand in it. */
    static void sayWhy(String bootstrapServers, boolean readCommitted, Talk talk) {
        List<String> reasons = new ArrayList<>();
        try (TopicReader reader =
                new TopicReader(bootstrapServers, Topics.DEAD_LETTERS, readCommitted)) {
            reader.readToEnd(
                    DEADLINE, letter -> reasons.add(DeadLetters.reasonOf(letter.headers())));
        }
        reasons.stream().limit(QUOTED).forEach(reason -> talk.note("dead: " + reason));
        if (reasons.size() > QUOTED) {
            talk.note("dead: and %d more".formatted(reasons.size() - QUOTED));
        }
    }
}
