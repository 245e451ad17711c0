package io.azimuth.jobs.realism;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Scans of recordings. */
final class RealScans {
    /** Neighbouring sweeps show the same: so many clouds of a recording count. */
    private static final int MOST_CLOUDS = 25;

    private final List<Path> folders;

    RealScans(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** Shows evenly chosen sweeps whole, and for their cars all that are labelled. */
    void visit(ScanVisitor visitor) throws IOException {
        PointCloud points = new PointCloud();
        for (Path folder : folders) {
            CarLabels labels = CarLabels.of(folder);
            try (Drive drive = Drives.open(folder)) {
                int every = Math.max(1, drive.size() / MOST_CLOUDS);
                for (int i = 0; i < drive.size(); i++) {
                    List<CarBox> cars = labels.of(drive.key(i).seq());
                    boolean whole = i % every == 0;
                    if (whole || !cars.isEmpty()) {
                        Sweep sweep = drive.read(i, points);
                        visitor.visit(new Scan(sweep, cars, null), whole);
                    }
                }
            }
        }
    }
}
