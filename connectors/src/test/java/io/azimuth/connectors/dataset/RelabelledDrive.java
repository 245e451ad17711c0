package io.azimuth.connectors.dataset;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveInfo;
import io.azimuth.connectors.drive.DriveTruth;
import io.azimuth.connectors.drive.SensorTruth;
import io.azimuth.connectors.drive.SweepKey;
import io.azimuth.connectors.format.ReadReport;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A drive of a test whose truth was changed. */
record RelabelledDrive(Drive drive, UnaryOperator<SensorTruth> change) implements Drive {
    @Override
    public String id() {
        return drive.id();
    }

    @Override
    public DriveInfo info() {
        return drive.info();
    }

    @Override
    public int size() {
        return drive.size();
    }

    @Override
    public SweepKey key(int index) {
        return drive.key(index);
    }

    @Override
    public Sweep read(int index, PointCloud reuse) throws IOException {
        return drive.read(index, reuse);
    }

    @Override
    public ReadReport lastReport() {
        return drive.lastReport();
    }

    @Override
    public DriveTruth truth() throws IOException {
        TreeMap<String, SensorTruth> out = new TreeMap<>(drive.truth().bySensor());
        out.replaceAll((id, truth) -> change.apply(truth));
        return new DriveTruth(out);
    }

    @Override
    public void close() {
        drive.close();
    }
}
