package io.azimuth.perception.evaluation;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Boxes for tests of scores. */
final class Boxes {
    private Boxes() {}

    static OrientedBox at(double x, double y) {
        return new OrientedBox(x, y, -0.8, 4.2, 1.8, 1.6, 0.1);
    }

    static LabelledBox car(long sweep, String track, double x, double y) {
        return new LabelledBox(sweep, track, ObjectClass.CAR, at(x, y), 100);
    }

    static ScoredBox found(long sweep, double x, double y, double score) {
        return new ScoredBox(sweep, "", ObjectClass.CAR, at(x, y), score);
    }

    static ScoredBox tracked(long sweep, String track, double x, double y) {
        return new ScoredBox(sweep, track, ObjectClass.CAR, at(x, y), 0.9);
    }

    static List<LabelledBox> labelledResource(String name) throws IOException {
        return rows(name).stream()
                .map(
                        f ->
                                new LabelledBox(
                                        Long.parseLong(f[0]),
                                        f[1],
                                        ObjectClass.ofLabel(f[2]),
                                        box(f, 3),
                                        Integer.parseInt(f[12])))
                .toList();
    }

    static List<ScoredBox> scoredResource(String name) throws IOException {
        return rows(name).stream()
                .map(
                        f ->
                                new ScoredBox(
                                        Long.parseLong(f[0]),
                                        "",
                                        ObjectClass.ofLabel(f[1]),
                                        box(f, 2),
                                        Double.parseDouble(f[9])))
                .toList();
    }

    private static OrientedBox box(String[] f, int from) {
        double[] v = new double[7];
        for (int i = 0; i < 7; i++) {
            v[i] = Double.parseDouble(f[from + i]);
        }
        return new OrientedBox(v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
    }

    private static List<String[]> rows(String name) throws IOException {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                Boxes.class.getResourceAsStream(name), StandardCharsets.UTF_8))) {
            return in.lines().skip(1).map(line -> line.split(",")).toList();
        }
    }
}
