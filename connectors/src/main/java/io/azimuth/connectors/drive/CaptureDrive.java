package io.azimuth.connectors.drive;

import io.azimuth.connectors.format.ReadReport;
import io.azimuth.connectors.packets.PacketCapture;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The sweeps of a packet capture as a drive of one sensor. */
final class CaptureDrive implements Drive {
    private final String id;
    private final PacketCapture capture;
    private final DriveInfo info;
    private final ReadReport report = new ReadReport();

    CaptureDrive(String id, PacketCapture capture) {
        this.id = id;
        this.capture = capture;
        String notes = String.join("; ", capture.notes());
        info =
                new DriveInfo(
                        "packet-capture",
                        capture.description() + (notes.isEmpty() ? "" : "; " + notes),
                        true,
                        "points carry the sensor's time: " + capture.timeRule(),
                        List.of(DriveNames.onlySensor(id)),
                        capture.periodNanos() / 1e9,
                        capture.size());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public DriveInfo info() {
        return info;
    }

    @Override
    public int size() {
        return capture.size();
    }

    @Override
    public SweepKey key(int index) {
        Objects.checkIndex(index, capture.size());
        return new SweepKey(
                0, capture.seq(index), capture.startNanos(index), capture.endNanos(index));
    }

    @Override
    public Sweep read(int index, PointCloud reuse) throws IOException {
        SweepKey key = key(index);
        report.begin("packet-capture", capture.read(index, reuse));
        report.intensity(capture.intensityRule());
        report.time(capture.timeRule(), key.startNanos());
        capture.notes().forEach(report::note);
        DriveSensor sensor = info.sensors().get(0);
        return new Sweep(
                sensor.vehicleId(),
                sensor.sensorId(),
                id,
                key.seq(),
                key.startNanos(),
                key.endNanos(),
                Sweep.Sector.WHOLE,
                sensor.egoFromSensor(),
                null,
                reuse);
    }

    @Override
    public ReadReport lastReport() {
        return report;
    }

    @Override
    public DriveTruth truth() {
        return DriveTruth.NONE;
    }

    @Override
    public void close() {
        try {
            capture.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
