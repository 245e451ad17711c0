package io.azimuth.connectors.dataset;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Crops on disk, appended one by one; see the package's description. Not thread-safe. */
final class CropFiles implements AutoCloseable {
    static final String TABLE = "crops.csv";
    static final String HEADER =
            "index,label,range_m,points,beams,family,track,class,town,sweep,kind,kept";

    private final NpyFile points;
    private final NpyFile offsets;
    private final NpyFile sensor;
    private final NpyFile label;
    private final NpyFile heading;
    private final NpyFile group;
    private final BufferedWriter table;
    private long written;
    private int crops;

    /**
     * @param withHeader whether the table begins with its header
     */
    CropFiles(Path folder, boolean withHeader) throws IOException {
        points = new NpyFile(folder.resolve("points.npy"), "'<f4'", "3", 12);
        offsets = new NpyFile(folder.resolve("offsets.npy"), "'<i8'", "", 8);
        sensor = new NpyFile(folder.resolve("sensor.npy"), "'<f4'", "3", 12);
        label = new NpyFile(folder.resolve("label.npy"), "'<i8'", "", 8);
        heading = new NpyFile(folder.resolve("heading.npy"), "'<f4'", "", 4);
        group = new NpyFile(folder.resolve("group.npy"), "'<i8'", "", 8);
        table = Files.newBufferedWriter(folder.resolve(TABLE), StandardCharsets.UTF_8);
        if (withHeader) {
            table.write(HEADER + "\n");
        }
        offsets.row().putLong(0);
    }

    /** Appends a crop of the sensor's own frame; its number is {@code index}. */
    void add(int index, CropDraft crop) throws IOException {
        for (int i = 0; i < crop.size(); i++) {
            points.row().putFloat(crop.x()[i]).putFloat(crop.y()[i]).putFloat(crop.z()[i]);
        }
        written += crop.size();
        crops++;
        offsets.row().putLong(written);
        sensor.row().putFloat(0).putFloat(0).putFloat(0);
        label.row().putLong(crop.cropClass().ordinal());
        heading.row().putFloat((float) crop.headingRad());
        group.row().putLong(crop.group());
        table.write(
                String.format(
                        Locale.ROOT,
                        "%d,%d,%.3f,%d,%d,%s,%s,%s,%d,%d,%s,%.3f\n",
                        index,
                        crop.cropClass().ordinal(),
                        crop.rangeM(),
                        crop.size(),
                        crop.beams(),
                        crop.family(),
                        cell(crop.track()),
                        crop.cropClass().label(),
                        crop.group(),
                        crop.sweep(),
                        crop.kind(),
                        crop.kept()));
    }

    /** A name from elsewhere without what would end its cell or row. */
    private static String cell(String name) {
        return name.replaceAll("[,\"\\p{Cntrl}]", "_");
    }

    int crops() {
        return crops;
    }

    long points() {
        return written;
    }

    static void writeClasses(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        for (CropClass c : CropClass.ALL) {
            text.append(c.label()).append('\n');
        }
        Files.writeString(folder.resolve("classes.txt"), text);
    }

    @Override
    public void close() throws IOException {
        try (points;
                offsets;
                sensor;
                label;
                heading;
                group) {
            table.close();
        }
    }
}
