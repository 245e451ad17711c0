package io.azimuth.connectors.kafka;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;

/** Sweeps of one or more sensors in the order in which they are to be sent (by end time). */
public interface SweepSource {
    int size();

    /** What is known of sweep {@code index} without reading its points. */
    Entry entry(int index);

    /**
     * Reads sweep {@code index}.
     *
     * @param reuse takes the points
     * @throws MalformedDataException if the sweep is unreadable
     */
    Sweep read(int index, PointCloud reuse);

    /** Identity and times of one sweep. */
    record Entry(
            String vehicleId,
            String sensorId,
            String driveId,
            long seq,
            long startNanos,
            long endNanos) {}
}
