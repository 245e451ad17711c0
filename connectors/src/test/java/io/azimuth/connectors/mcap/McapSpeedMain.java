package io.azimuth.connectors.mcap;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.SplittableRandom;

/**
 * Writes and reads 100 MB of clouds in every compression: {@code McapSpeedMain FOLDER}. Prints MB
 * of messages a second of CPU time, and the size of the file. A cloud is 60000 points of x, y, z
 * (int16 centimetres on slow curves with noise) and intensity: about as packable as a real sweep.
 */
final class McapSpeedMain {
    private static final int MESSAGES = 210;
    private static final int POINTS = 60_000;
    private static final int ROUNDS = 3;

    private McapSpeedMain() {}

    public static void main(String[] args) throws IOException {
        byte[][] clouds = new byte[8][];
        for (int i = 0; i < clouds.length; i++) {
            clouds[i] = cloud(new SplittableRandom(i));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (McapCompression compression : McapCompression.values()) {
                Path file = Path.of(args[0]).resolve("speed.mcap");
                Files.deleteIfExists(file);
                long start = cpuNanos();
                write(file, compression, clouds);
                long wrote = cpuNanos();
                long bytes = read(McapReader.open(file));
                long read = cpuNanos();
                read(McapReader.scan(file));
                long scanned = cpuNanos();
                System.out.printf(
                        "%-4s write %5.0f MB/s  read %5.0f MB/s  scan and read %5.0f MB/s  %.3f of %d bytes%n",
                        compression,
                        1e3 * bytes / (wrote - start),
                        1e3 * bytes / (read - wrote),
                        1e3 * bytes / (scanned - read),
                        (double) Files.size(file) / bytes,
                        bytes);
                Files.delete(file);
            }
        }
    }

    private static byte[] cloud(SplittableRandom rnd) {
        byte[] out = new byte[8 * POINTS];
        for (int i = 0; i < POINTS; i++) {
            double angle = 2 * Math.PI * i / POINTS * 64;
            double range = 1500 + 800 * Math.sin(3 * angle) + rnd.nextInt(-3, 4);
            put(out, 8 * i, (int) (range * Math.cos(angle)));
            put(out, 8 * i + 2, (int) (range * Math.sin(angle)));
            put(out, 8 * i + 4, i / 1000);
            put(out, 8 * i + 6, rnd.nextInt(40));
        }
        return out;
    }

    private static void put(byte[] out, int at, int value) {
        out[at] = (byte) value;
        out[at + 1] = (byte) (value >> 8);
    }

    private static void write(Path file, McapCompression compression, byte[][] clouds)
            throws IOException {
        try (McapWriter writer = McapWriter.create(file, McapWriterOptions.of(compression))) {
            McapChannel points = Recordings.channels(writer).get(0);
            for (int i = 0; i < MESSAGES; i++) {
                writer.write(points, 100_000_000L * i, clouds[i % clouds.length]);
            }
        }
    }

    private static long read(McapReader opened) throws IOException {
        long bytes = 0;
        try (McapReader reader = opened) {
            for (Iterator<McapMessage> all = reader.messages(); all.hasNext(); ) {
                bytes += all.next().data().length;
            }
        }
        return bytes;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
