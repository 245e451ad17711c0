package io.azimuth.connectors.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One shard on disk: a folder with files and the sidecar {@code shard.json} (sizes, SHA-256 and
 * what the maker noted). It is written under a temporary name and renamed when whole, so a folder
 * of the right name is complete unless someone touched it, which the sidecar tells.
 */
final class ShardFolder {
    static final String SIDECAR = "shard.json";
    private static final String UNFINISHED = ".part";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    ShardFolder(Path root, int shard) {
        folder = root.resolve(name(shard));
    }

    static String name(int shard) {
        return "shard-%05d".formatted(shard);
    }

    /** The sidecar of a whole shard of so many items; null if it must be made (again). */
    @Nullable ObjectNode verified(int items) throws IOException {
        Path sidecar = folder.resolve(SIDECAR);
        if (!Files.isRegularFile(sidecar)) {
            return null;
        }
        try {
            if (JSON.readTree(Files.readAllBytes(sidecar)) instanceof ObjectNode node
                    && node.path("items").asInt(-1) == items
                    && filesAre(node.path("files"))) {
                return node;
            }
        } catch (JsonProcessingException e) {
            return null;
        }
        return null;
    }

    private boolean filesAre(JsonNode files) throws IOException {
        for (Map.Entry<String, JsonNode> e : files.properties()) {
            Path file = folder.resolve(e.getKey());
            if (!Files.isRegularFile(file)
                    || Files.size(file) != e.getValue().path("bytes").asLong(-1)
                    || !sha256(file).equals(e.getValue().path("sha256").asText())) {
                return false;
            }
        }
        return files.size() > 0;
    }

    /** An empty folder to write into; what an interrupted run left is removed. */
    Path begin() throws IOException {
        Path part = part();
        remove(part);
        return Files.createDirectories(part);
    }

    /** Adds the sidecar and makes the folder's name final. */
    ObjectNode commit(ObjectNode notes, int items) throws IOException {
        Path part = part();
        ObjectNode files = JSON.createObjectNode();
        for (Map.Entry<String, Path> e : filesIn(part).entrySet()) {
            ObjectNode file = files.putObject(e.getKey());
            file.put("bytes", Files.size(e.getValue()));
            file.put("sha256", sha256(e.getValue()));
        }
        ObjectNode sidecar = JSON.createObjectNode();
        sidecar.put("schemaVersion", 1);
        sidecar.put("items", items);
        sidecar.setAll(notes);
        sidecar.set("files", files);
        write(part.resolve(SIDECAR), sidecar);
        remove(folder);
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        return sidecar;
    }

    private Path part() {
        return folder.resolveSibling(folder.getFileName() + UNFINISHED);
    }

    static void write(Path file, ObjectNode json) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.write(part, (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static TreeMap<String, Path> filesIn(Path folder) throws IOException {
        TreeMap<String, Path> out = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.forEach(p -> out.put(p.getFileName().toString(), p));
        }
        return out;
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            while (in.read(buffer) >= 0) {
                // the digest takes it in passing
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(tree)) {
            walk.forEach(all::add);
        }
        all.sort(Comparator.reverseOrder());
        for (Path p : all) {
            Files.delete(p);
        }
    }
}
