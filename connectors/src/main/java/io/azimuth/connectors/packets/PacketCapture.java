package io.azimuth.connectors.packets;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps of one spinning LiDAR in a packet capture. Points come in the sensor's frame (x forward, y
 * left, z up, metres) in the order of measuring, with ring and time. Sweeps are read when asked
 * for; only their places are kept. Not thread-safe.
 */
public interface PacketCapture extends Closeable {
    /**
     * Opens a capture and finds its sweeps in one pass over the file.
     *
     * @param metadata the sensor's own description (Ouster: JSON) or calibration (Velodyne: YAML of
     *     the ROS driver, or db.xml); null to look beside the capture: the file of the same name,
     *     for Ouster else the only one in the folder
     * @return null if the file is no packet capture
     * @throws MalformedDataException if it is one but holds no sweep that can be read; the message
     *     says what to do
     */
    static @Nullable PacketCapture open(Path capture, @Nullable Path metadata) throws IOException {
        return Captures.open(capture, metadata);
    }

    /** Whether a file begins as a packet capture does. */
    static boolean isCapture(Path file) throws IOException {
        try (CaptureReader reader = CaptureReader.open(file)) {
            return reader != null;
        } catch (MalformedDataException e) {
            return true; // of a kind that open() says more about
        }
    }

    /** Kind of file, sensor and packets, e.g. {@code pcap of OS-1-32-G, packets LEGACY}. */
    String description();

    /** Number of sweeps. */
    int size();

    /** The sensor's own count of a sweep, from 0; lost sweeps leave gaps. */
    long seq(int index);

    /** Time of the first column of a sweep by the sensor's clock. */
    long startNanos(int index);

    /** Time at which the last column of a sweep ends. */
    long endNanos(int index);

    /** Median time from one sweep to the next; as configured if there is only one. */
    long periodNanos();

    /**
     * Reads a sweep into {@code cloud}, which it empties first.
     *
     * @return pixels that were looked at, those without a return included
     * @throws MalformedDataException naming file and byte
     */
    long read(int index, PointCloud cloud) throws IOException;

    /** How intensity came to [0, 1]. */
    String intensityRule();

    /** Where the times of points come from. */
    String timeRule();

    /** What was left out or odd, for people. */
    List<String> notes();

    @Override
    void close() throws IOException;
}
