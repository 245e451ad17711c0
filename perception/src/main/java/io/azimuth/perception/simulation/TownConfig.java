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
 * @param decoyDensity upright things as large as people that are set up beside family A's streets
 *     for a network to learn from, 0 (none, as in every town that is scored) .. 3
 */
public record TownConfig(
        long seed,
        int sweeps,
        int vehicles,
        List<SensorModel> sensors,
        double trafficDensity,
        double parkingDensity,
        TownFamily family,
        SizeRegion sizes,
        double decoyDensity) {
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
        require(
                decoyDensity == 0 || family == TownFamily.A,
                "decoyDensity",
                decoyDensity,
                "0 in family B");
        require(decoyDensity >= 0 && decoyDensity <= 3, "decoyDensity", decoyDensity, "0 .. 3");
    }

    /** Without decoys. */
    public TownConfig(
            long seed,
            int sweeps,
            int vehicles,
            List<SensorModel> sensors,
            double trafficDensity,
            double parkingDensity,
            TownFamily family,
            SizeRegion sizes) {
        this(seed, sweeps, vehicles, sensors, trafficDensity, parkingDensity, family, sizes, 0);
    }

    /** One vehicle with a 64-beam LiDAR on its roof for half a minute, family A, Europe. */
    public static TownConfig of(long seed) {
        List<SensorModel> roof = List.of(SensorModel.hdl64("top"));
        return new TownConfig(seed, 300, 1, roof, 1, 0.6, TownFamily.A, SizeRegion.EUROPE);
    }

    public TownConfig withSweeps(int newSweeps) {
        return new TownConfig(
                seed,
                newSweeps,
                vehicles,
                sensors,
                trafficDensity,
                parkingDensity,
                family,
                sizes,
                decoyDensity);
    }

    public TownConfig withVehicles(int newVehicles) {
        return new TownConfig(
                seed,
                sweeps,
                newVehicles,
                sensors,
                trafficDensity,
                parkingDensity,
                family,
                sizes,
                decoyDensity);
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
                sizes,
                decoyDensity);
    }

    public TownConfig withTrafficDensity(double newDensity) {
        return new TownConfig(
                seed,
                sweeps,
                vehicles,
                sensors,
                newDensity,
                parkingDensity,
                family,
                sizes,
                decoyDensity);
    }

    public TownConfig withFamily(TownFamily newFamily) {
        return new TownConfig(
                seed,
                sweeps,
                vehicles,
                sensors,
                trafficDensity,
                parkingDensity,
                newFamily,
                sizes,
                decoyDensity);
    }

    public TownConfig withSizes(SizeRegion newSizes) {
        return new TownConfig(
                seed,
                sweeps,
                vehicles,
                sensors,
                trafficDensity,
                parkingDensity,
                family,
                newSizes,
                decoyDensity);
    }

    public TownConfig withDecoyDensity(double newDensity) {
        return new TownConfig(
                seed,
                sweeps,
                vehicles,
                sensors,
                trafficDensity,
                parkingDensity,
                family,
                sizes,
                newDensity);
    }

    private static void require(boolean holds, String name, Number found, String accepted) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "town: %s is %s, expected %s".formatted(name, found, accepted));
        }
    }
}
