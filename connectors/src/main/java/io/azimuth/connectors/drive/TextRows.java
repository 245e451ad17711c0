package io.azimuth.connectors.drive;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a text file with their byte offsets, so that every fault can be named. Latin-1, so
 * that a byte is a character.
 */
final class TextRows {
    /** Largest text file that is read: 64 MiB. */
    static final long MAX_BYTES = 64L << 20;

    /**
     * One line, stripped.
     *
     * @param number from 1
     * @param offset of its first byte
     */
    record Row(String file, int number, long offset, String text) {
        String[] words() {
            return text.split("\\s+");
        }

        String[] cells() {
            String[] cells = text.split(",", -1);
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cells[i].strip();
            }
            return cells;
        }

        boolean isBlank() {
            return text.isEmpty();
        }

        MalformedDataException fault(String problem) {
            return MalformedDataException.at(file, offset, "line " + number + ": " + problem);
        }

        /** A finite number. */
        double number(String field, String word) {
            double v = Double.NaN;
            try {
                v = word.length() <= 64 ? Double.parseDouble(word) : Double.NaN;
            } catch (NumberFormatException e) {
                // Reported below with the word itself.
            }
            if (!Double.isFinite(v)) {
                throw fault(field + " is '" + clip(word) + "', accepted is a finite number");
            }
            return v;
        }

        /** A whole number from {@code low} to {@code high}. */
        long whole(String field, String word, long low, long high) {
            try {
                long v = Long.parseLong(word);
                if (v >= low && v <= high) {
                    return v;
                }
            } catch (NumberFormatException e) {
                // Same fault as a number out of range: reported below with the word itself.
            }
            throw fault(
                    "%s is '%s', accepted are whole numbers %d .. %d"
                            .formatted(field, clip(word), low, high));
        }

        /** {@code expected} numbers from word {@code from} on. */
        double[] numbers(String field, String[] words, int from, int expected) {
            if (words.length - from != expected) {
                throw fault(
                        "%s has %d numbers, accepted are %d"
                                .formatted(field, words.length - from, expected));
            }
            double[] out = new double[expected];
            for (int i = 0; i < expected; i++) {
                out[i] = number(field, words[from + i]);
            }
            return out;
        }

        static String clip(String word) {
            return word.length() <= 40 ? word : word.substring(0, 40) + "...";
        }
    }

    private final String file;
    private final List<Row> rows;
    private final long size;

    private TextRows(String file, List<Row> rows, long size) {
        this.file = file;
        this.rows = rows;
        this.size = size;
    }

    static TextRows load(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw MalformedDataException.at(
                    file.toString(),
                    MAX_BYTES,
                    "the file has " + size + " bytes, accepted are at most " + MAX_BYTES);
        }
        return of(file.toString(), Files.readAllBytes(file));
    }

    static TextRows of(String file, byte[] bytes) {
        List<Row> rows = new ArrayList<>();
        int start = 0;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
            rows.add(new Row(file, rows.size() + 1, start, text.strip()));
            start = end + 1;
        }
        return new TextRows(file, rows, bytes.length);
    }

    String file() {
        return file;
    }

    /** All lines, blank ones included. */
    List<Row> all() {
        return rows;
    }

    /** Lines that are not blank. */
    List<Row> filled() {
        return rows.stream().filter(r -> !r.isBlank()).toList();
    }

    /**
     * Lines that are not blank.
     *
     * @throws MalformedDataException if there is none
     */
    List<Row> atLeastOne(String accepted) {
        List<Row> filled = filled();
        if (filled.isEmpty()) {
            throw MalformedDataException.at(
                    file, 0, "no line in " + size + " bytes, accepted are " + accepted);
        }
        return filled;
    }
}
