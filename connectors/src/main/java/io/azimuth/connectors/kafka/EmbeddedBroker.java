package io.azimuth.connectors.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A Kafka broker of one's own in a child JVM, for one machine and for tests. Needs the system
 * property {@value #LIB_PROPERTY}: a folder with the broker's jars. Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** Folder with all jars of {@code org.apache.kafka:kafka_2.13} and its dependencies. */
    public static final String LIB_PROPERTY = "azimuth.broker.lib";

    private final String bootstrapServers;
    private final Path logFile;

    private EmbeddedBroker(String bootstrapServers, Path logFile) {
        this.bootstrapServers = bootstrapServers;
        this.logFile = logFile;
    }

    /** Starts a broker that keeps its data in {@code dataDir} and waits until it answers. */
    public static EmbeddedBroker start(Path dataDir) throws IOException, InterruptedException {
        return start(dataDir, Map.of(), Duration.ofSeconds(60));
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @param overrides broker properties on top of ours
     * @throws IOException if it did not start within {@code deadline}; quotes its last log lines
     */
    public static EmbeddedBroker start(
            Path dataDir, Map<String, String> overrides, Duration deadline)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** What the broker itself logs. */
    public Path logFile() {
        return logFile;
    }

    /** Kills the broker and waits until it is gone. Its data stay. */
    @Override
    public void close() {}
}
