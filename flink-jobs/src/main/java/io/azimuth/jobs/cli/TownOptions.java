package io.azimuth.jobs.cli;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SizeRegion;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownFamily;
import picocli.CommandLine.Option;

/** What is simulated. */
final class TownOptions {
    enum Sensor {
        HDL64,
        HDL32,
        VLP16,
        OS1_128,
        SPINNING
    }

    @Option(names = "--seed", description = "Of the town (default 1).")
    long seed = 1;

    @Option(names = "--sweeps", description = "A sensor (default 300).")
    int sweeps = 300;

    @Option(names = "--sensor", description = "${COMPLETION-CANDIDATES} (default hdl64).")
    Sensor sensor = Sensor.HDL64;

    @Option(names = "--beams", description = "Of a spinning sensor (default 64).")
    int beams = 64;

    @Option(
            names = "--fov",
            split = ",",
            arity = "1",
            paramLabel = "TOP,BOTTOM",
            description = "Of a spinning sensor, degrees (default 15,-25).")
    double[] fovDeg = {15, -25};

    @Option(names = "--columns", description = "Of a rotation (default: the sensor's own).")
    int columns;

    @Option(
            names = "--ideal",
            description = "Beams of a column in one plane, at one time, from one origin.")
    boolean ideal;

    @Option(
            names = "--family",
            description = "Of the town: ${COMPLETION-CANDIDATES} (default a; b is held out).")
    TownFamily family = TownFamily.A;

    @Option(names = "--sizes", description = "${COMPLETION-CANDIDATES} (default europe).")
    SizeRegion sizes = SizeRegion.EUROPE;

    @Option(names = "--vehicles", description = "Driving at once (default 1).")
    int vehicles = 1;

    @Option(names = "--lidars", description = "A vehicle (default 1, at most 2).")
    int lidars = 1;

    private SensorModel top() {
        if (fovDeg.length != 2 || columns < 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "expected --fov of two angles, e.g. 15,-25, and --columns of 8 or more");
        }
        SensorModel model =
                switch (sensor) {
                    case HDL64 -> SensorModel.hdl64("top");
                    case HDL32 -> SensorModel.hdl32("top");
                    case VLP16 -> SensorModel.vlp16("top");
                    case OS1_128 -> SensorModel.os1With128("top");
                    case SPINNING -> SensorModel.spinning("top", beams, fovDeg[0], fovDeg[1], 2048);
                };
        model = ideal ? model.ideal() : model;
        return columns > 0 ? model.withColumns(columns) : model;
    }

    TownConfig config() {
        if (sweeps < 1 || vehicles < 1 || vehicles > 8 || lidars < 1 || lidars > 2) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "expected --sweeps of 1 or more, --vehicles 1 .. 8, --lidars 1 .. 2");
        }
        SensorModel top = top();
        TownConfig town =
                TownConfig.of(seed)
                        .withSweeps(sweeps)
                        .withVehicles(vehicles)
                        .withFamily(family)
                        .withSizes(sizes);
        if (lidars == 1) {
            return town.withSensors(top);
        }
        RigidTransform behind = RigidTransform.ofYaw(0.4, -1.2, 0.4, 1.9);
        return town.withSensors(top, top.mountedAt("rear", behind));
    }
}
