package io.azimuth.connectors.dataset.tables;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of a comma-separated file whose columns are found by the names in its first line. */
public final class CsvRows {
    /** Largest file that is read: 64 MiB. */
    private static final long MAX_BYTES = 64L << 20;

    /**
     * One row.
     *
     * @param line from 1
     */
    public record Row(Path file, int line, Map<String, Integer> columns, String[] cells) {
        /** Whether there is such a column. */
        public boolean has(String column) {
            return columns.containsKey(column);
        }

        /** A cell without blanks around it. */
        public String text(String column) {
            Integer at = columns.get(column);
            if (at == null) {
                throw new IllegalStateException("column was not asked for: " + column);
            }
            return cells[at].strip();
        }

        /** A cell as a whole number. */
        public long whole(String column) {
            try {
                return Long.parseLong(text(column));
            } catch (NumberFormatException e) {
                throw fault(column, "a whole number");
            }
        }

        /** A finite number, or NaN written as {@code nan}. */
        public double number(String column) {
            String word = text(column);
            if (word.equalsIgnoreCase("nan")) {
                return Double.NaN;
            }
            double v = Double.NaN;
            try {
                v = Double.parseDouble(word);
            } catch (NumberFormatException e) {
                // Said below with the word itself.
            }
            if (!Double.isFinite(v)) {
                throw fault(column, "a number or nan");
            }
            return v;
        }

        /** What to throw over a cell: names file, line, column and what is accepted. */
        public MalformedDataException fault(String column, String accepted) {
            String word = text(column);
            String clipped = word.length() <= 40 ? word : word.substring(0, 40) + "...";
            return fault("%s is '%s', accepted is %s".formatted(column, clipped, accepted));
        }

        /** What to throw over a row: names file and line. */
        public MalformedDataException fault(String problem) {
            return new MalformedDataException("%s: line %d: %s".formatted(file, line, problem));
        }
    }

    private CsvRows() {}

    /**
     * All rows but blank ones.
     *
     * @throws MalformedDataException naming file and line, if a column is missing or twice, a row
     *     has another number of cells than the first line, there is no row, or it is no text
     */
    public static List<Row> read(Path file, List<String> required) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new MalformedDataException(
                    "%s: has %d bytes, accepted are at most %d"
                            .formatted(file, Files.size(file), MAX_BYTES));
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new MalformedDataException(file + ": is no UTF-8 text, expected CSV", e);
        }
        Map<String, Integer> columns = columns(file, lines, required);
        List<Row> out = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            Row row = new Row(file, i + 1, columns, lines.get(i).split(",", -1));
            if (row.cells().length != columns.size()) {
                throw row.fault(
                        "%d cells, expected %d as in the first line"
                                .formatted(row.cells().length, columns.size()));
            }
            out.add(row);
        }
        if (out.isEmpty()) {
            throw new MalformedDataException(file + ": no row below the first line");
        }
        return out;
    }

    private static Map<String, Integer> columns(
            Path file, List<String> lines, List<String> required) {
        Map<String, Integer> out = new HashMap<>();
        String[] names = lines.isEmpty() ? new String[0] : lines.get(0).split(",", -1);
        for (int i = 0; i < names.length; i++) {
            if (out.put(names[i].strip(), i) != null) {
                throw new MalformedDataException(
                        "%s: line 1: column '%s' is there twice".formatted(file, names[i].strip()));
            }
        }
        for (String name : required) {
            if (!out.containsKey(name)) {
                throw new MalformedDataException(
                        "%s: line 1: no column '%s', expected the columns %s"
                                .formatted(file, name, String.join(",", required)));
            }
        }
        return out;
    }
}
