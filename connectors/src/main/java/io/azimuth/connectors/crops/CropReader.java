package io.azimuth.connectors.crops;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads crops: a crop set ({@code points.npy}, {@code offsets.npy} and what goes with them), a
 * {@code .npy} of shape [N, K, 3], [N, 3, K] or [K, 3], a {@code .npz} with {@code points} (and
 * {@code labels}), or a folder of clouds, one crop a file in the order of their names. Whole
 * numbers of 2 bytes are thousandths. Labels in a {@code .csv} beside a {@code .npy} or {@code
 * .npz} of the same name are read too.
 */
public final class CropReader {
    private static final List<String> KNOWN =
            List.of("points", "offsets", "label", "heading", "group", "sensor");

    private CropReader() {}

    /**
     * Reads all of it.
     *
     * @param broken told of clouds of a folder that cannot be read, which then have no points; null
     *     to fail instead
     * @throws MalformedDataException naming file and place, if it is no set of crops
     */
    public static CropTable read(Path source, @Nullable Consumer<String> broken)
            throws IOException {
        if (!Files.exists(source)) {
            throw new NoSuchFileException(source.toString());
        }
        if (Files.isDirectory(source)) {
            return Files.exists(source.resolve("points.npy"))
                    ? set(source)
                    : CloudFolder.read(source, broken);
        }
        byte[] file = bytes(source);
        CropTable table =
                NpyArray.hasMagic(file)
                        ? arrays(source, new TreeMap<>(Map.of("points", file)))
                        : arrays(source, unzipped(source, file));
        Path beside = beside(source);
        return table.labels().isEmpty() && Files.isRegularFile(beside)
                ? table.labelled(CropLabels.read(beside, table.size()))
                : table;
    }

    private static Path beside(Path source) {
        String name = String.valueOf(source.getFileName());
        int dot = name.lastIndexOf('.');
        return source.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".csv");
    }

    static byte[] bytes(Path file) throws IOException {
        CropLimits.checkBytes(file.toString(), Files.size(file));
        return Files.readAllBytes(file);
    }

    private static CropTable set(Path folder) throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        for (String name : List.of("points", "offsets", "sensor", "label", "heading", "group")) {
            Path file = folder.resolve(name + ".npy");
            if (Files.isRegularFile(file)) {
                files.put(name, bytes(file));
            }
        }
        Path names = folder.resolve("classes.txt");
        List<String> classes =
                Files.isRegularFile(names)
                        ? Files.readAllLines(names).stream().filter(s -> !s.isBlank()).toList()
                        : List.of();
        return table(folder.toString() + "/", ".npy", files, classes);
    }

    private static TreeMap<String, byte[]> unzipped(Path source, byte[] file) throws IOException {
        TreeMap<String, byte[]> out = new TreeMap<>();
        long total = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                byte[] content = zip.readNBytes((int) (CropLimits.mostBytes() + 1 - total));
                total += content.length;
                CropLimits.checkBytes(source + ", unpacked", total);
                String name = e.getName();
                out.put(
                        name.endsWith(".npy") ? name.substring(0, name.length() - 4) : name,
                        content);
            }
        } catch (ZipException | java.io.EOFException e) {
            throw new MalformedDataException(
                    source + ": the archive is damaged (" + e.getMessage() + "); copy it again", e);
        }
        if (!out.containsKey("points")) {
            throw MalformedDataException.at(
                    source.toString(),
                    0,
                    out.isEmpty()
                            ? "neither a .npy array nor a .npz archive; accepted are .npy, .npz, a crop set, or a folder of clouds"
                            : "the archive holds %s, accepted is one with 'points'"
                                    .formatted(out.keySet()));
        }
        return out;
    }

    private static CropTable arrays(Path source, TreeMap<String, byte[]> files) {
        for (String name : List.of("label", "heading", "group")) {
            byte[] found = files.remove(name + "s");
            if (found != null) {
                files.putIfAbsent(name, found);
            }
        }
        return table(source + (files.size() > 1 ? ": " : ""), "", files, List.of());
    }

    private static CropTable table(
            String where, String ending, TreeMap<String, byte[]> files, List<String> classes) {
        TreeMap<String, NpyArray> arrays = new TreeMap<>();
        boolean alone = files.size() == 1;
        files.keySet().retainAll(KNOWN); // an archive may hold whatever else
        files.forEach(
                (name, file) ->
                        arrays.put(
                                name, NpyArray.parse(alone ? where : where + name + ending, file)));
        NpyArray points = need(arrays, "points");
        NpyArray offsets = arrays.get("offsets");
        PackedPoints packed =
                offsets != null ? PackedPoints.of(points, offsets) : PackedPoints.of(points);
        int n = packed.offset().length - 1;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            names.add(Integer.toString(i));
        }
        NpyArray label = arrays.get("label");
        NpyArray heading = arrays.get("heading");
        NpyArray group = arrays.get("group");
        return new CropTable(
                names,
                packed.points(),
                packed.offset(),
                sensor(arrays.get("sensor"), n),
                heading == null ? null : column(heading, n),
                group == null
                        ? null
                        : Arrays.stream(column(group, n)).mapToLong(v -> (long) v).toArray(),
                label == null ? CropLabels.NONE : CropLabels.of(label, n, classes));
    }

    private static NpyArray need(TreeMap<String, NpyArray> arrays, String name) {
        NpyArray found = arrays.get(name);
        if (found == null) {
            throw new IllegalStateException(name + " was asked for by the callers");
        }
        return found;
    }

    private static double @Nullable [] sensor(@Nullable NpyArray array, int n) {
        if (array == null) {
            return null;
        }
        if (array.axes() != 2 || array.length(0) != n || array.length(1) != 3) {
            throw MalformedDataException.at(
                    array.name(),
                    0,
                    "shape is %s, accepted is [%d, 3]".formatted(array.shapeText(), n));
        }
        double[] out = new double[3 * n];
        for (int i = 0; i < out.length; i++) {
            out[i] = array.at(i / 3, i % 3);
            if (!Double.isFinite(out[i])) {
                throw MalformedDataException.at(
                        array.name(),
                        0,
                        "the sensor of crop %d is at %s, accepted are finite numbers"
                                .formatted(i / 3, out[i]));
            }
        }
        return out;
    }

    private static double[] column(NpyArray array, int n) {
        if (array.axes() != 1 || array.length(0) != n) {
            throw MalformedDataException.at(
                    array.name(),
                    0,
                    "shape is %s, accepted is [%d]".formatted(array.shapeText(), n));
        }
        double[] out = new double[n];
        Arrays.setAll(out, array::at);
        return out;
    }
}
