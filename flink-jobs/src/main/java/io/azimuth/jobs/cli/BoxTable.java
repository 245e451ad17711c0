package io.azimuth.jobs.cli;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.OrientedBox;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the tables of boxes that a run writes: UTF-8, a known header, commas, no quotes. */
final class BoxTable {
    private BoxTable() {}

    /** Makes something of a row; {@link IllegalArgumentException} says what is wrong with it. */
    interface Row<T> {
        T of(String[] cells);
    }

    /**
     * The rows that are not blank.
     *
     * @throws MalformedDataException naming file and line
     */
    static <T> List<T> read(Path file, String header, Row<T> row) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new MalformedDataException(file + ": is no UTF-8 text, expected CSV", e);
        }
        if (lines.isEmpty() || !lines.get(0).strip().equals(header)) {
            throw new MalformedDataException(
                    "%s: line 1: expected the header '%s'".formatted(file, header));
        }
        int columns = header.split(",", -1).length;
        List<T> out = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String text = lines.get(i).strip();
            if (text.isEmpty()) {
                continue;
            }
            try {
                String[] cells = text.split(",", -1);
                if (cells.length != columns) {
                    throw new IllegalArgumentException(
                            cells.length + " fields, expected " + columns);
                }
                out.add(row.of(cells));
            } catch (IllegalArgumentException e) {
                throw new MalformedDataException(
                        "%s: line %d: %s".formatted(file, i + 1, e.getMessage()), e);
            }
        }
        return out;
    }

    /** The box in {@code x,y,z,length,width,height,yaw} from cell {@code at} on. */
    static OrientedBox box(String[] cells, int at) {
        return new OrientedBox(
                number(cells[at]),
                number(cells[at + 1]),
                number(cells[at + 2]),
                number(cells[at + 3]),
                number(cells[at + 4]),
                number(cells[at + 5]),
                number(cells[at + 6]));
    }

    static double number(String text) {
        return Double.parseDouble(text);
    }
}
