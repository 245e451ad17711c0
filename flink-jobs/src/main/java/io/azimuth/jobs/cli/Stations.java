package io.azimuth.jobs.cli;

import io.azimuth.jobs.config.AzimuthConfig;
import io.azimuth.jobs.pipeline.DetectorFactory;
import io.azimuth.jobs.pipeline.Detectors;

/** The stations that a configuration asks for. */
final class Stations {
    private Stations() {}

    /**
     * The detector of the configuration.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    static DetectorFactory detector(AzimuthConfig config) {
        return config.detector().equals(Detectors.GEOMETRIC)
                ? Detectors.geometric(config.geometric())
                : Detectors.named(config.detector());
    }
}
