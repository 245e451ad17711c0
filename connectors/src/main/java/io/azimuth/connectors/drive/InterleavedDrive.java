package io.azimuth.connectors.drive;

import io.azimuth.connectors.format.ReadReport;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Several drives of one sensor each as one, their sweeps by end time, then by sensor. */
final class InterleavedDrive implements Drive {
    /** A sweep of the whole: which drive it is in and where. */
    private record Slot(int drive, int index, SweepKey key) {}

    private final String id;
    private final DriveInfo info;
    private final List<Drive> drives;
    private final List<Slot> order;
    private int last;

    /**
     * @param drives of one sensor each, all with the same deskew verdict; owned by this one
     */
    InterleavedDrive(String id, String guess, List<Drive> drives) {
        this.id = id;
        this.drives = List.copyOf(drives);
        this.order = order(this.drives);
        List<DriveSensor> sensors = new ArrayList<>();
        drives.forEach(d -> sensors.add(d.info().sensors().get(0)));
        DriveInfo first = drives.get(0).info();
        this.info =
                new DriveInfo(
                        first.format(),
                        guess,
                        first.deskew(),
                        first.deskewReason(),
                        sensors,
                        first.periodSeconds(),
                        order.size());
    }

    private static List<Slot> order(List<Drive> drives) {
        List<Slot> out = new ArrayList<>();
        for (int d = 0; d < drives.size(); d++) {
            for (int i = 0; i < drives.get(d).size(); i++) {
                SweepKey k = drives.get(d).key(i);
                out.add(new Slot(d, i, new SweepKey(d, k.seq(), k.startNanos(), k.endNanos())));
            }
        }
        out.sort(
                Comparator.comparingLong((Slot s) -> s.key().endNanos())
                        .thenComparingInt(Slot::drive)
                        .thenComparingInt(Slot::index));
        return List.copyOf(out);
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
        return order.size();
    }

    @Override
    public SweepKey key(int index) {
        return order.get(Objects.checkIndex(index, order.size())).key();
    }

    @Override
    public Sweep read(int index, PointCloud reuse) throws IOException {
        Slot slot = order.get(Objects.checkIndex(index, order.size()));
        last = slot.drive();
        Sweep s = drives.get(slot.drive()).read(slot.index(), reuse);
        return new Sweep(
                s.vehicleId(),
                s.sensorId(),
                id,
                s.seq(),
                s.startNanos(),
                s.endNanos(),
                s.sector(),
                s.egoFromSensor(),
                s.beams(),
                s.points());
    }

    @Override
    public ReadReport lastReport() {
        return drives.get(last).lastReport();
    }

    @Override
    public DriveTruth truth() throws IOException {
        Map<String, SensorTruth> all = new TreeMap<>();
        for (Drive drive : drives) {
            all.putAll(drive.truth().bySensor());
        }
        return new DriveTruth(all);
    }

    @Override
    public void close() {
        drives.forEach(Drive::close);
    }
}
