package io.azimuth.jobs.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody meant who mistyped a name. Stateless, thread-safe. */
public final class NearestKey {
    /** More edits than this are a different word. */
    static final int MAX_EDITS = 2;

    private NearestKey() {}

    /**
     * The known name nearest to {@code typed}: at most two edits away, else one that ends in the
     * same last part (section forgotten or mistaken), else null. Ties go to the first.
     */
    public static @Nullable String of(String typed, Collection<String> known) {
        String best = null;
        int bestEdits = MAX_EDITS + 1;
        for (String candidate : known) {
            int edits = edits(typed.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (edits < bestEdits) {
                best = candidate;
                bestEdits = edits;
            }
        }
        if (best == null) {
            bestEdits = MAX_EDITS + 1;
            for (String candidate : known) {
                int edits = edits(last(typed), last(candidate));
                // a short name is within two edits of anything
                if (edits < bestEdits && edits * 3 < last(typed).length()) {
                    best = candidate;
                    bestEdits = edits;
                }
            }
        }
        return best;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's distance. */
    static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
