package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;

/** The binary encodings of PCD: checks of size, and LZF unpacked. */
final class PcdBinary {
    private PcdBinary() {}

    /** Decodes DATA binary; returns n rings, then n times (0 where the file has none). */
    static double[] fillStructs(
            CloudBytes bytes, PcdHeader header, ColumnRoles roles, PointCloud out) {
        long needed = (long) header.points() * header.stride();
        long there = bytes.size() - header.dataOffset();
        if (needed > there) {
            throw MalformedDataException.at(
                    bytes.name(),
                    bytes.size(),
                    "the file ends after %d bytes of data, accepted are %d (%d points of %d bytes); copy it again"
                            .formatted(there, needed, header.points(), header.stride()));
        }
        return ColumnBytes.structs(
                        bytes.array(), header.dataOffset(), header.points(), header.stride(), false)
                .fill(bytes, roles, out);
    }

    /** Decodes DATA binary_compressed; returns n rings, then n times (0 where there are none). */
    static double[] fillArrays(
            CloudBytes bytes, PcdHeader header, ColumnRoles roles, PointCloud out) {
        int at = header.dataOffset();
        if (bytes.size() - at < 8) {
            throw MalformedDataException.at(
                    bytes.name(),
                    at,
                    "the file ends after %d bytes of data, accepted are two sizes of 4 bytes first"
                            .formatted(bytes.size() - at));
        }
        long packed = ColumnBytes.unsignedInt(bytes.array(), at);
        long plain = ColumnBytes.unsignedInt(bytes.array(), at + 4);
        long needed = (long) header.points() * header.stride();
        if (packed > bytes.size() - at - 8) {
            throw MalformedDataException.at(
                    bytes.name(),
                    at,
                    "compressed size is %d but only %d bytes follow; copy the file again"
                            .formatted(packed, bytes.size() - at - 8));
        }
        if (plain != needed) {
            throw MalformedDataException.at(
                    bytes.name(),
                    at + 4L,
                    "plain size is %d, accepted is %d (%d points of %d bytes)"
                            .formatted(plain, needed, header.points(), header.stride()));
        }
        int to = at + 8 + (int) packed;
        long expanded = Lzf.plainLength(bytes.array(), at + 8, to);
        if (expanded != needed || needed > CloudBytes.MAX_BYTES) {
            throw MalformedDataException.at(
                    bytes.name(),
                    expanded < 0 ? -1 - expanded : to,
                    expanded < 0
                            ? "the LZF stream is broken here; copy the file again"
                            : "the LZF stream holds %d bytes, accepted are %d (at most %d)"
                                    .formatted(expanded, needed, CloudBytes.MAX_BYTES));
        }
        byte[] data = bytes.scratch((int) needed);
        Lzf.expand(bytes.array(), at + 8, to, data);
        return ColumnBytes.arrays(data, 0, header.points(), false).fill(bytes, roles, out);
    }
}
