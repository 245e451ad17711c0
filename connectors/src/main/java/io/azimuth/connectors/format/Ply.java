package io.azimuth.connectors.format;

import io.azimuth.connectors.format.PlyHeader.Element;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * PLY 1.0 in its three forms: the properties of {@code vertex} in any order and type, read by the
 * same names as {@link Pcd}'s fields. Other elements, faces among them, are skipped. Source: Turk,
 * "The PLY Polygon File Format" (1994); written by {@link CloudOutput}.
 */
public final class Ply implements CloudFormat {
    @Override
    public String name() {
        return "ply";
    }

    @Override
    public List<String> extensions() {
        return List.of(".ply");
    }

    @Override
    public boolean matches(CloudBytes bytes) {
        String lower = bytes.name().toLowerCase(Locale.ROOT);
        if (lower.endsWith(".ply")) {
            return true;
        }
        boolean others = lower.endsWith(".bin") || lower.endsWith(".pcd") || lower.endsWith(".npy");
        int probed = Math.min(bytes.size(), 5);
        String head = new String(bytes.array(), 0, probed, StandardCharsets.ISO_8859_1);
        return !others && (head.startsWith("ply\n") || head.startsWith("ply\r\n"));
    }

    @Override
    public void read(CloudBytes bytes, PointCloud out, ReadReport report) {
        PlyHeader header = PlyHeader.parse(bytes);
        int at = header.dataOffset();
        for (Element e : header.elements()) {
            if (e.name().equals("vertex")) {
                vertices(bytes, header, e, at, out, report);
                return;
            }
            at = skip(bytes, header, e, at);
        }
        throw MalformedDataException.at(
                bytes.name(),
                0,
                "the header has no element 'vertex', accepted are files of points; has it only "
                        + header.elements().stream().map(Element::name).toList());
    }

    private void vertices(
            CloudBytes bytes,
            PlyHeader header,
            Element vertex,
            int at,
            PointCloud out,
            ReadReport report) {
        if (vertex.count() > MAX_POINTS || vertex.hasLists()) {
            throw MalformedDataException.at(
                    bytes.name(),
                    0,
                    "element vertex has %d rows%s, accepted are at most %d without lists"
                            .formatted(
                                    vertex.count(),
                                    vertex.hasLists() ? " with lists" : "",
                                    MAX_POINTS));
        }
        int n = (int) vertex.count();
        ColumnRoles roles = ColumnRoles.of(bytes.name(), "element vertex", vertex.columns());
        report.begin(name() + " " + header.encoding().keyword(), n);
        out.clear();
        double[] extra;
        if (header.encoding() == PlyEncoding.ASCII) {
            extra = AsciiRows.fill(bytes, at, n, vertex.columns().size(), roles, out);
        } else {
            need(bytes, at, (long) n * vertex.rowBytes(), vertex);
            boolean big = header.encoding() == PlyEncoding.BINARY_BIG_ENDIAN;
            extra =
                    ColumnBytes.structs(bytes.array(), at, n, vertex.rowBytes(), big)
                            .fill(bytes, roles, out);
        }
        CloudColumns.complete(out, n, extra, roles, report);
    }

    private static int skip(CloudBytes bytes, PlyHeader header, Element e, int at) {
        if (header.encoding() == PlyEncoding.ASCII) {
            return skipLines(bytes, e, at);
        }
        if (!e.hasLists()) {
            need(bytes, at, e.count() * (double) e.rowBytes(), e);
            return at + (int) (e.count() * e.rowBytes());
        }
        boolean big = header.encoding() == PlyEncoding.BINARY_BIG_ENDIAN;
        long position = at;
        for (long row = 0; row < e.count(); row++) {
            for (int[] property : e.lists()) {
                long entries = 1;
                if (property[0] > 0) {
                    need(bytes, position, property[0], e);
                    entries = unsigned(bytes.array(), (int) position, property[0], big);
                    position += property[0];
                }
                need(bytes, position, entries * (double) property[1], e);
                position += entries * property[1];
            }
        }
        return (int) position;
    }

    private static int skipLines(CloudBytes bytes, Element e, int at) {
        int position = at;
        for (long row = 0; row < e.count(); ) {
            need(bytes, position, 1, e);
            boolean empty = true;
            while (position < bytes.size() && bytes.array()[position] != '\n') {
                empty &= bytes.array()[position++] <= ' ';
            }
            position++;
            row += empty ? 0 : 1;
        }
        return Math.min(position, bytes.size());
    }

    private static long unsigned(byte[] b, int at, int size, boolean big) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | b[big ? at + i : at + size - 1 - i] & 0xff;
        }
        return value < 0 ? Long.MAX_VALUE >> 8 : value;
    }

    private static void need(CloudBytes bytes, long at, double length, Element e) {
        if (!(length <= bytes.size() - at)) {
            throw MalformedDataException.at(
                    bytes.name(),
                    bytes.size(),
                    "the file ends inside element '%s' of %d rows: %d bytes are left from byte %d, accepted are at least %.0f; copy it again"
                            .formatted(
                                    e.name(),
                                    e.count(),
                                    Math.max(0, bytes.size() - at),
                                    at,
                                    length));
        }
    }
}
