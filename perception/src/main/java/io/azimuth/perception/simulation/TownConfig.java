package io.azimuth.perception.simulation;

import java.util.List;

/**
 * What to drive through, with what, and for how long.
 *
 * @param seed of town, traffic and noise
 * @param sweeps a sensor records, 1 .. 100000
 * @param vehicles that carry sensors, 1 .. 16
 * @param sensors of every vehicle; names must differ
 * @param trafficDensity moving cars, cyclists and pedestrians relative to a normal street, 0 .. 3
 * @param parkingDensity share of the kerb where cars are parked, 0 .. 1
 * @param family which generator draws the town
 * @param sizes of the road users
 */
public record TownConfig(
        long seed,
        int sweeps,
        int vehicles,
        List<SensorModel> sensors,
        double trafficDensity,
        double parkingDensity,
        TownFamily family,
        SizeRegion sizes) {
    public TownConfig {
        sensors = List.copyOf(sensors);
        require(sweeps >= 1 && sweeps <= 100_000, "sweeps", sweeps, "1 .. 100000");
        require(vehicles >= 1 && vehicles <= 16, "vehicles", vehicles, "1 .. 16");
        require(!sensors.isEmpty() && sensors.size() <= 8, "sensors", sensors.size(), "1 .. 8");
        long names = sensors.stream().map(SensorModel::name).distinct().count();
        require(names == sensors.size(), "distinct sensor names", names, "one a sensor");
        require(
                trafficDensity >= 0 && trafficDensity <= 3,
                "trafficDensity",
                trafficDensity,
                "0 .. 3");
        require(
                parkingDensity >= 0 && parkingDensity <= 1,
                "parkingDensity",
                parkingDensity,
                "0 .. 1");
    }

    /** One vehicle with a 64-beam LiDAR on its roof for half a minute, family A, Europe. */
    public static TownConfig of(long seed) {
        List<SensorModel> roof = List.of(SensorModel.hdl64("top"));
        return new TownConfig(seed, 300, 1, roof, 1, 0.6, TownFamily.A, SizeRegion.EUROPE);
    }

    public TownConfig withSweeps(int newSweeps) {
        return new TownConfig(
                seed, newSweeps, vehicles, sensors, trafficDensity, parkingDensity, family, sizes);
    }

    public TownConfig withVehicles(int newVehicles) {
        return new TownConfig(
                seed, sweeps, newVehicles, sensors, trafficDensity, parkingDensity, family, sizes);
    }

    public TownConfig withSensors(SensorModel... newSensors) {
        return new TownConfig(
                seed,
                sweeps,
                vehicles,
                List.of(newSensors),
                trafficDensity,
                parkingDensity,
                family,
                sizes);
    }

    public TownConfig withTrafficDensity(double newDensity) {
        return new TownConfig(
                seed, sweeps, vehicles, sensors, newDensity, parkingDensity, family, sizes);
    }

    public TownConfig withFamily(TownFamily newFamily) {
        return new TownConfig(
                seed, sweeps, vehicles, sensors, trafficDensity, parkingDensity, newFamily, sizes);
    }

    public TownConfig withSizes(SizeRegion newSizes) {
        return new TownConfig(
                seed, sweeps, vehicles, sensors, trafficDensity, parkingDensity, family, newSizes);
    }

    private static void require(boolean holds, String name, Number found, String accepted) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "town: %s is %s, expected %s".formatted(name, found, accepted));
        }
    }
}
