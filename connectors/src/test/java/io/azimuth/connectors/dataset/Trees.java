package io.azimuth.connectors.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Folders compared by what is in them. */
final class Trees {
    private Trees() {}

    /** SHA-256 of every file by its relative name. */
    static SortedMap<String, String> digests(Path root) throws IOException {
        SortedMap<String, String> out = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path p : walk.filter(Files::isRegularFile).toList()) {
                out.put(root.relativize(p).toString(), ShardFolder.sha256(p));
            }
        }
        return out;
    }
}
