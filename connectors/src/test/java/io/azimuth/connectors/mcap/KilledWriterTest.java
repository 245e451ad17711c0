package io.azimuth.connectors.mcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A recorder that dies without a chance to say goodbye. */
class KilledWriterTest {
    private static final int KILLS = 3;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(McapCompression.class)
    void leavesAFileThatIsReadableToItsLastWholeChunk(McapCompression compression)
            throws IOException, InterruptedException {
        SplittableRandom rnd = new SplittableRandom(compression.ordinal());
        for (int kill = 0; kill < KILLS; kill++) {
            Path file = folder.resolve("killed-" + kill + ".mcap");
            killWhenLongerThan(rnd.nextInt(100, 400_000), file, compression);
            Path recovered = folder.resolve("recovered-" + kill + ".mcap");

            try (McapReader reader = McapReader.open(file)) {
                long messages = reader.messageCount();
                McapDamage damage = reader.damage();
                assertThat(damage).isNotNull();
                assertThat(damage.bytesLost()).isLessThanOrEqualTo(70_000);
                assertUnbroken(reader, messages);
                McapRecovery.Result result = McapRecovery.recover(file, recovered, compression);
                assertThat(result.messages()).isEqualTo(messages);
            }
            try (McapReader reader = McapReader.open(recovered)) {
                assertThat(reader.damage()).isNull();
                assertThat(reader.indexed()).isTrue();
            }
        }
    }

    /** From the first message on, none is missing. */
    private static void assertUnbroken(McapReader reader, long messages) {
        Iterator<McapMessage> all = reader.messages();
        for (int i = 0; i < messages; i++) {
            McapMessage message = all.next();
            assertThat(message.sequence()).isEqualTo(i);
            assertThat(message.data()[500]).isEqualTo((byte) i);
        }
        assertThat(all.hasNext()).isFalse();
    }

    private void killWhenLongerThan(long bytes, Path file, McapCompression compression)
            throws IOException, InterruptedException {
        Process recorder =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx64m",
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        RecorderMain.class.getName(),
                                        file.toString(),
                                        compression.name()))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log.txt").toFile())
                        .start();
        try {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (!Files.exists(file) || Files.size(file) < bytes) {
                assertThat(recorder.isAlive())
                        .as(Files.readString(folder.resolve("log.txt")))
                        .isTrue();
                assertThat(System.nanoTime()).isLessThan(deadline);
                LockSupport.parkNanos(100_000);
            }
        } finally {
            recorder.toHandle().destroyForcibly();
            recorder.waitFor();
        }
    }
}
