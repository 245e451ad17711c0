package io.azimuth.jobs.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** What {@code eval detect --json} prints: {@code docs/schema/eval-detection-v1.json}. */
final class DetectionJson {
    static final int SCHEMA_VERSION = 1;

    private DetectionJson() {}

    static String of(String benchmark, SortedMap<String, Double> figures) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("schemaVersion", SCHEMA_VERSION);
        out.put("benchmark", benchmark);
        figures.forEach((k, v) -> out.put(k, Double.isFinite(v) ? v : Json.NULL));
        return Json.text(out);
    }
}
