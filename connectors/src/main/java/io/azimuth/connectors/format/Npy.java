package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.util.List;
import java.util.Locale;

/**
 * NumPy's {@code .npy}: an array (points, 3 .. 6) whose columns are x, y, z, intensity, ring and
 * time in seconds, or a structured array (points,) whose fields are read by the same names as
 * {@link Pcd}'s. Either byte order, C or Fortran order. Arrays of objects are refused. Source:
 * NumPy Enhancement Proposal 1; written by {@link CloudOutput}.
 */
public final class Npy implements CloudFormat {
    @Override
    public String name() {
        return "npy";
    }

    @Override
    public List<String> extensions() {
        return List.of(".npy");
    }

    @Override
    public boolean matches(CloudBytes bytes) {
        String lower = bytes.name().toLowerCase(Locale.ROOT);
        if (lower.endsWith(".npy")) {
            return true;
        }
        boolean others = lower.endsWith(".bin") || lower.endsWith(".pcd") || lower.endsWith(".ply");
        return !others && NpyHeader.hasMagic(bytes);
    }

    @Override
    public void read(CloudBytes bytes, PointCloud out, ReadReport report) {
        NpyHeader header = NpyHeader.parse(bytes);
        int n = header.points();
        int at = header.dataOffset();
        long needed = (long) n * header.rowBytes();
        if (needed > bytes.size() - at) {
            throw MalformedDataException.at(
                    bytes.name(),
                    bytes.size(),
                    "the file ends after %d bytes of data, accepted are %d (%d points of %d bytes); copy it again"
                            .formatted(bytes.size() - at, needed, n, header.rowBytes()));
        }
        ColumnRoles roles = ColumnRoles.of(bytes.name(), "dtype", header.columns());
        report.begin(name(), n);
        out.clear();
        ColumnBytes rows =
                header.fortran()
                        ? ColumnBytes.arrays(bytes.array(), at, n, header.bigEndian())
                        : ColumnBytes.structs(
                                bytes.array(), at, n, header.rowBytes(), header.bigEndian());
        CloudColumns.complete(out, n, rows.fill(bytes, roles, out), roles, report);
        if (!header.named()) {
            report.note(
                    "columns by position: " + header.columns().stream().map(Column::name).toList());
        }
    }
}
