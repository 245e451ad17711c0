package io.azimuth.connectors.drive;

import io.azimuth.connectors.format.CloudBytes;
import io.azimuth.connectors.format.CloudFormat;
import io.azimuth.connectors.format.CloudFormats;
import io.azimuth.connectors.format.ReadReport;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A drive of one sensor whose sweeps lie in a file each. */
final class FileDrive implements Drive {
    /** Where the times of the points come from. */
    enum PointTime {
        /** None: the sweeps are already compensated, or nothing is known. */
        NONE,
        /** From the azimuth, as KITTI's sensor turns. */
        FROM_AZIMUTH,
        /** From a column of the files. */
        FROM_FILE
    }

    /** A sweep's file, number and times. */
    record SweepFile(Path path, SweepKey key) {}

    /** Reads the truth when it is asked for. */
    interface TruthSource {
        DriveTruth read() throws IOException;
    }

    private final String id;
    private final DriveInfo info;
    private final List<SweepFile> files;
    private final PointTime pointTime;
    private final TruthSource truth;
    private final CloudFormats formats;
    private final CloudBytes bytes = new CloudBytes();
    private final ReadReport report = new ReadReport();

    FileDrive(
            String id,
            DriveInfo info,
            List<SweepFile> files,
            PointTime pointTime,
            TruthSource truth,
            CloudFormats formats) {
        this.id = id;
        this.info = info;
        this.files = List.copyOf(files);
        this.pointTime = pointTime;
        this.truth = truth;
        this.formats = formats;
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
        return files.size();
    }

    @Override
    public SweepKey key(int index) {
        return files.get(Objects.checkIndex(index, files.size())).key();
    }

    @Override
    public Sweep read(int index, PointCloud reuse) throws IOException {
        SweepFile file = files.get(Objects.checkIndex(index, files.size()));
        SweepKey key = file.key();
        bytes.load(file.path());
        CloudFormat format = formats.of(bytes);
        format.read(bytes, reuse, report);
        complete(reuse, key.endNanos() - key.startNanos(), report.format().equals("kitti-bin"));
        DriveSensor sensor = info.sensors().get(key.sensor());
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

    /** Adds the columns that the format lacks and takes away times that nobody asked for. */
    private void complete(PointCloud cloud, long durationNanos, boolean bare) {
        switch (pointTime) {
            case FROM_AZIMUTH -> {
                boolean hadRing = cloud.hasRing();
                if (bare) {
                    SpinColumns.fill(cloud, durationNanos, true, true);
                } else if (!cloud.hasTime()) {
                    SpinColumns.fillTimes(cloud, durationNanos);
                    cloud.declare(hadRing, true);
                }
            }
            case FROM_FILE -> {
                if (!cloud.hasTime()) {
                    throw MalformedDataException.at(
                            bytes.name(),
                            0,
                            "no usable time column ("
                                    + report.timeRule()
                                    + ") though the first file of the drive has one; accepted are files of one kind");
                }
            }
            case NONE -> {
                if (bare) {
                    SpinColumns.fill(cloud, durationNanos, false, true);
                }
                cloud.declare(cloud.hasRing(), false);
            }
        }
    }

    @Override
    public ReadReport lastReport() {
        return report;
    }

    @Override
    public DriveTruth truth() throws IOException {
        return truth.read();
    }

    @Override
    public void close() {
        // Files are closed after each sweep.
    }
}
