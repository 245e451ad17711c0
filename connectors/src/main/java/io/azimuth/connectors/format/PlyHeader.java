package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The text header of a PLY 1.0 file.
 *
 * @param encoding of the data
 * @param elements in file order
 * @param dataOffset first byte of the data
 */
record PlyHeader(PlyEncoding encoding, List<Element> elements, int dataOffset) {
    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final int MAX_PROPERTIES = 256;
    private static final int MAX_ELEMENTS = 64;

    /** Names of types with what they are: kind and bytes. */
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("char", "I1"),
                    Map.entry("int8", "I1"),
                    Map.entry("uchar", "U1"),
                    Map.entry("uint8", "U1"),
                    Map.entry("short", "I2"),
                    Map.entry("int16", "I2"),
                    Map.entry("ushort", "U2"),
                    Map.entry("uint16", "U2"),
                    Map.entry("int", "I4"),
                    Map.entry("int32", "I4"),
                    Map.entry("uint", "U4"),
                    Map.entry("uint32", "U4"),
                    Map.entry("int64", "I8"),
                    Map.entry("uint64", "U8"),
                    Map.entry("float", "F4"),
                    Map.entry("float32", "F4"),
                    Map.entry("double", "F8"),
                    Map.entry("float64", "F8"));

    /**
     * One element, e.g. {@code vertex}.
     *
     * @param count rows
     * @param columns scalar properties; offsets hold only where there is no list
     * @param lists per property in file order: bytes of a list's length and of its entries, or
     *     {@code {0, bytes of the scalar}}
     */
    record Element(String name, long count, List<Column> columns, List<int[]> lists) {
        boolean hasLists() {
            return lists.stream().anyMatch(l -> l[0] > 0);
        }

        /** Bytes of one row without lists. */
        int rowBytes() {
            return lists.stream().mapToInt(l -> l[1]).sum();
        }
    }

    PlyHeader {
        elements = List.copyOf(elements);
    }

    static PlyHeader parse(CloudBytes bytes) {
        return new Parser(bytes).parse();
    }

    /** Reads line by line. */
    private static final class Parser {
        private final CloudBytes bytes;
        private final List<Element> elements = new ArrayList<>();
        private int position;
        private int start;

        Parser(CloudBytes bytes) {
            this.bytes = bytes;
        }

        PlyHeader parse() {
            if (!line().equals("ply")) {
                throw fault("the first line is not 'ply'");
            }
            PlyEncoding encoding = null;
            String line = line();
            while (!line.equals("end_header")) {
                String[] words = line.split("\\s+");
                switch (words[0]) {
                    case "", "comment", "obj_info" -> {}
                    case "format" -> encoding = encoding(words);
                    case "element" -> element(words);
                    case "property" -> property(words);
                    default -> throw fault("'%s' is no line of a PLY header", clip(words[0]));
                }
                line = line();
            }
            if (encoding == null) {
                throw fault("no 'format' line stands before end_header");
            }
            return new PlyHeader(encoding, elements, position);
        }

        private String line() {
            start = position;
            int limit = Math.min(bytes.size(), MAX_HEADER_BYTES);
            int end = start;
            while (end < limit && bytes.array()[end] != '\n') {
                end++;
            }
            if (end == limit) {
                throw fault("the header has no 'end_header' line within %d bytes", limit);
            }
            position = end + 1;
            return new String(bytes.array(), start, end - start, StandardCharsets.ISO_8859_1)
                    .strip();
        }

        private PlyEncoding encoding(String[] words) {
            for (PlyEncoding e : PlyEncoding.values()) {
                if (words.length == 3 && e.keyword().equals(words[1])) {
                    return e;
                }
            }
            throw fault(
                    "format '%s', accepted are ascii, binary_little_endian and binary_big_endian 1.0",
                    clip(String.join(" ", words)));
        }

        private void element(String[] words) {
            long count = -1;
            try {
                count = words.length == 3 ? Long.parseLong(words[2]) : -1;
            } catch (NumberFormatException e) {
                // Same fault as a wrong number of words.
            }
            if (count < 0 || elements.size() == MAX_ELEMENTS) {
                throw fault(
                        "'%s', accepted is 'element NAME COUNT', at most %d times",
                        clip(String.join(" ", words)), MAX_ELEMENTS);
            }
            elements.add(new Element(words[1], count, new ArrayList<>(), new ArrayList<>()));
        }

        private void property(String[] words) {
            Element e = elements.isEmpty() ? null : elements.get(elements.size() - 1);
            boolean list = words.length == 5 && words[1].equals("list");
            if (e == null || (words.length != 3 && !list) || e.lists.size() == MAX_PROPERTIES) {
                throw fault(
                        "'%s', accepted is 'property TYPE NAME' or 'property list TYPE TYPE NAME' behind an element, at most %d",
                        clip(String.join(" ", words)), MAX_PROPERTIES);
            }
            if (list) {
                String length = type(words[2]);
                if (length.charAt(0) == 'F') {
                    throw fault(
                            "a list's length is of type '%s', accepted are whole numbers",
                            words[2]);
                }
                e.lists.add(new int[] {size(length), size(type(words[3]))});
                return;
            }
            String type = type(words[1]);
            int index = e.columns.size();
            e.columns.add(new Column(words[2], type.charAt(0), size(type), 1, e.rowBytes(), index));
            e.lists.add(new int[] {0, size(type)});
        }

        private static int size(String type) {
            return type.charAt(1) - '0';
        }

        private String type(String word) {
            String type = TYPES.get(word);
            if (type == null) {
                throw fault(
                        "type '%s', accepted are %s",
                        clip(word), TYPES.keySet().stream().sorted().toList());
            }
            return type;
        }

        private MalformedDataException fault(String problem, Object... values) {
            return MalformedDataException.at(bytes.name(), start, problem.formatted(values));
        }

        private static String clip(String word) {
            return word.length() <= 40 ? word : word.substring(0, 40) + "...";
        }
    }
}
