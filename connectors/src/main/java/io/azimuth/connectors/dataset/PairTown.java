package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SizeRegion;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import java.util.List;

/**
 * A town that pairs are drawn in: one vehicle, half a minute, three sensors: 0 takes the targets, 1
 * and 2 the sources.
 */
final class PairTown {
    static final int SWEEPS = 400;

    private static final long PURPOSE = 0x70616972L;

    final TownDrive drive;
    private final RigidTransform[] worldFromTarget = new RigidTransform[SWEEPS];

    /**
     * @param number of the town within the data set; different profiles have different towns
     */
    PairTown(PairSetOptions options, long number) {
        long purpose = PURPOSE + options.profile().ordinal();
        Draws draws = new Draws(options.seed(), purpose, number);
        long seed = draws.seed();
        boolean cross = options.profile() == PairProfile.SIM_CROSS;
        SensorChoice one = options.sensor().drawn(draws);
        SensorModel target = mount(cross ? SensorChoice.HDL64 : one, "target", draws);
        SensorModel first = mount(cross ? SensorChoice.HDL32 : one, "source", draws);
        SensorModel second = mount(cross ? SensorChoice.VLP16 : one, "other", draws);
        TownConfig town =
                new TownConfig(
                        seed,
                        SWEEPS,
                        1,
                        List.of(target, first, second),
                        draws.between(0.5, 1.5),
                        draws.between(0.3, 0.9),
                        options.family(),
                        draws.chance(0.5) ? SizeRegion.EUROPE : SizeRegion.UNITED_STATES);
        drive = new TownDrive(town);
        for (int i = 0; i < SWEEPS; i++) {
            long mid = (drive.startNanos(0, 0, i) + drive.startNanos(0, 0, i + 1)) / 2;
            worldFromTarget[i] = drive.worldFromSensor(0, 0, mid);
        }
    }

    private static SensorModel mount(SensorChoice kind, String name, Draws draws) {
        return Mount.drawn(kind, draws).model(name);
    }

    long seed() {
        return drive.config().seed();
    }

    /** Metres between the places of two sweeps. */
    double distance(int i, int j) {
        RigidTransform a = worldFromTarget[i];
        RigidTransform b = worldFromTarget[j];
        double x = a.tx() - b.tx();
        double y = a.ty() - b.ty();
        double z = a.tz() - b.tz();
        return Math.sqrt(x * x + y * y + z * z);
    }

    /**
     * A sweep about {@code wantedM} from sweep {@code i}, or -1 if there is none within half a
     * metre.
     *
     * @param forward only later sweeps, the first at least so far away
     */
    int at(int i, double wantedM, boolean forward, Draws draws) {
        int from = forward ? i + 1 : draws.below(SWEEPS);
        int steps = forward ? SWEEPS - from : SWEEPS;
        for (int n = 0; n < steps; n++) {
            int j = (from + n) % SWEEPS;
            double found = distance(i, j);
            if (forward ? found >= wantedM : Math.abs(found - wantedM) < 0.5) {
                return j;
            }
        }
        return -1;
    }
}
