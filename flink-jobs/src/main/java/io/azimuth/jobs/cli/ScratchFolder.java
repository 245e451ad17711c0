package io.azimuth.jobs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder that is gone after use, also when the command is interrupted. */
final class ScratchFolder implements AutoCloseable {
    private final Path path;
    private final Thread atExit = new Thread(this::deleteQuietly, "scratch-folder");

    ScratchFolder(String prefix) throws IOException {
        this.path = Files.createTempDirectory(prefix);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the process is ending: the hook runs, and finds nothing
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(path)) {
            for (Path p : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        }
    }

    /** A broker that is just ending may still write: what is left then is the system's to clear. */
    private void deleteQuietly() {
        try {
            delete();
        } catch (IOException | UncheckedIOException e) {
            return;
        }
    }
}
