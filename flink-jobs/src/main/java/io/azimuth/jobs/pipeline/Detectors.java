package io.azimuth.jobs.pipeline;

import io.azimuth.perception.cluster.GeometricDetector;
import io.azimuth.perception.cluster.GeometricDetectorConfig;
import io.azimuth.perception.fusion.FusedDetector;
import io.azimuth.perception.fusion.FusionConfig;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.serving.EngineChoice;
import io.azimuth.perception.inference.serving.EngineOptions;
import io.azimuth.perception.inference.serving.Engines;
import io.azimuth.perception.invariant.network.CropEncoders;
import io.azimuth.perception.invariant.network.NetworkCropEncoder;
import io.azimuth.perception.polar.PolarDetector;
import io.azimuth.perception.polar.PolarDetectorConfig;
import io.azimuth.perception.polar.PolarModels;
import io.azimuth.perception.recognition.Recogniser;
import io.azimuth.perception.recognition.RecogniserConfig;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The detectors by name; a new one is one line here. Stateless, thread-safe. */
public final class Detectors {
    /** Ground, components on the range image, rectangles; needs no network. */
    public static final String GEOMETRIC = "geometric";

    /** A network on the polar grid, run by the engine of the configuration. */
    public static final String POLAR = "polar";

    /** Metrics' name of the polar detector's second stage. */
    private static final String REFINER = "polar-refiner";

    /** The network's objects, weighed with what the geometric detector saw. */
    public static final String FUSED = "fused";

    private static final SortedMap<String, Supplier<DetectorFactory>> BY_NAME =
            Collections.unmodifiableSortedMap(
                    new TreeMap<>(
                            Map.of(
                                    GEOMETRIC,
                                    () -> geometric(GeometricDetectorConfig.defaults()),
                                    POLAR,
                                    () -> polar(PolarDetectorConfig.defaults()),
                                    FUSED,
                                    () ->
                                            fused(
                                                    FusionConfig.defaults(),
                                                    PolarDetectorConfig.defaults(),
                                                    GeometricDetectorConfig.defaults()))));

    private static final String ENCODER = "encoder";

    /** On a GPU, if the budget allows as many; a CPU gains nothing by batches. */
    private static final int CROPS_AT_ONCE = 32;

    private Detectors() {}

    /**
     * The detector of this name with its default settings.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static DetectorFactory named(String name) {
        Supplier<DetectorFactory> factory = BY_NAME.get(name);
        if (factory == null) {
            throw new IllegalArgumentException(
                    "detector is '" + name + "', expected one of " + BY_NAME.keySet());
        }
        return factory.get();
    }

    /** The names there are, sorted. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** The geometric detector with these settings. */
    public static DetectorFactory geometric(GeometricDetectorConfig config) {
        ShippedRecord<GeometricDetectorConfig> shipped =
                ShippedRecord.of(GeometricDetectorConfig.class, config);
        return site -> new GeometricDetector(shipped.open());
    }

    /** As {@link #polar(PolarDetectorConfig, EngineOptions)}, on the CPU. */
    public static DetectorFactory polar(PolarDetectorConfig config) {
        return polar(config, EngineOptions.of(EngineChoice.CPU));
    }

    /**
     * The network is read where the detector runs: a bundle's folder has to be there too, and so
     * has what the engine needs.
     *
     * @param engine on the GPU that the task is given
     */
    public static DetectorFactory polar(PolarDetectorConfig config, EngineOptions engine) {
        ShippedRecord<EngineOptions> options = ShippedRecord.of(EngineOptions.class, engine);
        return polar(
                config,
                gpu -> Engines.open(options.open().withGpu(gpu)),
                gpu -> Engines.openAlone(options.open().withGpu(gpu)));
    }

    /** Opens an engine on a GPU where the detector runs; travels there with the job. */
    @FunctionalInterface
    interface EngineFactory extends Serializable {
        InferenceBackend open(int gpu);
    }

