package io.azimuth.connectors.dataset;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Joins the shards of a crop set to the files that are read: one of each kind. */
final class CropMerge {
    private static final String PART = ".part";

    private CropMerge() {}

    /** Writes the joined files into the set's folder; what was there is replaced. */
    static void write(Path root, int shards) throws IOException {
        join(root, shards, "points.npy", "'<f4'", "3", 12);
        join(root, shards, "sensor.npy", "'<f4'", "3", 12);
        join(root, shards, "label.npy", "'<i8'", "", 8);
        join(root, shards, "heading.npy", "'<f4'", "", 4);
        join(root, shards, "group.npy", "'<i8'", "", 8);
        joinOffsets(root, shards);
        Path part = root.resolve(CropFiles.TABLE + PART);
        try (BufferedWriter table = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            table.write(CropFiles.HEADER + "\n");
            for (int s = 0; s < shards; s++) {
                table.write(Files.readString(shard(root, s).resolve(CropFiles.TABLE)));
            }
        }
        settle(root, CropFiles.TABLE);
        CropFiles.writeClasses(root);
    }

    private static Path shard(Path root, int s) {
        return root.resolve(ShardFolder.name(s));
    }

    private static void settle(Path root, String name) throws IOException {
        Files.move(
                root.resolve(name + PART),
                root.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** What follows the header of a file that {@link NpyFile} wrote. */
    private static ByteBuffer body(Path file) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        return all.position(10 + all.getShort(8)).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void join(
            Path root, int shards, String name, String descr, String shape, int rowBytes)
            throws IOException {
        Path part = root.resolve(name + PART);
        Files.deleteIfExists(part);
        try (NpyFile out = new NpyFile(part, descr, shape, rowBytes)) {
            byte[] row = new byte[rowBytes];
            for (int s = 0; s < shards; s++) {
                ByteBuffer rows = body(shard(root, s).resolve(name));
                while (rows.hasRemaining()) {
                    rows.get(row);
                    out.row().put(row);
                }
            }
        }
        settle(root, name);
    }

    private static void joinOffsets(Path root, int shards) throws IOException {
        String name = "offsets.npy";
        Path part = root.resolve(name + PART);
        Files.deleteIfExists(part);
        try (NpyFile out = new NpyFile(part, "'<i8'", "", 8)) {
            out.row().putLong(0);
            long base = 0;
            for (int s = 0; s < shards; s++) {
                ByteBuffer rows = body(shard(root, s).resolve(name));
                long last = rows.getLong(); // 0
                while (rows.hasRemaining()) {
                    last = rows.getLong();
                    out.row().putLong(base + last);
                }
                base += last;
            }
        }
        settle(root, name);
    }
}
