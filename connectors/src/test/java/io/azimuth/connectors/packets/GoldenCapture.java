package io.azimuth.connectors.packets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Captures and their points as {@code golden/packets/make.py} made them. */
final class GoldenCapture {
    /** Sweep, x, y, z, intensity, ring, time. */
    record Row(int sweep, double x, double y, double z, double intensity, int ring, long nanos) {}

    private GoldenCapture() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = GoldenCapture.class.getResourceAsStream("/golden/packets/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /** Copies a capture, and its metadata if it has any, into a folder. */
    static Path copy(String name, Path folder) throws IOException {
        String stem = name.substring(0, name.indexOf('.'));
        if (GoldenCapture.class.getResource("/golden/packets/" + stem + ".json") != null) {
            Files.write(folder.resolve(stem + ".json"), bytes(stem + ".json"));
        }
        return Files.write(folder.resolve(name), bytes(name));
    }

    static List<Row> rows(String name) throws IOException {
        List<Row> out = new ArrayList<>();
        String stem = name.substring(0, name.indexOf('.'));
        for (String line : new String(bytes(stem + ".csv"), StandardCharsets.UTF_8).split("\n")) {
            String[] f = line.split(",");
            out.add(
                    new Row(
                            Integer.parseInt(f[0]),
                            Double.parseDouble(f[1]),
                            Double.parseDouble(f[2]),
                            Double.parseDouble(f[3]),
                            Double.parseDouble(f[4]),
                            Integer.parseInt(f[5]),
                            Long.parseLong(f[6])));
        }
        return out;
    }
}
