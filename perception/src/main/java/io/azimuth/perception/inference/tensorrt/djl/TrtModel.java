package io.azimuth.perception.inference.tensorrt.djl;

import ai.djl.BaseModel;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.ModelRejected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bundle as a model of DJL. The option {@code maxBatch} says how many rows a run may have. */
final class TrtModel extends BaseModel {
    static final String MAX_BATCH = "maxBatch";

    private final InferenceBackend backend;

    TrtModel(String name, NDManager manager, InferenceBackend backend) {
        super(name);
        this.manager = manager;
        this.backend = backend;
        manager.setName("model");
        dataType = DataType.FLOAT32;
    }

    /**
     * Loads the bundle in a folder or archive.
     *
     * @throws MalformedModelException if the bundle is not accepted, with what is wrong
     */
    @Override
    public void load(Path path, @Nullable String prefix, @Nullable Map<String, ?> options)
            throws IOException, MalformedModelException {
        setModelDir(path);
        wasLoaded = true;
        try {
            ModelBundle bundle = BundleReader.read(path);
            int maxBatch = maxBatch(options, bundle.manifest().limits().maxBatch());
            block = new TrtSymbolBlock(backend.load(bundle, new LoadOptions(maxBatch)), maxBatch);
        } catch (ModelRejected e) {
            throw new MalformedModelException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (block instanceof TrtSymbolBlock own) {
            own.close();
        }
        super.close();
    }

    private static int maxBatch(@Nullable Map<String, ?> options, int limit) {
        Object given = options == null ? null : options.get(MAX_BATCH);
        return given == null ? limit : Integer.parseInt(given.toString());
    }
}
