package io.azimuth.connectors.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A data set on disk: {@code options.json} (what it is made from), the shards, then {@code
 * histograms.json} and, last, {@code manifest.json}. Shards are made by several workers; their
 * bytes do not depend on that. A run continues one that was interrupted.
 */
final class DatasetFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Makes shards; called from several threads at once. */
    interface Maker {
        /** Writes the shard's files into a folder; returns what its sidecar says beside them. */
        ObjectNode make(int shard, Path folder, List<Histogram> counts) throws IOException;

        /** Empty histograms. */
        List<Histogram> histograms();
    }

    private final Path root;
    private final int count;
    private final int shardSize;

    DatasetFolder(Path root, int count, int shardSize) {
        this.root = root;
        this.count = count;
        this.shardSize = shardSize;
    }

    int shards() {
        return (count + shardSize - 1) / shardSize;
    }

    /** Items of a shard: the last one may have less. */
    int items(int shard) {
        return Math.min(shardSize, count - shard * shardSize);
    }

    /**
     * Takes the folder for a data set made from these options.
     *
     * @throws FileAlreadyExistsException if something else is in the folder
     * @throws IllegalArgumentException if a data set of other options is in the folder
     */
    void open(ObjectNode options) throws IOException {
        Files.createDirectories(root);
        Path file = root.resolve("options.json");
        if (Files.isRegularFile(file)) {
            JsonNode found = JSON.readTree(Files.readAllBytes(file));
            // through text: a long that fits an int is read back as an int
            if (!JSON.readTree(options.toString()).equals(found)) {
                throw new IllegalArgumentException(
                        "%s holds a data set of other options or of another simulator: found %s, expected %s; name another folder"
                                .formatted(root, found, options));
            }
            return;
        }
        try (Stream<Path> entries = Files.list(root)) {
            if (entries.anyMatch(p -> !p.getFileName().toString().startsWith("options.json"))) {
                throw new FileAlreadyExistsException(
                        root.toString(), null, "the folder is not empty and has no options.json");
            }
        }
        ShardFolder.write(file, options);
    }

    /** Makes what is missing, and returns the sidecars of all shards in order. */
    List<ObjectNode> make(Maker maker, int workers, Consumer<String> progress, int[] made)
            throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<@Nullable ObjectNode>> checks = new ArrayList<>();
            for (int s = 0; s < shards(); s++) {
                int shard = s;
                checks.add(pool.submit(() -> new ShardFolder(root, shard).verified(items(shard))));
            }
            List<Future<ObjectNode>> makes = new ArrayList<>();
            List<@Nullable ObjectNode> sidecars = new ArrayList<>();
            for (int s = 0; s < checks.size(); s++) {
                int shard = s;
                ObjectNode there = result(checks.get(s));
                sidecars.add(there);
                if (there == null) {
                    makes.add(pool.submit(() -> one(shard, maker)));
                }
            }
            return collect(sidecars, makes, progress, made);
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<ObjectNode> collect(
            List<@Nullable ObjectNode> there,
            List<Future<ObjectNode>> makes,
            Consumer<String> progress,
            int[] made)
            throws IOException, InterruptedException {
        List<ObjectNode> out = new ArrayList<>();
        for (int s = 0; s < there.size(); s++) {
            ObjectNode sidecar = there.get(s);
            if (sidecar == null) {
                sidecar = result(makes.get(made[0]++));
                progress.accept(
                        "%s: %d of %d shards made"
                                .formatted(ShardFolder.name(s), made[0], makes.size()));
            }
            out.add(sidecar);
        }
        return out;
    }

    private ObjectNode one(int shard, Maker maker) throws IOException {
        ShardFolder folder = new ShardFolder(root, shard);
        List<Histogram> counts = maker.histograms();
        ObjectNode notes = maker.make(shard, folder.begin(), counts);
        notes.set("histograms", json(counts, false));
        return folder.commit(notes, items(shard));
    }

    private static <T extends @Nullable Object> T result(Future<T> future)
            throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Adds the shards' counts up, and writes histograms and manifest. */
    List<Histogram> finish(List<ObjectNode> sidecars, Maker maker, ObjectNode manifest)
            throws IOException {
        // what a larger data set left behind is not part of this one
        for (int s = shards(); Files.exists(root.resolve(ShardFolder.name(s))); s++) {
            ShardFolder.remove(root.resolve(ShardFolder.name(s)));
        }
        List<Histogram> sums = maker.histograms();
        ArrayNode shards = manifest.putArray("shards");
        for (int s = 0; s < sidecars.size(); s++) {
            ObjectNode sidecar = sidecars.get(s);
            for (Histogram sum : sums) {
                add(sidecar.path("histograms").path(sum.name()), sum);
            }
            ObjectNode entry = shards.addObject().put("name", ShardFolder.name(s));
            ObjectNode rest = sidecar.deepCopy();
            rest.remove(List.of("histograms", "schemaVersion", "rows"));
            entry.setAll(rest);
        }
        ShardFolder.write(root.resolve("histograms.json"), json(sums, true));
        ShardFolder.write(root.resolve("manifest.json"), manifest);
        return sums;
    }

    private static void add(JsonNode groups, Histogram sum) {
        for (Map.Entry<String, JsonNode> e : groups.properties()) {
            for (int bin = 0; bin < e.getValue().size(); bin++) {
                sum.add(e.getKey(), bin, e.getValue().get(bin).asLong());
            }
        }
    }

    /** Counts alone, or (for people) with unit and edges. */
    private static ObjectNode json(List<Histogram> histograms, boolean whole) {
        ObjectNode out = JSON.createObjectNode();
        for (Histogram h : histograms) {
            ObjectNode node = out.putObject(h.name());
            ObjectNode counts = node;
            if (whole) {
                node.put("unit", h.unit());
                ArrayNode edges = node.putArray("edges");
                for (double edge : h.edges()) {
                    edges.add(edge);
                }
                counts = node.putObject("counts");
            }
            for (String group : h.groups()) {
                ArrayNode row = counts.putArray(group);
                for (long n : h.counts(group)) {
                    row.add(n);
                }
            }
        }
        return out;
    }
}
