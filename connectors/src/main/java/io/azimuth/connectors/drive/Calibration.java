package io.azimuth.connectors.drive;

import io.azimuth.connectors.drive.TextRows.Row;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A KITTI calibration file: rows {@code name: numbers} (the colon may be missing). */
final class Calibration {
    private final TextRows text;
    private final Map<String, Row> rows = new TreeMap<>();

    private Calibration(TextRows text) {
        this.text = text;
    }

    static Calibration parse(TextRows text) {
        Calibration out = new Calibration(text);
        for (Row row : text.atLeastOne("rows 'name: numbers'")) {
            String name = row.words()[0];
            out.rows.put(name.endsWith(":") ? name.substring(0, name.length() - 1) : name, row);
        }
        return out;
    }

    /** LiDAR into the rectified camera 0 ({@code R0_rect Tr_velo_to_cam}), or {@code Tr}. */
    RigidTransform cameraFromLidar() {
        RigidTransform velo = transform(List.of("Tr", "Tr_velo_to_cam", "Tr_velo_cam"));
        for (String name : List.of("R0_rect", "R_rect")) {
            Row row = rows.get(name);
            if (row != null) {
                double[] r = row.numbers(name, row.words(), 1, 9);
                return rigid(row, name, () -> RigidTransform.of(r, 0, 0, 0)).times(velo);
            }
        }
        return velo;
    }

    /** The numbers of a row. */
    double[] numbers(String name, int count) {
        Row row = rows.get(name);
        if (row == null) {
            throw MalformedDataException.at(
                    text.file(), 0, "no row " + name + ", accepted is a calibration with one");
        }
        return row.numbers(name, row.words(), 1, count);
    }

    private RigidTransform transform(List<String> names) {
        for (String name : names) {
            Row row = rows.get(name);
            if (row != null) {
                double[] m = row.numbers(name, row.words(), 1, 12);
                return rigid(row, name, () -> RigidTransform.ofRows(m));
            }
        }
        throw MalformedDataException.at(
                text.file(), 0, "no row of " + names + ", accepted is a calibration with one");
    }

    /** Turns the refusal of a matrix that is no rotation into a fault of the file. */
    static RigidTransform rigid(
            Row row, String name, java.util.function.Supplier<RigidTransform> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw row.fault(name + ": " + e.getMessage());
        }
    }
}
