package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of one bundle, each read once: what was hashed is what is used. No link is followed and
 * nothing outside the folder is opened.
 */
final class BundleFolder extends BundleFiles {
    private static final int MAX_FILES = 1000;

    private final Path folder;

    private BundleFolder(Path folder) {
        this.folder = folder;
    }

    static BundleFolder open(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new ModelRejected(
                    Code.NOT_A_BUNDLE,
                    path + ": no folder; a bundle is a folder with manifest.json");
        }
        return new BundleFolder(path.toRealPath());
    }

    @Override
    boolean has(String name) {
        return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    long size(String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        requirePlain(file);
        return Files.size(file);
    }

    @Override
    byte[] read(String name, long maxBytes) throws IOException {
        Path file = folder.resolve(name).normalize();
        requirePlain(file);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ModelRejected(Code.FILES, file + ": listed in the manifest, but not there");
        }
        long size = Files.size(file);
        if (size > maxBytes) {
            throw new ModelRejected(
                    Code.TOO_LARGE,
                    "%s has %d bytes, accepted up to %d".formatted(file, size, maxBytes));
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes((int) size);
        }
    }

    /** Refuses links and files that nobody listed. */
    @Override
    void requireOnly(Set<String> listed) throws IOException {
        List<Path> found;
        try (Stream<Path> walk = Files.walk(folder, 4)) {
            found = walk.limit(MAX_FILES).sorted().toList();
        }
        for (Path path : found) {
            if (path.equals(folder)) {
                continue;
            }
            String name = folder.relativize(path).toString().replace('\\', '/');
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            requirePlain(path);
            if (!listed.contains(name)) {
                throw new ModelRejected(
                        Code.FILES,
                        name
                                + " is not listed in the manifest; list it under 'files' or remove it");
            }
        }
    }

    private void requirePlain(Path file) {
        Path at = folder;
        if (!file.startsWith(folder)) {
            throw new ModelRejected(Code.FILES, file + " lies outside the bundle");
        }
        for (Path step : folder.relativize(file)) {
            at = at.resolve(step);
            if (Files.isSymbolicLink(at)) {
                throw new ModelRejected(Code.FILES, at + " is a link; a bundle holds plain files");
            }
        }
        boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        if (there && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ModelRejected(Code.FILES, file + " is no plain file");
        }
    }
}
