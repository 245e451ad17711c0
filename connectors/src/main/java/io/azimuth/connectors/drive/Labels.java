package io.azimuth.connectors.drive;

import io.azimuth.connectors.drive.TextRows.Row;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.DatasetFrames;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Files of labelled boxes. */
final class Labels {
    /** Names of data sets beside our own; what is not here is {@link ObjectClass#UNKNOWN}. */
    private static final Map<String, ObjectClass> CLASSES =
            Map.ofEntries(
                    Map.entry("car", ObjectClass.CAR),
                    Map.entry("van", ObjectClass.VAN),
                    Map.entry("truck", ObjectClass.TRUCK),
                    Map.entry("trailer", ObjectClass.TRUCK),
                    Map.entry("construction_vehicle", ObjectClass.TRUCK),
                    Map.entry("bus", ObjectClass.BUS),
                    Map.entry("pedestrian", ObjectClass.PEDESTRIAN),
                    Map.entry("person_sitting", ObjectClass.PEDESTRIAN),
                    Map.entry("cyclist", ObjectClass.CYCLIST),
                    Map.entry("bicycle", ObjectClass.CYCLIST),
                    Map.entry("motorcycle", ObjectClass.CYCLIST));

    private static final List<String> BOX_COLUMNS =
            List.of("class", "x", "y", "z", "length", "width", "height", "yaw");

    private Labels() {}

    /**
     * {@code boxes.csv}: LiDAR frame, box centres. Columns are found by name; {@code class, x, y,
     * z, length, width, height, yaw} must be there, {@code sweep, track, points} may.
     *
     * @param sweep number of the sweep where there is no such column, or -1 if there must be one
     */
    static List<LabelledBox> csv(TextRows text, long sweep) {
        List<Row> rows = text.atLeastOne("a header with " + BOX_COLUMNS);
        List<String> header = Arrays.asList(rows.get(0).cells());
        for (String column : BOX_COLUMNS) {
            if (!header.contains(column)) {
                throw rows.get(0)
                        .fault(
                                "no column '"
                                        + column
                                        + "', accepted is a header with "
                                        + BOX_COLUMNS);
            }
        }
        if (sweep < 0 && !header.contains("sweep")) {
            throw rows.get(0).fault("no column 'sweep', accepted is a header with one");
        }
        List<LabelledBox> out = new ArrayList<>();
        for (Row row : rows.subList(1, rows.size())) {
            String[] cells = row.cells();
            if (cells.length != header.size()) {
                throw row.fault(
                        cells.length + " cells, accepted are " + header.size() + " as in line 1");
            }
            if (!cells[header.indexOf("class")].equalsIgnoreCase("DontCare")) {
                out.add(box(row, header, cells, sweep));
            }
        }
        return out;
    }

    private static LabelledBox box(Row row, List<String> header, String[] cells, long sweep) {
        int sweepAt = header.indexOf("sweep");
        int trackAt = header.indexOf("track");
        int pointsAt = header.indexOf("points");
        double[] v = new double[7];
        for (int k = 0; k < v.length; k++) {
            String column = BOX_COLUMNS.get(k + 1);
            v[k] = row.number(column, cells[header.indexOf(column)]);
        }
        return new LabelledBox(
                sweepAt < 0 ? sweep : row.whole("sweep", cells[sweepAt], 0, Long.MAX_VALUE),
                trackAt < 0 ? "" : cells[trackAt],
                objectClass(cells[header.indexOf("class")]),
                upright(row, () -> new OrientedBox(v[0], v[1], v[2], v[3], v[4], v[5], v[6])),
                pointsAt < 0
                        ? -1
                        : (int) row.whole("points", cells[pointsAt], -1, Integer.MAX_VALUE));
    }

    /**
     * KITTI's {@code label_2}: 15 columns (16 with a score), rectified camera frame, bottom
     * centres. {@code DontCare} is skipped. An empty file is a sweep without objects.
     */
    static List<LabelledBox> kitti(TextRows text, RigidTransform lidarFromCamera, long sweep) {
        List<LabelledBox> out = new ArrayList<>();
        for (Row row : text.filled()) {
            String[] w = row.words();
            if (w.length != 15 && w.length != 16) {
                throw row.fault(w.length + " columns, accepted are 15 (16 with a score)");
            }
            if (w[0].equals("DontCare")) {
                continue;
            }
            double[] v = row.numbers("label", Arrays.copyOfRange(w, 8, 15), 0, 7);
            OrientedBox box =
                    upright(
                            row,
                            () ->
                                    DatasetFrames.fromKittiCamera(
                                            lidarFromCamera,
                                            v[0],
                                            v[1],
                                            v[2],
                                            v[3],
                                            v[4],
                                            v[5],
                                            v[6]));
            out.add(new LabelledBox(sweep, "", objectClass(w[0]), box, -1));
        }
        return out;
    }

    private static OrientedBox upright(Row row, Supplier<OrientedBox> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw row.fault(String.valueOf(e.getMessage()));
        }
    }

    static ObjectClass objectClass(String name) {
        return CLASSES.getOrDefault(name.toLowerCase(Locale.ROOT), ObjectClass.UNKNOWN);
    }

    /**
     * Whether no box has its centre behind the sensor, as of labels made in a front camera's image
     * (whose near, cut-off boxes reach far beyond its field of view).
     */
    static boolean onlyAhead(List<LabelledBox> boxes) {
        return !boxes.isEmpty() && boxes.stream().allMatch(b -> b.box().x() > 0);
    }
}
