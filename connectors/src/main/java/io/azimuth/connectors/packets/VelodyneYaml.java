package io.azimuth.connectors.packets;

import io.azimuth.connectors.packets.VelodyneCalibration.Raw;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what calibrations of the ROS driver have of YAML: a list of maps of numbers under {@code
 * lasers}, in block or flow style, and numbers at the top. Anything else in the file is passed
 * over. Used once a file.
 */
final class VelodyneYaml {
    private static final String RESOLUTION = "distance_resolution";
    private static final int MOST_ENTRIES = 1024;

    private final String file;
    private final List<Map<String, Double>> entries = new ArrayList<>();
    private final Map<String, Double> top = new TreeMap<>();
    private Map<String, Double> current = top;
    private int depth;
    private int line;

    private VelodyneYaml(String file) {
        this.file = file;
    }

    static Raw parse(String file, String text) {
        VelodyneYaml yaml = new VelodyneYaml(file);
        text.lines().forEach(yaml::line);
        List<Map<String, Double>> lasers =
                yaml.entries.stream().filter(e -> e.size() > 1).toList(); // more than their line
        return new Raw(yaml.top.getOrDefault(RESOLUTION, 0.0), lasers);
    }

    private void line(String whole) {
        line++;
        String rest = withoutComment(whole).stripTrailing();
        String trimmed = rest.strip();
        if (depth == 0 && (trimmed.equals("-") || trimmed.startsWith("- "))) {
            begin();
            rest = trimmed.substring(1);
        } else if (depth == 0 && !trimmed.isEmpty() && !Character.isWhitespace(rest.charAt(0))) {
            current = top;
        }
        int from = 0;
        for (int i = 0; i <= rest.length(); i++) {
            char c = i == rest.length() ? ',' : rest.charAt(i);
            if ("{},[]".indexOf(c) >= 0) {
                pair(rest.substring(from, i).strip());
                from = i + 1;
                if (c == '{') {
                    open();
                } else if (c == '}') {
                    depth = Math.max(0, depth - 1);
                    current = depth == 0 ? top : current;
                }
            }
        }
    }

    private void open() {
        depth++;
        if (current == top || current.size() > 1) {
            begin();
        }
    }

    private void begin() {
        if (entries.size() >= MOST_ENTRIES) {
            throw VelodyneCalibration.malformed(file, line, "more than 1024 entries in a list");
        }
        current = new TreeMap<>();
        current.put(Raw.LINE, (double) line);
        entries.add(current);
    }

    /** {@code key: value}; what is no number is passed over unless it ought to be one. */
    private void pair(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            return;
        }
        String key = text.substring(0, colon).strip();
        String value = text.substring(colon + 1).strip();
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes")) {
            current.put(key, 1.0);
        } else if (value.equalsIgnoreCase("false") || value.equalsIgnoreCase("no")) {
            current.put(key, 0.0);
        } else if (!value.isEmpty()) {
            try {
                current.put(key, Double.valueOf(value));
            } catch (NumberFormatException e) {
                if (isNumber(key)) {
                    throw VelodyneCalibration.malformed(
                            file, line, "'" + key + "' is '" + value + "', accepted is a number");
                }
            }
        }
    }

    private static boolean isNumber(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.endsWith("_correction") || lower.equals(Raw.ID) || lower.equals(RESOLUTION);
    }

    private static String withoutComment(String text) {
        int hash = text.indexOf('#');
        while (hash > 0 && !Character.isWhitespace(text.charAt(hash - 1))) {
            hash = text.indexOf('#', hash + 1);
        }
        return hash < 0 ? text : text.substring(0, hash);
    }
}
