package io.azimuth.perception.polar;

import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Where polar networks come from. Stateless, thread-safe. */
public final class PolarModels {
    /** The network that comes with the engine. */
    public static final String NANO = "nano";

    private PolarModels() {}

    /**
     * The bundle of a configuration's {@code model}.
     *
     * @param model {@link #NANO}, or the folder of a bundle
     * @throws io.azimuth.perception.inference.bundle.ModelRejected if the bundle is not accepted
     * @throws UncheckedIOException if a file cannot be read
     */
    public static ModelBundle read(String model) {
        try {
            return model.equals(NANO)
                    ? BundleReader.readResource(PolarModels.class, NANO)
                    : BundleReader.read(Path.of(model));
        } catch (IOException e) {
            throw new UncheckedIOException("model " + model + ": " + e.getMessage(), e);
        }
    }
}
