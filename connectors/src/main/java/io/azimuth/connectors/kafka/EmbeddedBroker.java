package io.azimuth.connectors.kafka;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A Kafka broker of one's own in a child JVM, for one machine and for tests. The child ends when
 * this process ends, however that happens. Thread-safe.
 *
 * <p>Needs the system property {@value #LIB_PROPERTY}: a folder with the broker's jars, which stay
 * off this JVM's class path. {@value #CLASSES_PROPERTY} names the folder or jar with {@link
 * BrokerMain} where that is not the one this class was loaded from.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** Folder with all jars of {@code org.apache.kafka:kafka_2.13} and its dependencies. */
    public static final String LIB_PROPERTY = "azimuth.broker.lib";

    /** Optional: folder or jar that holds {@link BrokerMain}. */
    public static final String CLASSES_PROPERTY = "azimuth.broker.classes";

    private static final int ATTEMPTS = 3;
    private static final int QUOTED_LINES = 15;
    private static final long POLL_MILLIS = 50;

    private final Process process;
    private final String bootstrapServers;
    private final Path logFile;

    private EmbeddedBroker(Process process, int port, Path logFile) {
        this.process = process;
        this.bootstrapServers = "127.0.0.1:" + port;
        this.logFile = logFile;
    }

    /** Starts a broker that keeps its data in {@code dataDir} and waits until it answers. */
    public static EmbeddedBroker start(Path dataDir) throws IOException, InterruptedException {
        return start(dataDir, Map.of(), Duration.ofSeconds(90));
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @param dataDir made if absent; data of an earlier broker are taken up
     * @param overrides broker properties on top of ours
     * @throws IOException if it did not start within {@code deadline}; quotes its last log lines
     */
    public static EmbeddedBroker start(
            Path dataDir, Map<String, String> overrides, Duration deadline)
            throws IOException, InterruptedException {
        String classPath = classPath();
        Files.createDirectories(dataDir);
        for (int attempt = 1; ; attempt++) {
            int[] ports = freePorts();
            EmbeddedBroker broker = launch(dataDir.toAbsolutePath(), classPath, ports, overrides);
            try {
                broker.awaitReady(ports[0], deadline);
                return broker;
            } catch (IOException | InterruptedException | RuntimeException e) {
                boolean portLost = broker.logTail().contains("Address already in use");
                broker.close();
                // between our look and the broker's bind someone else may take a port
                if (!(portLost && attempt < ATTEMPTS && e instanceof IOException)) {
                    throw e;
                }
            }
        }
    }

    /** {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** What the broker itself logs. */
    public Path logFile() {
        return logFile;
    }

    /** Process id of the child. */
    public long pid() {
        return process.pid();
    }

    /** Kills the broker and waits until it is gone. Its data stay. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static EmbeddedBroker launch(
            Path dataDir, String classPath, int[] ports, Map<String, String> overrides)
            throws IOException {
        Path properties = dataDir.resolve("server.properties");
        Files.writeString(properties, BrokerProperties.text(dataDir, ports, overrides));
        Path log = dataDir.resolve("broker.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dlog4j2.level=WARN"));
        command.addAll(List.of("-cp", classPath, BrokerMain.class.getName()));
        command.add(properties.toString());
        Process process =
                new ProcessBuilder(command)
                        .directory(dataDir.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new EmbeddedBroker(process, ports[0], log);
    }

    private static String classPath() throws IOException {
        String lib = System.getProperty(LIB_PROPERTY);
        if (lib == null || !Files.isDirectory(Path.of(lib))) {
            throw new IOException(
                    "broker: system property %s is %s, expected a folder with the broker's jars; build the module connectors, which fills target/broker-lib"
                            .formatted(LIB_PROPERTY, lib));
        }
        return Path.of(lib).toAbsolutePath().resolve("*") + File.pathSeparator + ownClasses();
    }

    private static String ownClasses() {
        String given = System.getProperty(CLASSES_PROPERTY);
        if (given != null) {
            return given;
        }
        try {
            return Path.of(
                            BrokerMain.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("code source of BrokerMain is no URI", e);
        }
    }

    private static int[] freePorts() throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket a = new ServerSocket(0, 1, loopback);
                ServerSocket b = new ServerSocket(0, 1, loopback)) {
            return new int[] {a.getLocalPort(), b.getLocalPort()};
        }
    }

    private void awaitReady(int port, Duration deadline) throws IOException, InterruptedException {
        long end = TimeSource.SYSTEM.monotonicNanos() + deadline.toNanos();
        // the admin client logs a warning per refused connection: knock first
        while (!accepts(port)) {
            pauseOrFail(end, deadline);
        }
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            while (!answers(admin)) {
                pauseOrFail(end, deadline);
            }
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean answers(Admin admin) throws InterruptedException {
        try {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false; // not ready yet; the deadline decides
        }
    }

    private void pauseOrFail(long end, Duration deadline) throws IOException, InterruptedException {
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IOException(
                    "broker in %s ended with exit code %d before it was ready; its last lines:%n%s"
                            .formatted(logFile.getParent(), process.exitValue(), logTail()));
        }
        if (TimeSource.SYSTEM.monotonicNanos() > end) {
            throw new IOException(
                    "broker in %s did not answer within %d s; its last lines:%n%s"
                            .formatted(logFile.getParent(), deadline.toSeconds(), logTail()));
        }
    }

    private String logTail() {
        try {
            byte[] all = Files.readAllBytes(logFile);
            List<String> lines = new String(all, StandardCharsets.UTF_8).lines().toList();
            return String.join(
                    System.lineSeparator(),
                    lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
