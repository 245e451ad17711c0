package io.azimuth.connectors.drive;

import io.azimuth.connectors.format.ReadReport;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;

/**
 * Sweeps of one or more sensors in the order in which they end. Lazy: a sweep is read or simulated
 * when it is asked for, and nothing of it is kept. Not thread-safe.
 */
public interface Drive extends AutoCloseable {
    /** Name of the recording or run, e.g. the folder's name. */
    String id();

    DriveInfo info();

    /** Number of sweeps, all sensors together. */
    int size();

    /** Sensor, number and times of a sweep, without reading it. Indices run in time order. */
    SweepKey key(int index);

    /**
     * Reads a sweep into {@code reuse}; the result shares it. Points have times exactly if {@link
     * DriveInfo#deskew()} is set.
     *
     * @param index 0 .. size - 1
     * @throws java.nio.file.NoSuchFileException if the file has gone
     * @throws io.azimuth.perception.geometry.MalformedDataException naming file and byte; other
     *     sweeps may still be readable
     */
    Sweep read(int index, PointCloud reuse) throws IOException;

    /** What was found in the sweep read last; valid until the next {@link #read}. */
    ReadReport lastReport();

    /** Poses and boxes, read on each call; empty where the drive has none. */
    DriveTruth truth() throws IOException;

    @Override
    void close();
}
