package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;
import java.util.List;

/**
 * Reads the clouds of one file format. Implementations are stateless and thread-safe, have a public
 * constructor without arguments and stand in {@code META-INF/services}.
 */
public interface CloudFormat {
    /** Most points that one file may hold. */
    int MAX_POINTS = 8_000_000;

    /** Short name for people, e.g. {@code kitti-bin}. */
    String name();

    /** Endings of file names, with the leading dot, lower case. */
    List<String> extensions();

    /** Whether name and content look like this format; at most one format says so of a file. */
    boolean matches(CloudBytes bytes);

    /**
     * Replaces {@code out} by the file's points: our axes (x forward, y left, z up), metres,
     * intensity in [0, 1], time offsets from the sweep's start where the file has them. Points with
     * a value that is not finite are dropped and counted.
     *
     * @param out cleared and refilled; grows if needed
     * @param report reset and refilled: what was found and decided
     * @throws io.azimuth.perception.geometry.MalformedDataException naming file, byte offset, what
     *     was found and what is accepted
     */
    void read(CloudBytes bytes, PointCloud out, ReadReport report);
}
