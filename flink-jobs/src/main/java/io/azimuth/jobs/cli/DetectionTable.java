package io.azimuth.jobs.cli;

import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code detections.csv}. */
final class DetectionTable {
    static final String HEADER = "sweep,class,score,x,y,z,length,width,height,yaw";

    private DetectionTable() {}

    static List<ScoredBox> read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new MalformedDataException(file + ": is no UTF-8 text, expected CSV", e);
        }
        if (lines.isEmpty() || !lines.get(0).strip().equals(HEADER)) {
            throw new MalformedDataException(
                    "%s: line 1: expected the header '%s'".formatted(file, HEADER));
        }
        List<ScoredBox> out = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                out.add(row(file, i + 1, lines.get(i).strip()));
            }
        }
        return out;
    }

    private static ScoredBox row(Path file, int line, String text) {
        String[] f = text.split(",", -1);
        try {
            if (f.length != 10) {
                throw new IllegalArgumentException(f.length + " fields, expected 10");
            }
            OrientedBox box =
                    new OrientedBox(
                            number(f[3]),
                            number(f[4]),
                            number(f[5]),
                            number(f[6]),
                            number(f[7]),
                            number(f[8]),
                            number(f[9]));
            return new ScoredBox(
                    Long.parseLong(f[0]), "", ObjectClass.ofLabel(f[1]), box, number(f[2]));
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException(
                    "%s: line %d: %s".formatted(file, line, e.getMessage()), e);
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
