package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** The files of one bundle, wherever they stand; each is read once. */
abstract class BundleFiles {
    abstract boolean has(String name);

    /** Bytes of a file that is there. */
    abstract long size(String name) throws IOException;

    /** The whole file, if it is a plain one of at most {@code maxBytes}. */
    abstract byte[] read(String name, long maxBytes) throws IOException;

    /** Refuses files that nobody listed, where they can be found out. */
    abstract void requireOnly(Set<String> listed) throws IOException;

    /** Reads a file and holds it against what the manifest says of it. */
    byte[] readVerified(String name, String sha256, long bytes) throws IOException {
        long size = has(name) ? size(name) : bytes;
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

    static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
