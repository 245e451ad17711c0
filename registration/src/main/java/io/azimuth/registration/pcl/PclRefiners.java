package io.azimuth.registration.pcl;

import io.azimuth.registration.icp.Refiner;
import io.azimuth.registration.icp.RefinerSettings;
import io.azimuth.registration.icp.Refiners;
import java.util.List;

/** PCL's refiners for {@link Refiners}, with our reach and neighbours. Thread-safe. */
public final class PclRefiners implements Refiners.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public PclRefiners() {}

    @Override
    public List<String> names() {
        return PclRefiner.NAMES;
    }

    @Override
    public Refiner named(String name, RefinerSettings settings) {
        PclRegistration.Settings usual = PclRegistration.Settings.defaults();
        return PclRefiner.named(
                name,
                new PclRegistration.Settings(
                        settings.maxDistanceM(),
                        usual.iterations(),
                        settings.neighbours(),
                        usual.resolutionM(),
                        usual.stepM(),
                        settings.minOverlap()));
    }
}
