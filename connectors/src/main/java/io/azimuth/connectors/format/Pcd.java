package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * PCD 0.7 in its three encodings, any order of fields. Read are x, y, z; {@code intensity}, {@code
 * reflectivity} or {@code i}; {@code ring} or {@code laser}; and a time whose unit its name and
 * type tell. Other fields and padding are skipped; of a field with several elements the first
 * counts. Source: PCL documentation, "The PCD file format"; written by {@link CloudOutput}.
 */
public final class Pcd implements CloudFormat {
    private static final String NO_VIEWPOINT = "(0(\\.0*)? ){3}1(\\.0*)?( 0(\\.0*)?){3}";

    @Override
    public String name() {
        return "pcd";
    }

    @Override
    public List<String> extensions() {
        return List.of(".pcd");
    }

    @Override
    public boolean matches(CloudBytes bytes) {
        if (bytes.name().toLowerCase(Locale.ROOT).endsWith(".pcd")) {
            return true;
        }
        if (bytes.name().toLowerCase(Locale.ROOT).endsWith(".bin")) {
            return false;
        }
        int probed = Math.min(bytes.size(), 64);
        String head = new String(bytes.array(), 0, probed, StandardCharsets.ISO_8859_1);
        return head.startsWith("# .PCD") || head.startsWith("VERSION");
    }

    @Override
    public void read(CloudBytes bytes, PointCloud out, ReadReport report) {
        PcdHeader header = PcdHeader.parse(bytes);
        ColumnRoles roles = ColumnRoles.of(bytes.name(), "FIELDS", header.fields());
        int n = header.points();
        report.begin(name() + " " + header.encoding().keyword(), n);
        out.clear();
        double[] extra =
                switch (header.encoding()) {
                    case ASCII ->
                            AsciiRows.fill(
                                    bytes, header.dataOffset(), n, header.elements(), roles, out);
                    case BINARY -> PcdBinary.fillStructs(bytes, header, roles, out);
                    case BINARY_COMPRESSED -> PcdBinary.fillArrays(bytes, header, roles, out);
                };
        CloudColumns.complete(out, n, extra, roles, report);
        if (!header.viewpoint().isEmpty() && !header.viewpoint().matches(NO_VIEWPOINT)) {
            report.note("VIEWPOINT " + header.viewpoint() + " is not applied to the points");
        }
    }
}
