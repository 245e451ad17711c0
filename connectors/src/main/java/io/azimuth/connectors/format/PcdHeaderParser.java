package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parses the header of a PCD file line by line. */
final class PcdHeaderParser {
    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final int MAX_FIELDS = 256;
    private static final int MAX_COUNT = 4096;
    private static final List<String> KEYS =
            List.of(
                    "VERSION",
                    "FIELDS",
                    "COLUMNS",
                    "SIZE",
                    "TYPE",
                    "COUNT",
                    "WIDTH",
                    "HEIGHT",
                    "VIEWPOINT",
                    "POINTS",
                    "DATA");

    private final CloudBytes bytes;
    private final Map<String, String[]> values = new HashMap<>();
    private final Map<String, Integer> offsets = new HashMap<>();
    private int position;

    PcdHeaderParser(CloudBytes bytes) {
        this.bytes = bytes;
    }

    PcdHeader parse() {
        if (bytes.size() == 0) {
            throw fault(0, "the file is empty; accepted is a PCD 0.7 header; was it cut off?");
        }
        while (!values.containsKey("DATA")) {
            readLine();
        }
        List<Column> fields = fields();
        return new PcdHeader(
                fields,
                points(),
                encoding(),
                position,
                values.containsKey("VIEWPOINT") ? String.join(" ", words("VIEWPOINT")) : "");
    }

    private void readLine() {
        int start = position;
        int limit = Math.min(bytes.size(), MAX_HEADER_BYTES);
        int end = start;
        while (end < limit && bytes.array()[end] != '\n') {
            end++;
        }
        if (end == limit) {
            throw fault(
                    start,
                    "the header has no DATA line up to here; accepted is 'DATA ascii', 'DATA binary' or 'DATA binary_compressed' within the first "
                            + MAX_HEADER_BYTES
                            + " bytes");
        }
        position = end + 1;
        String line =
                new String(bytes.array(), start, end - start, StandardCharsets.ISO_8859_1).strip();
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String[] words = line.split("\\s+");
        String key = words[0].toUpperCase(Locale.ROOT);
        if (!KEYS.contains(key)) {
            throw fault(start, "header line '" + clip(words[0]) + "' is not one of PCD 0.7");
        }
        key = key.equals("COLUMNS") ? "FIELDS" : key;
        values.put(key, Arrays.copyOfRange(words, 1, words.length));
        offsets.put(key, start);
    }

    private List<Column> fields() {
        String[] names = words("FIELDS");
        if (names.length < 1 || names.length > MAX_FIELDS) {
            throw fault("FIELDS", names.length + " fields, accepted are 1 .. " + MAX_FIELDS);
        }
        String[] sizes = words("SIZE", names.length);
        String[] types = words("TYPE", names.length);
        boolean hasCounts = values.containsKey("COUNT");
        List<Column> out = new ArrayList<>();
        int offset = 0;
        int index = 0;
        for (int i = 0; i < names.length; i++) {
            int size = number("SIZE", sizes[i], 1, 8);
            int count = hasCounts ? count(i, names.length) : 1;
            char type = types[i].length() == 1 ? Character.toUpperCase(types[i].charAt(0)) : 0;
            checkType(names[i], type, types[i], size);
            out.add(new Column(names[i], type, size, count, offset, index));
            offset += size * count;
            index += count;
        }
        return out;
    }

    private int count(int i, int fields) {
        return number("COUNT", words("COUNT", fields)[i], 1, MAX_COUNT);
    }

    private void checkType(String field, char type, String found, int size) {
        boolean whole = (type == 'I' || type == 'U') && Integer.bitCount(size) == 1;
        boolean real = type == 'F' && (size == 4 || size == 8);
        if (!whole && !real) {
            throw fault(
                    "TYPE",
                    "field '%s' has type '%s' of %d bytes, accepted are I and U of 1, 2, 4, 8 and F of 4, 8"
                            .formatted(clip(field), clip(found), size));
        }
    }

    private int points() {
        long width = 0;
        long declared = -1;
        int most = CloudFormat.MAX_POINTS;
        if (values.containsKey("WIDTH")) {
            width = number("WIDTH", single("WIDTH"), 0, most);
            if (values.containsKey("HEIGHT")) {
                width *= number("HEIGHT", single("HEIGHT"), 0, most);
            }
        }
        if (values.containsKey("POINTS")) {
            declared = number("POINTS", single("POINTS"), 0, most);
        }
        if (declared < 0 && !values.containsKey("WIDTH")) {
            throw fault("DATA", "neither POINTS nor WIDTH and HEIGHT stand before it");
        }
        if (declared >= 0 && values.containsKey("WIDTH") && declared != width) {
            throw fault(
                    "POINTS",
                    "POINTS is "
                            + declared
                            + " but WIDTH x HEIGHT is "
                            + width
                            + "; accepted are equal numbers");
        }
        long points = Math.max(declared, width);
        if (points > most) {
            throw fault("WIDTH", points + " points, accepted are at most " + most);
        }
        return (int) points;
    }

    private PcdEncoding encoding() {
        String word = single("DATA");
        for (PcdEncoding encoding : PcdEncoding.values()) {
            if (encoding.keyword().equalsIgnoreCase(word)) {
                return encoding;
            }
        }
        throw fault(
                "DATA",
                "encoding '" + clip(word) + "', accepted are ascii, binary and binary_compressed");
    }

    private String single(String key) {
        return words(key, 1)[0];
    }

    private String[] words(String key) {
        String[] found = values.get(key);
        if (found == null) {
            throw fault("DATA", "no " + key + " line stands before it; PCD 0.7 needs one");
        }
        return found;
    }

    private String[] words(String key, int expected) {
        String[] found = words(key);
        if (found.length != expected) {
            throw fault(key, found.length + " values, accepted are " + expected);
        }
        return found;
    }

    private int number(String key, String word, int low, int high) {
        try {
            long v = Long.parseLong(word);
            if (v >= low && v <= high) {
                return (int) v;
            }
        } catch (NumberFormatException e) {
            // Same fault as a number out of range: reported below with the word itself.
        }
        throw fault(
                key,
                "%s is '%s', accepted are whole numbers %d .. %d"
                        .formatted(key, clip(word), low, high));
    }

    private MalformedDataException fault(String key, String problem) {
        return fault(offsets.getOrDefault(key, 0), key + " line: " + problem);
    }

    private MalformedDataException fault(long offset, String problem) {
        return MalformedDataException.at(bytes.name(), offset, problem);
    }

    private static String clip(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "...";
    }
}
