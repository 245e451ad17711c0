package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of one bundle, each read once: what was hashed is what is used. No link is followed and
 * nothing outside the folder is opened.
 */
final class BundleFolder {
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

    boolean has(String name) {
        return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** The whole file, if it is a plain one of at most {@code maxBytes}. */
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

    /** Reads a file and holds it against what the manifest says of it. */
    byte[] readVerified(String name, String sha256, long bytes) throws IOException {
        requirePlain(folder.resolve(name).normalize());
        long size = has(name) ? Files.size(folder.resolve(name)) : bytes;
        if (size != bytes) {
            throw new ModelRejected(
                    Code.HASH,
                    "%s has %d bytes, the manifest says %d".formatted(name, size, bytes));
        }
        byte[] data = read(name, bytes);
        String found = sha256(data);
        if (!found.equals(sha256)) {
            throw new ModelRejected(
                    Code.HASH,
                    "%s has sha256 %s, the manifest says %s".formatted(name, found, sha256));
        }
        return data;
    }

    /** Refuses links and files that nobody listed. */
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

    static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
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
