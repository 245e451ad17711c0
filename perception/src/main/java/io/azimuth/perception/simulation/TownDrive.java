package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Vehicles with spinning LiDARs on a drive through a seeded town. Thread-safe; every result is a
 * pure function of the configuration and the arguments.
 */
public final class TownDrive {
    /** Start of every drive: 2026-01-01T00:00:00Z, nanoseconds since the epoch. */
    public static final long EPOCH_NANOS = 1_767_225_600_000_000_000L;

    private static final double NANO = 1e-9;

    private final TownConfig config;
    private final World world;
    private final Surroundings around;
    private final Actor[] actors;

    /** Of the last sweep, for the next one: a sweep that finds none makes its own. */
    private final AtomicReference<@Nullable HitGrid> spare = new AtomicReference<>();

    /**
     * Builds the town and plans everyone's way (a few tenths of a second).
     *
     * @throws IllegalArgumentException if the streets have no room for so many sensor vehicles
     */
    public TownDrive(TownConfig config) {
        this.config = config;
        Dice dice = new Dice(CounterHash.mix(config.seed()));
        world = World.of(config, dice.child(1).bits());
        double rate = 50;
        for (SensorModel s : config.sensors()) {
            rate = Math.min(rate, s.rateHz());
        }
        Traffic traffic = new Traffic(world, config, config.sweeps() / rate + 0.5, dice.child(2));
        around = new Surroundings(world.bodies(), traffic.actors);
        actors = traffic.actors.toArray(new Actor[0]);
    }

    public TownConfig config() {
        return config;
    }

    /** Name of the drive in its sweeps: {@code sim-<seed>}, {@code sim-b-<seed>} in family B. */
    public String driveId() {
        return (config.family() == TownFamily.B ? "sim-b-" : "sim-") + config.seed();
    }

    /** Sweeps that every sensor records. */
    public int sweepCount() {
        return config.sweeps();
    }

    public int vehicleCount() {
        return config.vehicles();
    }

    /** Sensors of every vehicle. */
    public List<SensorModel> sensors() {
        return config.sensors();
    }

    /** Name of a vehicle, e.g. {@code veh-01} for index 0. */
    public String vehicleId(int vehicle) {
        return "veh-%02d".formatted(vehicle + 1);
    }

    /** Name of a sensor, e.g. {@code veh-01/top}. */
    public String sensorId(int vehicle, int sensor) {
        return vehicleId(vehicle) + "/" + config.sensors().get(sensor).name();
    }

    /** Measuring time of the first column of a sweep; sweep {@code index + 1} starts at its end. */
    public long startNanos(int vehicle, int sensor, int index) {
        // sensors of a fleet are not in phase
        long phase = 7_300_000L * vehicle + 23_100_000L * sensor;
        double period = 1e9 / config.sensors().get(sensor).rateHz();
        return EPOCH_NANOS + phase + Math.round(index * period);
    }

    /** The sensor's exact pose in the world at an instant of the drive. */
    public RigidTransform worldFromSensor(int vehicle, int sensor, long nanos) {
        checkIndex("vehicle", vehicle, vehicleCount());
        checkIndex("sensor", sensor, sensors().size());
        double[] p = new double[12];
        sensorPose(vehicle, sensor, (nanos - EPOCH_NANOS) * NANO, new double[12], p);
        return transform(p);
    }

    /**
     * Casts one sweep.
     *
     * @param vehicle index of the vehicle, below {@link #vehicleCount()}
     * @param sensor index into {@link #sensors()}
     * @param index of the sweep, below {@link #sweepCount()}
     */
    public SimulatedSweep sweep(int vehicle, int sensor, int index) {
        checkIndex("vehicle", vehicle, vehicleCount());
        checkIndex("sensor", sensor, sensors().size());
        checkIndex("sweep", index, sweepCount());
        SensorModel model = sensors().get(sensor);
        long start = startNanos(vehicle, sensor, index);
        long end = startNanos(vehicle, sensor, index + 1);
        long key =
                CounterHash.child(
                        CounterHash.mix(config.seed() + 17),
                        index * 1024L + vehicle * 16L + sensor);
        long unit = CounterHash.child(CounterHash.mix(config.seed() + 18), vehicle * 16L + sensor);
        SweepCaster caster = new SweepCaster(world.ground(), around, model, vehicle, key, unit);
        double[] scratch = new double[12];
        HitGrid hits = spareHits(model);
        caster.cast(
                (t, out) -> sensorPose(vehicle, sensor, t, scratch, out),
                (start - EPOCH_NANOS) * NANO,
                (end - start) * NANO,
                end - start,
                hits);
        spare.set(hits);
        Sweep sweep =
                new Sweep(
                        vehicleId(vehicle),
                        sensorId(vehicle, sensor),
                        driveId(),
                        index,
                        start,
                        end,
                        Sweep.Sector.WHOLE,
                        model.egoFromSensor(),
                        model.beams(),
                        caster.cloud);
        RigidTransform pose = worldFromSensor(vehicle, sensor, sweep.midNanos());
        long first = startNanos(vehicle, sensor, 0);
        long firstMid = first + (startNanos(vehicle, sensor, 1) - first) / 2;
        RigidTransform relative = worldFromSensor(vehicle, sensor, firstMid).inverse().times(pose);
        List<TruthBox> boxes = boxes(vehicle, model, pose, sweep.midNanos(), caster.pointsOf);
        return new SimulatedSweep(sweep, pose, relative, boxes, caster.labels);
    }

