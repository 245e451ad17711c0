package io.azimuth.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanBrokerIT {
    @TempDir private Path folder;

    @Test
    void brokerDiesWithTheProcessThatStartedIt() throws Exception {
        Process owner = owner();
        try (BufferedReader said = owner.inputReader(StandardCharsets.UTF_8)) {
            String line = said.readLine();
            assertThat(line).as(log()).isNotNull().matches("127\\.0\\.0\\.1:\\d+ \\d+");
            int port = Integer.parseInt(line.substring(line.indexOf(':') + 1, line.indexOf(' ')));
            ProcessHandle broker =
                    ProcessHandle.of(Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                            .orElseThrow();
            assertThat(broker.isAlive()).isTrue();

            owner.destroyForcibly().waitFor(); // SIGKILL: no shutdown hook runs

            broker.onExit().get(5, TimeUnit.SECONDS);
            assertThatCode(() -> bind(port)).as("the port is free").doesNotThrowAnyException();
        } finally {
            owner.destroyForcibly().waitFor();
        }
    }

    @Test
    void brokerThatCannotStartSaysWhy() {
        assertThatThrownBy(
                        () ->
                                EmbeddedBroker.start(
                                        folder.resolve("bad"),
                                        Map.of("num.io.threads", "none"),
                                        Duration.ofSeconds(30)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("before it was ready")
                .hasMessageContaining("num.io.threads");
    }

    private Process owner() throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-D"
                                        + EmbeddedBroker.LIB_PROPERTY
                                        + "="
                                        + System.getProperty(EmbeddedBroker.LIB_PROPERTY),
                                "-cp",
                                System.getProperty("java.class.path"),
                                OwnerMain.class.getName(),
                                folder.resolve("owned").toString()))
                .redirectError(folder.resolve("owner.log").toFile())
                .start();
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("owner.log"));
    }

    private static void bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
        }
    }
}
