package io.azimuth.connectors.drive;

import io.azimuth.connectors.format.CloudOutput;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a drive into the layout of recorded drives, truth and {@code manifest.json} included, so
 * that {@link Drives#open} reads it back: one sensor into the folder itself, several into a
 * subfolder each. Points are written laser by laser, each from azimuth 0 to 360 degrees
 * counter-clockwise, which is what the reader gets rings from; times come back from the azimuth, so
 * only sweeps of a sensor that turns as KITTI's does keep them. Not thread-safe.
 */
public final class RecordedDriveWriter {
    private final Drive drive;
    private final Path root;
    private final List<Path> folders = new ArrayList<>();
    private final List<StringBuilder> stamps = new ArrayList<>();
    private final PointCloud ordered = new PointCloud();
    private long[] keys = new long[0];
    private long periodNanos;

    private RecordedDriveWriter(Drive drive, Path root) {
        this.drive = drive;
        this.root = root;
    }

    /**
     * Writes all sweeps of a drive.
     *
     * @param out made if missing
     * @return the number of files written
     * @throws FileAlreadyExistsException if {@code out} is not empty
     * @throws IllegalArgumentException if the sweeps are compensated: the layout is for sweeps as
     *     measured
     */
    public static int write(Drive drive, Path out) throws IOException {
        if (!drive.info().deskew()) {
            throw new IllegalArgumentException(
                    "drive "
                            + drive.id()
                            + " has compensated sweeps ("
                            + drive.info().deskewReason()
                            + "); a recorded drive holds sweeps as measured");
        }
        Files.createDirectories(out);
        try (Stream<Path> entries = Files.list(out)) {
            if (entries.findAny().isPresent()) {
                throw new FileAlreadyExistsException(
                        out.toString(), null, "the folder is not empty; name a new one");
            }
        }
        return new RecordedDriveWriter(drive, out).write();
    }

    private int write() throws IOException {
        int files = 0;
        List<DriveSensor> sensors = drive.info().sensors();
        List<String> names = new ArrayList<>();
        for (int s = 0; s < sensors.size(); s++) {
            names.add(
                    sensors.size() == 1
                            ? "."
                            : sensors.get(s).sensorId().replaceAll("[^A-Za-z0-9._-]", "_"));
            folders.add(root.resolve(names.get(s)).normalize());
            stamps.add(new StringBuilder());
            Files.createDirectories(folders.get(s).resolve("velodyne"));
        }
        PointCloud cloud = new PointCloud();
        for (int i = 0; i < drive.size(); i++, files++) {
            writeSweep(drive.key(i).sensor(), drive.read(i, cloud));
        }
        DriveTruth truth = drive.truth();
        for (int s = 0; s < sensors.size(); s++) {
            Files.writeString(folders.get(s).resolve("timestamps.txt"), stamps.get(s));
            files += 1 + writeTruth(s, truth.of(sensors.get(s).sensorId()));
        }
        boolean allAround =
                truth.bySensor().values().stream().noneMatch(SensorTruth::frontViewOnly);
        DriveManifest manifest =
                new DriveManifest(drive.id(), sensors, names, periodNanos, allAround);
        Files.write(root.resolve(DriveManifest.FILE), manifest.toJson());
        return files + 1;
    }

    private void writeSweep(int sensor, Sweep sweep) throws IOException {
        if (sweep.points().size() == 0) {
            throw new IOException(
                    "sweep %s/%d has no points: the layout cannot hold an empty sweep"
                            .formatted(sweep.sensorId(), sweep.seq()));
        }
        periodNanos = periodNanos == 0 ? sweep.durationNanos() : periodNanos;
        order(sweep.points());
        CloudOutput.BIN.write(
                folders.get(sensor).resolve("velodyne/%010d.bin".formatted(sweep.seq())), ordered);
        stamps.get(sensor)
                .append(sweep.seq())
                .append(' ')
                .append(Stamps.format(sweep.midNanos()))
                .append('\n');
    }

    /** Copies the points in the order ring, azimuth, index. */
    private void order(PointCloud cloud) {
        int n = cloud.size();
        if (keys.length < n) {
            keys = new long[n];
        }
        float[] x = cloud.x();
        float[] y = cloud.y();
        for (int i = 0; i < n; i++) {
            long azimuth = (long) (SpinColumns.full(SpinColumns.turns(y[i], x[i])) * (1 << 22));
            long ring = cloud.hasRing() ? cloud.ringOf(i) : 0;
            // 16 bits ring, 23 bits azimuth (1 included), 24 bits index: a total order.
            keys[i] = ring << 47 | azimuth << 24 | i;
        }
        java.util.Arrays.sort(keys, 0, n);
        ordered.clear();
        ordered.ensureCapacity(n);
        for (int k = 0; k < n; k++) {
            int i = (int) (keys[k] & 0xffffff);
            ordered.add(x[i], y[i], cloud.z()[i], cloud.intensity()[i]);
        }
    }

    private int writeTruth(int sensor, SensorTruth truth) throws IOException {
        int files = 0;
        if (!truth.firstFromSweep().isEmpty()) {
            StringBuilder rows = new StringBuilder();
            for (RigidTransform pose : truth.firstFromSweep().values()) {
                append(rows, " ", pose.toRows()).append('\n');
            }
            Files.writeString(folders.get(sensor).resolve("poses_reference.txt"), rows);
            files++;
        }
        if (truth.boxesKnown()) {
            StringBuilder rows =
                    new StringBuilder("sweep,track,class,x,y,z,length,width,height,yaw,points\n");
            for (LabelledBox b : truth.boxes()) {
                OrientedBox o = b.box();
                double[] v = {o.x(), o.y(), o.z(), o.length(), o.width(), o.height(), o.yawRad()};
                rows.append(b.sweep()).append(',').append(b.track()).append(',');
                append(rows.append(b.objectClass().label()).append(','), ",", v);
                rows.append(',').append(b.points()).append('\n');
            }
            Files.writeString(folders.get(sensor).resolve("boxes.csv"), rows);
            files++;
        }
        return files;
    }

    private static StringBuilder append(StringBuilder out, String between, double[] values) {
        for (int i = 0; i < values.length; i++) {
            out.append(i == 0 ? "" : between).append(values[i]);
        }
        return out;
    }
}