    /**
     * @param alone of the second stage: the candidates of a sweep make its batches
     */
    static DetectorFactory polar(
            PolarDetectorConfig config, EngineFactory engine, EngineFactory alone) {
        ShippedRecord<PolarDetectorConfig> shipped =
                ShippedRecord.of(PolarDetectorConfig.class, config);
        return site -> {
            PolarDetectorConfig opened = shipped.open();
            InferenceBackend backend = engine.open(site.gpu());
            PolarDetector detector =
                    new PolarDetector(
                            opened,
                            PolarModels.read(opened.model()),
                            backend,
                            refiner(opened),
                            alone.open(site.gpu()));
            NetworkMetrics.register(site.metrics(), POLAR, detector::networkStats);
            if (opened.isRefined()) {
                NetworkMetrics.register(site.metrics(), REFINER, detector::refinerStats);
            }
            NetworkMetrics.registerEngine(site.metrics(), POLAR, backend);
            return detector;
        };
    }

    private static @Nullable ModelBundle refiner(PolarDetectorConfig config) {
        return config.isRefined() ? PolarModels.readRefiner(config.refiner()) : null;
    }

    /** A detector whose detections are looked at again by a recogniser. */
    public static DetectorFactory recognising(
            DetectorFactory detector, RecogniserFactory recogniser) {
        return site -> {
            Detector opened = detector.open(site);
            try {
                return new RecognisingDetector(opened, recogniser.open(site), site.metrics());
            } catch (RuntimeException e) { // a network that is refused must not leave the other
                opened.close();
                throw e;
            }
        };
    }

    /** As {@link #recogniser(RecogniserConfig, EngineOptions)}, on the CPU. */
    public static RecogniserFactory recogniser(RecogniserConfig config) {
        return recogniser(config, EngineOptions.of(EngineChoice.CPU));
    }

    /**
     * A recogniser with these settings; its encoder is read where it runs.
     *
     * @param engine on the GPU that the task is given; the crops of a sweep make its batches
     */
    public static RecogniserFactory recogniser(RecogniserConfig config, EngineOptions engine) {
        ShippedRecord<EngineOptions> options = ShippedRecord.of(EngineOptions.class, engine);
        return recogniser(config, gpu -> Engines.openAlone(options.open().withGpu(gpu)));
    }

    static RecogniserFactory recogniser(RecogniserConfig config, EngineFactory engine) {
        ShippedRecord<RecogniserConfig> shipped = ShippedRecord.of(RecogniserConfig.class, config);
        return site -> {
            RecogniserConfig opened = shipped.open();
            InferenceBackend backend = engine.open(site.gpu());
            int crops = Engines.isCpu(backend) ? 1 : Math.min(CROPS_AT_ONCE, opened.budget());
            NetworkCropEncoder encoder = CropEncoders.open(opened.encoder(), backend, crops);
            NetworkMetrics.registerEngine(site.metrics(), ENCODER, backend);
            try {
                return new Recogniser(opened, encoder, encoder.unknownScore());
            } catch (RuntimeException e) { // of another kind of objects: its memory goes back
                encoder.close();
                throw e;
            }
        };
    }

    /** As the one below, on the CPU. */
    public static DetectorFactory fused(
            FusionConfig fusion, PolarDetectorConfig polar, GeometricDetectorConfig geometric) {
        return fused(fusion, polar, geometric, EngineOptions.of(EngineChoice.CPU));
    }

    /** Both detectors with these settings; the network is read where it runs. */
    public static DetectorFactory fused(
            FusionConfig fusion,
            PolarDetectorConfig polar,
            GeometricDetectorConfig geometric,
            EngineOptions engine) {
        ShippedRecord<FusionConfig> shipped = ShippedRecord.of(FusionConfig.class, fusion);
        DetectorFactory learned = polar(polar, engine);
        DetectorFactory classic = geometric(geometric);
        return site -> {
            FusionConfig opened = shipped.open();
            Detector seen =
                    classic.open(site); // holds nothing native: may be left if the next fails
            return new FusedDetector(opened, learned.open(site), seen);
        };
    }
}
