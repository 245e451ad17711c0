package io.azimuth.jobs.realism;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.OrientedBox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Labelled cars and vans of a recording by sweep number, with how visible they are, which the
 * drives' own truth leaves out: {@code boxes.csv} with a column {@code sweep}, or {@code
 * boxes/NUMBER.csv}. None where there is no such file.
 */
final class CarLabels {
    private static final List<String> NUMBERS =
            List.of("x", "y", "z", "length", "width", "height", "yaw");

    private final Map<Long, List<CarBox>> bySweep = new TreeMap<>();

    private CarLabels() {}

    static CarLabels of(Path folder) throws IOException {
        CarLabels out = new CarLabels();
        Path one = folder.resolve("boxes.csv");
        Path many = folder.resolve("boxes");
        if (Files.isRegularFile(one)) {
            out.read(one, -1);
        } else if (Files.isDirectory(many)) {
            try (Stream<Path> files = Files.list(many)) {
                for (Path file : files.sorted().toList()) {
                    String digits = String.valueOf(file.getFileName()).replaceAll("[^0-9]", "");
                    if (!digits.isEmpty() && file.toString().endsWith(".csv")) {
                        out.read(file, Long.parseLong(digits));
                    }
                }
            }
        }
        return out;
    }

    List<CarBox> of(long sweep) {
        return bySweep.getOrDefault(sweep, List.of());
    }

    private void read(Path file, long sweep) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        List<String> header = lines.isEmpty() ? List.of() : cells(lines.get(0));
        if (!header.containsAll(NUMBERS) || !header.contains("class")) {
            throw MalformedDataException.at(
                    file.toString(),
                    0,
                    "columns " + header + ", accepted are class and " + NUMBERS);
        }
        long offset = 0;
        for (String line : lines) {
            List<String> row = cells(line);
            if (offset > 0 && row.size() == header.size() && isCar(row, header)) {
                add(file, offset, sweep, header, row);
            }
            offset += line.length() + 1;
        }
    }

    private void add(Path file, long offset, long sweep, List<String> header, List<String> row) {
        try {
            double[] v = new double[NUMBERS.size()];
            Arrays.setAll(v, i -> Double.parseDouble(row.get(header.indexOf(NUMBERS.get(i)))));
            long number = sweep >= 0 ? sweep : Long.parseLong(row.get(header.indexOf("sweep")));
            boolean clear = isZero(header, row, "truncated") && isZero(header, row, "occluded");
            OrientedBox box = new OrientedBox(v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
            bySweep.computeIfAbsent(number, n -> new ArrayList<>()).add(new CarBox(box, clear));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw MalformedDataException.at(
                    file.toString(),
                    offset,
                    "row " + row + ", accepted are numbers: " + e.getMessage());
        }
    }

    private static boolean isCar(List<String> row, List<String> header) {
        String c = row.get(header.indexOf("class"));
        return c.equalsIgnoreCase("car") || c.equalsIgnoreCase("van");
    }

    private static boolean isZero(List<String> header, List<String> row, String column) {
        int at = header.indexOf(column);
        return at < 0 || Double.parseDouble(row.get(at)) == 0;
    }

    private static List<String> cells(String line) {
        return Stream.of(line.split(",")).map(String::trim).toList();
    }
}
