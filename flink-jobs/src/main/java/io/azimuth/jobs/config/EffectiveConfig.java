package io.azimuth.jobs.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A configuration and where each of its values came from. Immutable, thread-safe.
 *
 * @param values the tree
 * @param entries its values in the order of the keys
 */
public record EffectiveConfig(AzimuthConfig values, List<Entry> entries) {
    public EffectiveConfig {
        entries = List.copyOf(entries);
    }

    /**
     * One value.
     *
     * @param origin {@code default}, {@code file:line}, the environment variable or {@code --set}
     */
    public record Entry(Setting setting, @Nullable Object value, String origin) {
        /** The value as it stands in YAML. */
        public String text() {
            return SettingValues.yaml(value);
        }
    }

    /** The tree as YAML; read back it is equal. */
    public String toYaml() {
        return yaml(false, e -> true);
    }

    /** The tree as YAML with the origin of each value as a comment. */
    public String toYamlWithOrigins() {
        return yaml(true, e -> true);
    }

    /**
     * SHA-256 of the settings that can change a result, as 64 hexadecimal digits; equal for runs
     * that differ only in where and how fast they run.
     */
    public String digest() {
        String text =
                yaml(false, e -> AzimuthConfig.isResultRelevant(e.setting().path(), e.value()));
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private String yaml(boolean origins, Predicate<Entry> kept) {
        StringBuilder out = new StringBuilder();
        String[] open = {};
        for (Entry e : entries) {
            if (!kept.test(e)) {
                continue;
            }
            String[] parts = e.setting().path().split("\\.");
            int depth = parts.length - 1;
            int shared = 0;
            while (shared < Math.min(depth, open.length) && parts[shared].equals(open[shared])) {
                shared++;
            }
            for (int i = shared; i < depth; i++) {
                out.append("  ".repeat(i)).append(parts[i]).append(":\n");
            }
            String line = "  ".repeat(depth) + parts[depth] + ": " + e.text();
            out.append(origins ? "%-44s # %s".formatted(line, e.origin()) : line).append('\n');
            open = java.util.Arrays.copyOf(parts, depth);
        }
        return out.toString();
    }
}
