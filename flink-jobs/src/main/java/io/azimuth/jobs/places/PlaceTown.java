package io.azimuth.jobs.places;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.invariant.places.PlaceDescriptor;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SizeRegion;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TownFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One town, driven through twice on the same way: first among normal traffic, then with twice as
 * many moving and half as many parked. The other facings and lanes of the second time are sensors
 * of their own on the same vehicle.
 */
final class PlaceTown {
    private static final int SWEEPS = 300;
    private static final double SPACING_M = 5;
    private static final double HEIGHT_M = 1.73;

    private final TownDrive first;
    private final TownDrive again;

    PlaceTown(long seed, TownFamily family, int beams) {
        first = drive(seed, family, beams, 1, 0.6, List.of(Visit.FIRST));
        List<Visit> visits = new ArrayList<>(List.of(Visit.values()));
        visits.remove(Visit.FIRST);
        again = drive(seed, family, beams, 2, 0.3, visits);
    }

    private static TownDrive drive(
            long seed,
            TownFamily family,
            int beams,
            double traffic,
            double parking,
            List<Visit> visits) {
        List<SensorModel> sensors = new ArrayList<>();
        for (Visit v : visits) {
            String name = "v" + v.ordinal();
            sensors.add(
                    model(beams, name)
                            .mountedAt(name, RigidTransform.ofYaw(v.yawRad, 0, v.leftM, HEIGHT_M)));
        }
        return new TownDrive(
                new TownConfig(
                        seed, SWEEPS, 1, sensors, traffic, parking, family, SizeRegion.EUROPE));
    }

    private static SensorModel model(int beams, String name) {
        return switch (beams) {
            case 64 -> SensorModel.hdl64(name);
            case 32 -> SensorModel.hdl32(name);
            case 16 -> SensorModel.vlp16(name);
            default ->
                    throw new IllegalArgumentException(
                            "%d beams, expected 64, 32 or 16".formatted(beams));
        };
    }

    /** Sweeps of the first drive, so many, evenly spread. */
    List<Sweep> sweeps(int count) {
        List<Sweep> out = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            out.add(first.sweep(0, 0, k * SWEEPS / count).sweep());
        }
        return out;
    }

    /**
     * Describes the first drive's places 5 m apart, and those half-way between as seen again.
     *
     * @param town number that goes with the places: those of others are far away
     * @param found told every place and how it was visited
     */
    void describe(int town, PlaceDescriptor descriptor, BiConsumer<Visit, Place> found) {
        boolean queryNext = false;
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        for (int i = 0; i < SWEEPS; i++) {
            RigidTransform at = first.worldFromSensor(0, 0, first.startNanos(0, 0, i));
            double moved = Math.hypot(at.tx() - lastX, at.ty() - lastY);
            if (moved < SPACING_M / 2) {
                continue;
            }
            lastX = at.tx();
            lastY = at.ty();
            if (!queryNext) {
                found.accept(Visit.FIRST, place(town, first, 0, i, true, descriptor));
            }
            for (int s = 0; s < again.sensors().size() && queryNext; s++) {
                found.accept(Visit.values()[s + 1], place(town, again, s, i, false, descriptor));
            }
            queryNext = !queryNext;
        }
    }

    private static Place place(
            int town,
            TownDrive drive,
            int sensor,
            int i,
            boolean first,
            PlaceDescriptor descriptor) {
        var made = drive.sweep(0, sensor, i);
        RigidTransform pose = made.worldFromSensor();
        float[] d =
                first ? descriptor.describe(made.sweep()) : descriptor.describeQuery(made.sweep());
        return new Place(town, pose.tx(), pose.ty(), d);
    }

    /**
     * A described place.
     *
     * @param x of the sensor in its town, metres
     * @param y of the sensor in its town, metres
     */
    record Place(int town, double x, double y, float[] descriptor) {
        double distanceM(Place other) {
            return town == other.town ? Math.hypot(x - other.x, y - other.y) : 1e9;
        }
    }
}
