package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.RigidTransform;

/**
 * Vehicles with spinning LiDARs on a drive through a seeded town. Immutable after construction and
 * thread-safe; every result is a pure function of the configuration and the arguments.
 */
public final class TownDrive {
    /** Start of every drive: 2026-01-01T00:00:00Z, nanoseconds since the epoch. */
    public static final long EPOCH_NANOS = 1_767_225_600_000_000_000L;

    private final TownConfig config;

    public TownDrive(TownConfig config) {
        this.config = config;
    }

    public TownConfig config() {
        return config;
    }

    /** Name of the drive as it stands in its sweeps: {@code sim-<seed>}. */
    public String driveId() {
        return "sim-" + config.seed();
    }

    /** Sweeps that every sensor records. */
    public int sweepCount() {
        return config.sweeps();
    }

    public int vehicleCount() {
        return config.vehicles();
    }

    /** Sensors of every vehicle. */
    public java.util.List<SensorModel> sensors() {
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
        throw new UnsupportedOperationException("not built yet");
    }

    /** The sensor's exact pose in the world at an instant of the drive. */
    public RigidTransform worldFromSensor(int vehicle, int sensor, long nanos) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Casts one sweep.
     *
     * @param vehicle index of the vehicle, below {@link #vehicleCount()}
     * @param sensor index into {@link #sensors()}
     * @param index of the sweep, below {@link #sweepCount()}
     */
    public SimulatedSweep sweep(int vehicle, int sensor, int index) {
        throw new UnsupportedOperationException("not built yet");
    }
}
