package io.azimuth.jobs.cli;

import io.azimuth.connectors.kafka.TopicRecord;
import io.azimuth.connectors.wire.SweepHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A fingerprint of a result topic: SHA-256 over the values of each key in their order, keys in
 * theirs. Two runs with the same input and configuration have the same one, whatever their
 * parallelism and rate. A record that came twice (same event id) counts once. Not thread-safe.
 */
final class TopicDigest {
    private final SortedMap<String, MessageDigest> byKey = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();

    void take(TopicRecord record) {
        SweepHeaders headers = record.sweepHeaders();
        if (headers != null && !seen.add(headers.origin().eventId())) {
            return;
        }
        MessageDigest digest = byKey.computeIfAbsent(record.key(), k -> sha256());
        digest.update(
                HexFormat.of()
                        .toHexDigits(record.value().length)
                        .getBytes(StandardCharsets.US_ASCII));
        digest.update(record.value());
    }

    /** 64 hexadecimal digits. */
    String hex() {
        MessageDigest all = sha256();
        byKey.forEach(
                (key, digest) -> {
                    all.update(key.getBytes(StandardCharsets.UTF_8));
                    all.update((byte) 0);
                    all.update(cloned(digest).digest());
                });
        return HexFormat.of().formatHex(all.digest());
    }

    private static MessageDigest cloned(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
