package io.azimuth.connectors.dataset;

import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.TownConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What one town gives to a set of frames: frame {@code k} of the town is sweep {@code k * stride}
 * of the vehicle's {@code k}-th sensor, so that every frame has a sensor of its own. Traffic is
 * uniform in 0.5 .. 2 of a normal street, parking in 0.3 .. 0.9 of the kerb.
 *
 * @param town with one sensor a frame
 * @param mounts of those sensors
 */
record FramePlan(TownConfig town, List<Mount> mounts) {
    private static final long PURPOSE = 0x6672616d65L;

    FramePlan {
        mounts = List.copyOf(mounts);
    }

    static FramePlan of(FrameSetOptions options, int townNumber) {
        Draws draws = new Draws(options.seed(), PURPOSE, townNumber);
        TownConfig plain = TownConfig.of(draws.seed());
        List<Mount> mounts = new ArrayList<>();
        List<SensorModel> models = new ArrayList<>();
        var sizes = options.sizes().drawn(draws);
        double traffic = draws.between(0.5, 2);
        double parking = draws.between(0.3, 0.9);
        for (int k = 0; k < options.townFrames(); k++) {
            Mount mount = Mount.drawn(options.sensor(), draws);
            mounts.add(mount);
            models.add(mount.model("s" + k));
        }
        int sweeps = 1 + options.stride() * (options.townFrames() - 1);
        TownConfig town =
                new TownConfig(
                        plain.seed(), sweeps, 1, models, traffic, parking, options.family(), sizes);
        if (options.decoys() > 0) { // drawn last: without, towns are as they were
            town = town.withDecoyDensity(options.decoys() * draws.between(0, 2));
        }
        return new FramePlan(town, mounts);
    }
}
