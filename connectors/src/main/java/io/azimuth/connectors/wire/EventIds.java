package io.azimuth.connectors.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Deterministic ids of events: the same input under the same models and configuration has the same
 * id on any restart or replay, so whoever stores results can drop repeated ones. Stateless,
 * thread-safe.
 */
public final class EventIds {
    /** Stage of a sweep as it enters; it has no model and no configuration. */
    public static final String SWEEP_STAGE = "sweep";

    private static final int ID_BYTES = 16;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private EventIds() {}

    /** Id of the sweep itself. */
    public static String sweep(String driveId, String sensorId, long seq) {
        return of(driveId, sensorId, seq, SWEEP_STAGE, "", "");
    }

    /**
     * Id of what {@code stage} made of a sweep: base32 (RFC 4648, lower case, unpadded) of the
     * first 16 bytes of SHA-256 over the parts, each preceded by its length, so that no two lists
     * of parts give the same bytes.
     *
     * @param modelDigest of the network that took part, empty if none did
     * @param configDigest of the effective configuration
     * @return 26 characters
     */
    public static String of(
            String driveId,
            String sensorId,
            long seq,
            String stage,
            String modelDigest,
            String configDigest) {
        MessageDigest sha = sha256();
        update(sha, driveId);
        update(sha, sensorId);
        sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seq));
        update(sha, stage);
        update(sha, modelDigest);
        update(sha, configDigest);
        return base32(sha.digest());
    }

    private static void update(MessageDigest sha, String part) {
        byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, utf8.length));
        sha.update(utf8);
    }

    private static String base32(byte[] digest) {
        StringBuilder out = new StringBuilder(26);
        int bits = 0;
        int held = 0;
        for (int i = 0; i < ID_BYTES; i++) {
            held = (held << 8 | digest[i] & 0xff) & 0xfff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                out.append(ALPHABET.charAt(held >> bits & 31));
            }
        }
        return out.append(ALPHABET.charAt(held << 5 - bits & 31)).toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
