package io.azimuth.perception.inference;

import io.azimuth.perception.inference.bundle.TensorSpec;
import java.util.List;

/**
 * What goes into a loaded network and what comes out.
 *
 * @param maxBatch rows that a lease's buffers hold
 */
public record ModelSignature(List<TensorSpec> inputs, List<TensorSpec> outputs, int maxBatch) {
    public ModelSignature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
