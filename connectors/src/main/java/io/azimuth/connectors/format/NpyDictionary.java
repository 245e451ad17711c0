package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Python literal in a {@code .npy} header: a dictionary of descr, fortran_order, shape. */
final class NpyDictionary {
    private static final List<String> BY_POSITION =
            List.of("x", "y", "z", "intensity", "ring", "time");
    private static final int MAX_FIELDS = 256;
    private static final int MAX_COUNT = 4096;
    private static final int MAX_DEPTH = 8;

    private final CloudBytes bytes;
    private final int start;
    private final String text;
    private int position;
    private boolean bigEndian;
    private boolean orderKnown;

    NpyDictionary(CloudBytes bytes, int start, int length) {
        this.bytes = bytes;
        this.start = start;
        this.text = new String(bytes.array(), start, length, StandardCharsets.ISO_8859_1);
    }

    NpyHeader header() {
        Map<String, Object> dictionary = new HashMap<>();
        expect('{');
        while (!accept('}')) {
            String key = string();
            expect(':');
            dictionary.put(key, value(0));
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        Object descr = dictionary.get("descr");
        Object fortran = dictionary.get("fortran_order");
        if (!(fortran instanceof Boolean inColumns)
                || !(dictionary.get("shape") instanceof List<?> shape)) {
            throw fault("fortran_order (True or False) or shape (a tuple) is missing");
        }
        long rows = shape.isEmpty() ? 1 : whole(shape.get(0));
        if (rows > CloudFormat.MAX_POINTS) {
            throw fault("%d rows, accepted are at most %d".formatted(rows, CloudFormat.MAX_POINTS));
        }
        List<Column> columns = new ArrayList<>();
        boolean named = descr instanceof List<?>;
        if (descr instanceof List<?> fields && shape.size() == 1) {
            structured(fields, columns);
        } else if (descr instanceof String type && shape.size() == 2) {
            plain(type, whole(shape.get(1)), columns);
        } else {
            throw fault(
                    "shape has %d dimensions; accepted are (points, 3 .. 6) of one type, or (points,) of named fields"
                            .formatted(shape.size()));
        }
        Column last = columns.get(columns.size() - 1);
        int end = start + text.length();
        boolean arrays = inColumns && !named;
        int rowBytes = last.offset() + last.bytes();
        return new NpyHeader(columns, named, (int) rows, rowBytes, arrays, bigEndian, end);
    }

    private void plain(String type, long count, List<Column> out) {
        if (count < 3 || count > BY_POSITION.size()) {
            throw fault(
                    "rows of %d numbers; accepted are 3 to 6, read as %s; name the fields of others"
                            .formatted(count, String.join(", ", BY_POSITION)));
        }
        for (int i = 0; i < count; i++) {
            add(BY_POSITION.get(i), type, 1, out);
        }
    }

    private void structured(List<?> fields, List<Column> out) {
        if (fields.isEmpty() || fields.size() > MAX_FIELDS) {
            throw fault("%d fields, accepted are 1 .. %d".formatted(fields.size(), MAX_FIELDS));
        }
        for (Object field : fields) {
            if (!(field instanceof List<?> f)
                    || f.size() < 2
                    || !(f.get(0) instanceof String name)
                    || !(f.get(1) instanceof String type)) {
                throw fault(
                        "descr holds "
                                + field
                                + ", accepted are (name, type) or (name, type, shape)");
            }
            long count = 1;
            if (f.size() > 2 && f.get(2) instanceof List<?> shape) {
                for (Object d : shape) {
                    count *= Math.min(MAX_COUNT + 1L, whole(d));
                    count = Math.min(count, MAX_COUNT + 1L);
                }
            }
            if (count < 1 || count > MAX_COUNT) {
                throw fault(
                        "field '%s' has %d elements, accepted are 1 .. %d"
                                .formatted(name, count, MAX_COUNT));
            }
            add(name, type, (int) count, out);
        }
    }

    /** Adds a column; padding ({@code |V4}) becomes a column that no role asks for. */
    private void add(String name, String type, int count, List<Column> out) {
        Column last = out.isEmpty() ? null : out.get(out.size() - 1);
        int offset = last == null ? 0 : last.offset() + last.bytes();
        int index = last == null ? 0 : last.index() + last.count();
        String kind = type.length() < 3 ? "" : type.substring(1, 2);
        int size = type.length() < 3 ? 0 : digits(type.substring(2));
        boolean whole =
                (kind.equals("i") || kind.equals("u")) && List.of(1, 2, 4, 8).contains(size);
        boolean real = kind.equals("f") && (size == 4 || size == 8);
        boolean truth = kind.equals("b") && size == 1;
        if (kind.equals("V") && size > 0 && size <= MAX_COUNT) {
            out.add(new Column("", 'U', 1, size * count, offset, index));
            return;
        }
        if (!whole && !real && !truth) {
            throw fault(
                    "type '%s' of field '%s'; accepted are i1 .. i8, u1 .. u8, f4, f8 (objects are refused: save as float32)"
                            .formatted(type, name));
        }
        order(type.charAt(0), size);
        char letter = real ? 'F' : kind.equals("i") ? 'I' : 'U';
        out.add(new Column(name, letter, size, count, offset, index));
    }

    private void order(char mark, int size) {
        if (size == 1 && mark == '|') {
            return;
        }
        if (mark != '<' && mark != '>') {
            throw fault("byte order '%s', accepted are < and >".formatted(mark));
        }
        if (orderKnown && bigEndian != (mark == '>')) {
            throw fault("fields of both byte orders; accepted is one");
        }
        orderKnown = true;
        bigEndian = mark == '>';
    }

    private static int digits(String word) {
        boolean plain =
                !word.isEmpty() && word.length() < 6 && word.chars().allMatch(Character::isDigit);
        return plain ? Integer.parseInt(word) : 0;
    }

    private long whole(Object value) {
        if (value instanceof Long v && v >= 0) {
            return v;
        }
        throw fault("shape holds " + value + ", accepted are whole numbers");
    }

    /** String, whole number, True, False, None, or a tuple or list as a list. */
    private Object value(int depth) {
        char c = peek();
        if (c == '\'' || c == '"') {
            return string();
        }
        if (c == '(' || c == '[') {
            if (depth == MAX_DEPTH) {
                throw fault("nested deeper than " + MAX_DEPTH);
            }
            position++;
            char close = c == '(' ? ')' : ']';
            List<Object> out = new ArrayList<>();
            while (!accept(close)) {
                out.add(value(depth + 1));
                if (!accept(',')) {
                    expect(close);
                    break;
                }
            }
            return out;
        }
        int from = position;
        while (position < text.length() && Character.isLetterOrDigit(text.charAt(position))) {
            position++;
        }
        String word = text.substring(from, position);
        if (word.equals("True") || word.equals("False")) {
            return word.equals("True");
        }
        if (!word.isEmpty() && word.length() <= 18 && word.chars().allMatch(Character::isDigit)) {
            return Long.parseLong(word);
        }
        throw fault("'%s' is not a value of this header".formatted(word));
    }

    private String string() {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw fault("a quoted name is missing");
        }
        int end = text.indexOf(quote, position + 1);
        if (end < 0) {
            throw fault("a quoted name does not end");
        }
        String out = text.substring(position + 1, end);
        position = end + 1;
        return out;
    }

    private char peek() {
        while (position < text.length() && text.charAt(position) <= ' ') {
            position++;
        }
        if (position == text.length()) {
            throw fault("the header ends too early");
        }
        return text.charAt(position);
    }

    private boolean accept(char c) {
        if (peek() != c) {
            return false;
        }
        position++;
        return true;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw fault("'%s' stands where '%s' is accepted".formatted(text.charAt(position), c));
        }
    }

    private MalformedDataException fault(String problem) {
        return MalformedDataException.at(bytes.name(), start + (long) position, problem);
    }
}
