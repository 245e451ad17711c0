package io.azimuth.connectors.crops;

import io.azimuth.connectors.dataset.tables.CsvRows;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What crops are labelled as.
 *
 * @param label number of the class of each crop, -1 if unknown; empty if none is known
 * @param classes names by number; empty if only numbers are known
 */
public record CropLabels(int[] label, List<String> classes) {
    /** Nothing is known. */
    public static final CropLabels NONE = new CropLabels(new int[0], List.of());

    private static final int MOST_CLASSES = 10_000;

    public CropLabels {
        label = label.clone();
        classes = List.copyOf(classes);
    }

    /** Whether any crop is labelled. */
    public boolean isEmpty() {
        return label.length == 0;
    }

    /**
     * Reads labels of {@code crops} crops: {@code .csv} with the columns {@code index} and {@code
     * label} or {@code class} (or both: the names of the numbers), {@code .npy} of whole numbers,
     * or text with a name or a number a line.
     *
     * @throws MalformedDataException if it is none of them or labels another number of crops
     */
    public static CropLabels read(Path file, int crops) throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy")) {
            return of(NpyArray.parse(file.toString(), CropReader.bytes(file)), crops, List.of());
        }
        return name.endsWith(".csv") ? fromTable(file, crops) : fromLines(file, crops);
    }

    /** From an array of whole numbers, one a crop. */
    static CropLabels of(NpyArray array, int crops, List<String> classes) {
        if (array.axes() != 1 || !array.isWhole() || array.length(0) != crops) {
            throw MalformedDataException.at(
                    array.name(),
                    0,
                    "labels have shape %s of %s, accepted are %d whole numbers, one a crop"
                            .formatted(
                                    array.shapeText(),
                                    array.isWhole() ? "whole numbers" : "floats",
                                    crops));
        }
        int[] out = new int[crops];
        for (int i = 0; i < crops; i++) {
            long found = array.whole(i);
            if (found < -1 || found >= (classes.isEmpty() ? MOST_CLASSES : classes.size())) {
                throw MalformedDataException.at(
                        array.name(),
                        0,
                        "label %d of crop %d, accepted are -1 (unknown) .. %d"
                                .formatted(
                                        found,
                                        i,
                                        (classes.isEmpty() ? MOST_CLASSES : classes.size()) - 1));
            }
            out[i] = (int) found;
        }
        return new CropLabels(out, classes);
    }

    private static CropLabels fromTable(Path file, int crops) throws IOException {
        List<CsvRows.Row> rows = CsvRows.read(file, List.of("index"));
        boolean numbered = rows.get(0).has("label");
        boolean named = rows.get(0).has("class");
        if (!numbered && !named) {
            throw rows.get(0).fault("neither a column 'label' nor 'class', expected one of them");
        }
        int[] label = new int[crops];
        Arrays.fill(label, -1);
        List<String> classes = new ArrayList<>();
        for (CsvRows.Row row : rows) {
            long index = row.whole("index");
            if (index < 0 || index >= crops) {
                throw row.fault("index", "0 .. " + (crops - 1));
            }
            int number = numbered ? number(row) : classes.indexOf(row.text("class"));
            if (named) {
                number = name(row, number, classes);
            }
            label[(int) index] = number;
        }
        return new CropLabels(label, filled(classes));
    }

    private static int number(CsvRows.Row row) {
        long n = row.whole("label");
        if (n < -1 || n >= MOST_CLASSES) {
            throw row.fault("label", "-1 (unknown) .. " + (MOST_CLASSES - 1));
        }
        return (int) n;
    }

    /** Notes the name of a number; gives a new name the next number. */
    private static int name(CsvRows.Row row, int number, List<String> classes) {
        int at = number;
        if (at < 0 && row.has("label")) {
            return -1;
        }
        if (at < 0) {
            at = classes.size();
        }
        while (classes.size() <= at) {
            classes.add("");
        }
        if (classes.size() > MOST_CLASSES) {
            throw row.fault("class", "one of at most " + MOST_CLASSES);
        }
        String name = row.text("class");
        if (!classes.get(at).isEmpty() && !classes.get(at).equals(name)) {
            throw row.fault("class", "'%s' as before for label %d".formatted(classes.get(at), at));
        }
        classes.set(at, name);
        return at;
    }

    private static List<String> filled(List<String> classes) {
        List<String> out = new ArrayList<>(classes);
        for (int k = 0; k < out.size(); k++) {
            if (out.get(k).isEmpty()) {
                out.set(k, "class-" + k);
            }
        }
        return out;
    }

    private static CropLabels fromLines(Path file, int crops) throws IOException {
        CropLimits.checkBytes(file.toString(), Files.size(file));
        List<String> lines;
        try {
            lines = Files.readAllLines(file).stream().map(String::strip).toList();
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new MalformedDataException(file + ": is no UTF-8 text, expected labels", e);
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines = lines.subList(0, lines.size() - 1);
        }
        if (lines.size() != crops) {
            throw new MalformedDataException(
                    "%s: %d lines, accepted are %d, one a crop"
                            .formatted(file, lines.size(), crops));
        }
        boolean numbers = lines.stream().allMatch(w -> w.matches("-1|[0-9]{1,4}"));
        List<String> classes = new ArrayList<>();
        int[] label = new int[crops];
        for (int i = 0; i < crops; i++) {
            String word = lines.get(i);
            if (numbers) {
                label[i] = Integer.parseInt(word);
                continue;
            }
            label[i] = classes.indexOf(word);
            if (label[i] < 0) {
                label[i] = classes.size();
                classes.add(word);
            }
            if (classes.size() > MOST_CLASSES) {
                throw new MalformedDataException(
                        "%s: line %d: more than %d names, accepted are labels, one a crop"
                                .formatted(file, i + 1, MOST_CLASSES));
            }
        }
        return new CropLabels(label, classes);
    }
}
