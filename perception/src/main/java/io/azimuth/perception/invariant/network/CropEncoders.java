package io.azimuth.perception.invariant.network;

import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.inputs.EncoderOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where crop encoders come from. Stateless, thread-safe. */
public final class CropEncoders {
    /** Tells objects apart, gravity known: what comes with the engine and is used unless asked. */
    public static final String DEFAULT = "ri-edge-sim";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final String BENCHMARK_FOLDER = "perception/benchmark-models";

    /** Where a checkout is, if the program runs from one. */
    private static final String TOP_PROPERTY = "azimuth.top";

    private CropEncoders() {}

    /**
     * Opens an encoder that runs one crop at a time, which is what a CPU is best at.
     *
     * @param nameOrFolder as {@link #read} takes it
     */
    public static NetworkCropEncoder open(String nameOrFolder, InferenceBackend backend) {
        return open(nameOrFolder, backend, 1);
    }

    /**
     * Opens an encoder that runs a fixed number of crops at a time.
     *
     * @throws io.azimuth.perception.inference.bundle.ModelRejected if the bundle is not accepted
     */
    public static NetworkCropEncoder open(
            String nameOrFolder, InferenceBackend backend, int batch) {
        return new NetworkCropEncoder(read(nameOrFolder), backend, batch);
    }

    /**
     * The bundle of a configuration's {@code model}.
     *
     * @param nameOrFolder a bundle that comes with the engine ({@code OPTION-sim}), one of the
     *     benchmark models of a checkout ({@code OPTION-modelnet10}), or a bundle's folder
     * @throws IllegalArgumentException if there is none
     * @throws io.azimuth.perception.inference.bundle.ModelRejected if the bundle is not accepted
     * @throws UncheckedIOException if a file cannot be read
     */
    public static ModelBundle read(String nameOrFolder) {
        try {
            Path folder = folder(nameOrFolder);
            if (folder != null) {
                return BundleReader.read(folder);
            }
            if (isShipped(nameOrFolder)) {
                return BundleReader.readResource(CropEncoder.class, nameOrFolder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("model " + nameOrFolder + ": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "no crop encoder '%s': accepted are %s, a name of %s in a checkout, or a bundle's folder"
                        .formatted(nameOrFolder, shipped(), BENCHMARK_FOLDER));
    }

    /** Names of the bundles that come with the engine. */
    public static List<String> shipped() {
        return EncoderOption.labels().stream()
                .flatMap(option -> List.of(option + "-sim", option + "-so3-sim").stream())
                .filter(CropEncoders::isShipped)
                .toList();
    }

    private static boolean isShipped(String name) {
        return NAME.matcher(name).matches()
                && CropEncoder.class.getResource(name + "/manifest.json") != null;
    }

    private static @Nullable Path folder(String nameOrFolder) {
        if (!NAME.matcher(nameOrFolder).matches()) {
            Path path = Path.of(nameOrFolder);
            return Files.exists(path) ? path : null;
        }
        if (isShipped(nameOrFolder)) {
            return null;
        }
        Path benchmark =
                Path.of(System.getProperty(TOP_PROPERTY, "."), BENCHMARK_FOLDER, nameOrFolder);
        Path here = Path.of(nameOrFolder);
        return Files.isDirectory(benchmark) ? benchmark : Files.isDirectory(here) ? here : null;
    }
}
