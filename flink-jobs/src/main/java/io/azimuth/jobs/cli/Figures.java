package io.azimuth.jobs.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Named numbers for people and for programs. */
final class Figures {
    private Figures() {}

    /** One a line, aligned. */
    static String table(SortedMap<String, Double> figures) {
        int longest = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
        String form = "%-" + Math.max(28, longest) + "s %12.4f";
        return figures.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, form, e.getKey(), e.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** One object with {@code schemaVersion}; what is no number is null. */
    static String json(SortedMap<String, Double> figures) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("schemaVersion", 1);
        figures.forEach((k, v) -> out.put(k, Double.isFinite(v) ? v : Json.NULL));
        return Json.text(out);
    }
}
