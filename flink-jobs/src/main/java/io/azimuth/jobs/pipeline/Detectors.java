package io.azimuth.jobs.pipeline;

import io.azimuth.perception.cluster.GeometricDetector;
import io.azimuth.perception.cluster.GeometricDetectorConfig;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The detectors by name; a new one is one line here. Stateless, thread-safe. */
public final class Detectors {
    /** Ground, components on the range image, rectangles; needs no network. */
    public static final String GEOMETRIC = "geometric";

    private static final SortedMap<String, Supplier<DetectorFactory>> BY_NAME =
            Collections.unmodifiableSortedMap(
                    new TreeMap<>(
                            Map.of(
                                    GEOMETRIC,
                                    () -> geometric(GeometricDetectorConfig.defaults()))));

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

    public static DetectorFactory geometric(GeometricDetectorConfig config) {
        ShippedRecord<GeometricDetectorConfig> shipped =
                ShippedRecord.of(GeometricDetectorConfig.class, config);
        return () -> new GeometricDetector(shipped.open());
    }
}