    private HitGrid spareHits(SensorModel model) {
        HitGrid hits = spare.getAndSet(null);
        boolean fits = hits != null && hits.fits(model.columns(), model.rings());
        return hits != null && fits ? hits : new HitGrid(model.columns(), model.rings());
    }

    /** The standing world, for tests of this package. */
    World world() {
        return world;
    }

    /** Everybody, sensor vehicles first, for tests of this package. */
    List<Actor> actors() {
        return List.of(actors);
    }

    private List<TruthBox> boxes(
            int vehicle,
            SensorModel model,
            RigidTransform worldFromSensor,
            long nanos,
            int[] points) {
        double t = (nanos - EPOCH_NANOS) * NANO;
        RigidTransform sensorFromWorld = worldFromSensor.inverse();
        double[] p = new double[12];
        double[] q = new double[12];
        List<TruthBox> out = new ArrayList<>();
        for (int i = 0; i < actors.length; i++) {
            if (i == vehicle || !actors[i].presentAt(t)) {
                continue;
            }
            actors[i].pose(t, p);
            OrientedBox box = box(actors[i].shape, sensorFromWorld.times(transform(p)));
            double distance = Math.sqrt(box.x() * box.x() + box.y() * box.y());
            if (distance > model.maxRangeM() && points[i] == 0) {
                continue;
            }
            double h = 0.01;
            actors[i].pose(t - h, p);
            actors[i].pose(t + h, q);
            double f = 1 / (2 * h);
            out.add(
                    new TruthBox(
                            i,
                            actors[i].objectClass,
                            box,
                            (q[9] - p[9]) * f,
                            (q[10] - p[10]) * f,
                            (q[11] - p[11]) * f,
                            points[i]));
        }
        return out;
    }

    private static OrientedBox box(Shape s, RigidTransform sensorFromBody) {
        double cx = 0.5 * (s.low[0] + s.high[0]);
        double cy = 0.5 * (s.low[1] + s.high[1]);
        double cz = 0.5 * (s.low[2] + s.high[2]);
        return new OrientedBox(
                sensorFromBody.mapX(cx, cy, cz),
                sensorFromBody.mapY(cx, cy, cz),
                sensorFromBody.mapZ(cx, cy, cz),
                s.high[0] - s.low[0],
                s.high[1] - s.low[1],
                s.high[2] - s.low[2],
                StrictMath.atan2(sensorFromBody.r(1, 0), sensorFromBody.r(0, 0)));
    }

    private void sensorPose(int vehicle, int sensor, double t, double[] ego, double[] out) {
        actors[vehicle].pose(t, ego);
        RigidTransform m = sensors().get(sensor).egoFromSensor();
        for (int i = 0; i < 3; i++) {
            double a = ego[3 * i];
            double b = ego[3 * i + 1];
            double c = ego[3 * i + 2];
            for (int j = 0; j < 3; j++) {
                out[3 * i + j] = a * m.r(0, j) + b * m.r(1, j) + c * m.r(2, j);
            }
            out[9 + i] = a * m.tx() + b * m.ty() + c * m.tz() + ego[9 + i];
        }
    }

    private static RigidTransform transform(double[] p) {
        return RigidTransform.of(Arrays.copyOf(p, 9), p[9], p[10], p[11]);
    }

    private static void checkIndex(String name, int index, int count) {
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException(
                    "%s index is %d, expected 0 .. %d".formatted(name, index, count - 1));
        }
    }
}
