package io.azimuth.connectors.drive;

import io.azimuth.connectors.format.ReadReport;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TruthBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A drive through the simulated town: all vehicles and sensors, sweeps by end time, then by vehicle
 * and sensor. Each read casts the sweep anew; only its boxes are kept, for {@link #truth}. Boxes of
 * objects that nothing was seen of stand in the truth with 0 points.
 */
public final class SimulatedDrive implements Drive {
    private static final double NANOS = 1e9;

    private final TownDrive town;
    private final DriveInfo info;
    private final List<SweepKey> order;
    private final Map<SweepKey, List<LabelledBox>> boxes;
    private final ReadReport report = new ReadReport();

    public SimulatedDrive(TownConfig config) {
        town = new TownDrive(config);
        order = order(town);
        boxes = new TreeMap<>(BY_SENSOR);
        List<DriveSensor> sensors = new ArrayList<>();
        for (int v = 0; v < town.vehicleCount(); v++) {
            for (int s = 0; s < town.sensors().size(); s++) {
                sensors.add(
                        new DriveSensor(
                                town.vehicleId(v),
                                town.sensorId(v, s),
                                town.sensors().get(s).egoFromSensor()));
            }
        }
        info =
                new DriveInfo(
                        "simulation",
                        "a town of seed " + config.seed(),
                        true,
                        "the simulated sensor moves during its sweep",
                        sensors,
                        1 / town.sensors().get(0).rateHz(),
                        order.size());
    }

    private static final Comparator<SweepKey> BY_SENSOR =
            Comparator.comparingInt(SweepKey::sensor).thenComparingLong(SweepKey::seq);

    private static List<SweepKey> order(TownDrive town) {
        List<SweepKey> keys = new ArrayList<>();
        for (int v = 0; v < town.vehicleCount(); v++) {
            for (int s = 0; s < town.sensors().size(); s++) {
                SensorModel model = town.sensors().get(s);
                long period = Math.round(NANOS / model.rateHz());
                for (int i = 0; i < town.sweepCount(); i++) {
                    long start = town.startNanos(v, s, i);
                    keys.add(new SweepKey(v * town.sensors().size() + s, i, start, start + period));
                }
            }
        }
        keys.sort(Comparator.comparingLong(SweepKey::endNanos).thenComparing(BY_SENSOR));
        return List.copyOf(keys);
    }

    @Override
    public String id() {
        return town.driveId();
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
        return order.get(Objects.checkIndex(index, order.size()));
    }

    @Override
    public Sweep read(int index, PointCloud reuse) {
        SweepKey key = key(index);
        Sweep made = cast(key).sweep();
        copy(made.points(), reuse);
        report.begin("simulation", reuse.size());
        return new Sweep(
                made.vehicleId(),
                made.sensorId(),
                id(),
                key.seq(),
                made.startNanos(),
                made.endNanos(),
                made.sector(),
                made.egoFromSensor(),
                made.beams(),
                reuse);
    }

    /** Casts a sweep and remembers its boxes. */
    private SimulatedSweep cast(SweepKey key) {
        int sensors = town.sensors().size();
        SimulatedSweep cast =
                town.sweep(key.sensor() / sensors, key.sensor() % sensors, (int) key.seq());
        boxes.computeIfAbsent(key, k -> labelled(k.seq(), cast.boxes()));
        return cast;
    }

    private static List<LabelledBox> labelled(long seq, List<TruthBox> truth) {
        List<LabelledBox> out = new ArrayList<>();
        for (TruthBox b : truth) {
            out.add(new LabelledBox(seq, b.trackId(), b.objectClass(), b.box(), b.points()));
        }
        return List.copyOf(out);
    }

    private static void copy(PointCloud from, PointCloud to) {
        int n = from.size();
        to.clear();
        to.ensureCapacity(n);
        System.arraycopy(from.x(), 0, to.x(), 0, n);
        System.arraycopy(from.y(), 0, to.y(), 0, n);
        System.arraycopy(from.z(), 0, to.z(), 0, n);
        System.arraycopy(from.intensity(), 0, to.intensity(), 0, n);
        System.arraycopy(from.ring(), 0, to.ring(), 0, n);
        System.arraycopy(from.timeOffsetNanos(), 0, to.timeOffsetNanos(), 0, n);
        to.resize(n);
        to.declare(from.hasRing(), from.hasTime());
    }

    @Override
    public ReadReport lastReport() {
        return report;
    }

    /** Exact poses and boxes; casts the sweeps that have not been read yet. */
    @Override
    public DriveTruth truth() {
        Map<String, SensorTruth> all = new TreeMap<>();
        for (int k = 0; k < info.sensors().size(); k++) {
            all.put(info.sensors().get(k).sensorId(), truth(k));
        }
        return new DriveTruth(all);
    }

    private SensorTruth truth(int sensor) {
        int perVehicle = town.sensors().size();
        SortedMap<Long, RigidTransform> poses = new TreeMap<>();
        List<LabelledBox> labels = new ArrayList<>();
        RigidTransform firstFromWorld = null;
        for (SweepKey key : order) {
            if (key.sensor() != sensor) {
                continue;
            }
            long mid = key.startNanos() + (key.endNanos() - key.startNanos()) / 2;
            RigidTransform pose =
                    town.worldFromSensor(sensor / perVehicle, sensor % perVehicle, mid);
            firstFromWorld = firstFromWorld == null ? pose.inverse() : firstFromWorld;
            poses.put(key.seq(), firstFromWorld.times(pose));
            if (!boxes.containsKey(key)) {
                cast(key);
            }
            labels.addAll(boxes.getOrDefault(key, List.of()));
        }
        return new SensorTruth(poses, labels, new TreeSet<>(poses.keySet()), false);
    }

    @Override
    public void close() {
        // Holds no file.
    }
}
