package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The files of one bundle, each read once: what was hashed is what is used. No link is followed and
 * nothing outside the bundle is opened.
 */
interface BundleFiles extends AutoCloseable {
    int MAX_FILES = 1000;

    /** The folder or the uncompressed tar archive at a path. */
    static BundleFiles open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new BundleFolder(path.toRealPath());
        }
        if (Files.isRegularFile(path)) {
            return BundleTar.open(path.toRealPath());
        }
        throw new ModelRejected(
                Code.NOT_A_BUNDLE,
                path + ": no folder and no tar archive; a bundle holds manifest.json");
    }

    boolean has(String name) throws IOException;

    /** Bytes of a file that is there. */
    long size(String name) throws IOException;

    /** The whole file, if it is a plain one of at most {@code maxBytes}. */
    byte[] read(String name, long maxBytes) throws IOException;

    /** Refuses links and files that nobody listed. */
    void requireOnly(Set<String> listed) throws IOException;

    @Override
    void close() throws IOException;

    /** Reads a file and holds it against what the manifest says of it. */
    default byte[] readVerified(String name, String sha256, long bytes) throws IOException {
        if (!has(name)) {
            throw new ModelRejected(Code.FILES, name + ": listed in the manifest, but not there");
        }
        long size = size(name);
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

    static ModelRejected notListed(String name) {
        return new ModelRejected(
                Code.FILES,
                name + " is not listed in the manifest; list it under 'files' or remove it");
    }

    static ModelRejected tooLarge(String name, long size, long maxBytes) {
        return new ModelRejected(
                Code.TOO_LARGE,
                "%s has %d bytes, accepted up to %d".formatted(name, size, maxBytes));
    }

    static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
