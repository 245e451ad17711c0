package io.azimuth.jobs.cli;

import io.azimuth.jobs.config.AzimuthConfig;
import io.azimuth.jobs.pipeline.DetectorFactory;
import io.azimuth.jobs.pipeline.Detectors;
import io.azimuth.jobs.pipeline.RecogniserFactory;
import io.azimuth.perception.inference.serving.Batching;
import io.azimuth.perception.inference.serving.EngineOptions;
import io.azimuth.perception.inference.serving.Engines;
import io.azimuth.perception.invariant.network.CropEncoders;
import io.azimuth.perception.polar.PolarModels;
import java.util.ArrayList;
import java.util.List;

/** The stations that a configuration asks for. */
final class Stations {
    private Stations() {}

    /**
     * The detector of the configuration.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    static DetectorFactory detector(AzimuthConfig config) {
        return detector(config, config.detector());
    }

    /**
     * The detector of this name with the configuration's settings, and its recogniser if any.
     *
     * @throws io.azimuth.perception.inference.BackendUnavailable if it needs an engine that cannot
     *     run here: before a job starts, not in its tasks
     */
    static DetectorFactory detector(AzimuthConfig config, String name) {
        DetectorFactory detector = bare(config, name);
        return config.recogniser().isOn()
                ? Detectors.recognising(detector, recogniser(config))
                : detector;
    }

    private static RecogniserFactory recogniser(AzimuthConfig config) {
        Engines.openAlone(config.engineOptions());
        return Detectors.recogniser(config.recogniser(), config.engineOptions());
    }

    private static DetectorFactory bare(AzimuthConfig config, String name) {
        EngineOptions engine = config.engineOptions();
        if (!name.equals(Detectors.GEOMETRIC)) {
            Engines.open(engine);
        }
        return switch (name) {
            case Detectors.GEOMETRIC -> Detectors.geometric(config.geometric());
            case Detectors.POLAR -> Detectors.polar(config.polar(), engine);
            case Detectors.FUSED ->
                    Detectors.fused(config.fusion(), config.polar(), config.geometric(), engine);
            default -> Detectors.named(name);
        };
    }

    /** How a job's tasks share runs, settled for the engine that runs here. */
    static Batching batching(AzimuthConfig config) {
        return config.detector().equals(Detectors.GEOMETRIC)
                ? config.batch().withCap(Math.max(1, config.batch().cap()))
                : Engines.settled(config.engineOptions());
    }

    /**
     * SHA-256 of the bundles of the networks that a sweep passes, in this order, joined by a {@code
     * +}: the detector's, its second stage's, the crop encoder's; empty if there are none.
     */
    static String modelDigest(AzimuthConfig config) {
        List<String> digests = new ArrayList<>();
        if (!config.detector().equals(Detectors.GEOMETRIC)) {
            digests.add(PolarModels.read(config.polar().model()).digest());
            if (config.polar().isRefined()) {
                digests.add(PolarModels.readRefiner(config.polar().refiner()).digest());
            }
        }
        if (config.recogniser().isOn()) {
            digests.add(CropEncoders.read(config.recogniser().encoder()).digest());
        }
        return String.join("+", digests);
    }
}
