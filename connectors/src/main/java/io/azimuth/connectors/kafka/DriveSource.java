package io.azimuth.connectors.kafka;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveSensor;
import io.azimuth.connectors.drive.SweepKey;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.util.List;

/**
 * A drive as something to replay. The drive stays the caller's to close. Not thread-safe, as drives
 * are not.
 */
public final class DriveSource implements SweepSource {
    private final Drive drive;
    private final List<DriveSensor> sensors;

    public DriveSource(Drive drive) {
        this.drive = drive;
        this.sensors = drive.info().sensors();
    }

    @Override
    public int size() {
        return drive.size();
    }

    @Override
    public Entry entry(int index) {
        SweepKey key = drive.key(index);
        DriveSensor sensor = sensors.get(key.sensor());
        return new Entry(
                sensor.vehicleId(),
                sensor.sensorId(),
                drive.id(),
                key.seq(),
                key.startNanos(),
                key.endNanos());
    }

    /**
     * {@inheritDoc} A file that cannot be read at all is reported in the same way: a replay goes on
     * with the next sweep.
     */
    @Override
    public Sweep read(int index, PointCloud reuse) {
        try {
            return drive.read(index, reuse);
        } catch (IOException e) {
            SweepKey key = drive.key(index);
            throw new MalformedDataException(
                    "drive %s, sweep %d of sensor %s: cannot be read: %s"
                            .formatted(
                                    drive.id(), key.seq(), sensors.get(key.sensor()).sensorId(), e),
                    e);
        }
    }
}
