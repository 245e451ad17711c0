package io.azimuth.perception.polar;

import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Where polar networks come from. Stateless, thread-safe. */
public final class PolarModels {
    /** Cells of 0.5 m: the default. */
    public static final String NANO = "nano";

    /** Cells of 0.35 m: finds more persons and closer boxes, at over twice the time. */
    public static final String TINY = "tiny";

    /** The networks that come with the engine. */
    public static final List<String> SHIPPED = List.of(NANO, TINY);

    /** Looks at the points of what either network finds: the default second stage. */
    public static final String POINTS = "points";

    /** Second stages that come with the engine. */
    public static final List<String> REFINERS = List.of(POINTS);

    private PolarModels() {}

    /**
     * The bundle of a configuration's {@code model}.
     *
     * @param model one of {@link #SHIPPED}, or the folder of a bundle
     * @throws io.azimuth.perception.inference.bundle.ModelRejected if the bundle is not accepted
     * @throws UncheckedIOException if a file cannot be read
     */
    public static ModelBundle read(String model) {
        return read(model, SHIPPED);
    }

    /**
     * The bundle of a configuration's {@code refiner}.
     *
     * @param refiner one of {@link #REFINERS}, or the folder of a bundle
     * @throws io.azimuth.perception.inference.bundle.ModelRejected if the bundle is not accepted
     * @throws UncheckedIOException if a file cannot be read
     */
    public static ModelBundle readRefiner(String refiner) {
        return read(refiner, REFINERS);
    }

    private static ModelBundle read(String model, List<String> shipped) {
        try {
            return shipped.contains(model)
                    ? BundleReader.readResource(PolarModels.class, model)
                    : BundleReader.read(Path.of(model));
        } catch (IOException e) {
            throw new UncheckedIOException("model " + model + ": " + e.getMessage(), e);
        }
    }
}
