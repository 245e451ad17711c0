package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.tensorrt.seam.TrtTensor;
import io.azimuth.perception.inference.tensorrt.seam.TrtType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan in the device's memory, and what the bundle says of it.
 *
 * @param engine its handle
 */
record LoadedPlan(
        long engine,
        String sha256,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        Map<String, TrtType> types) {

    LoadedPlan {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        types = Map.copyOf(types);
    }

    /**
     * @throws ModelRejected if the plan has other tensors than the bundle says
     */
    static LoadedPlan of(
            long engine,
            String sha256,
            List<TrtTensor> found,
            List<TensorSpec> inputs,
            List<TensorSpec> outputs) {
        Map<String, TrtType> types = new HashMap<>();
        for (TrtTensor tensor : found) {
            List<TensorSpec> said = tensor.input() ? inputs : outputs;
            TensorSpec spec =
                    said.stream()
                            .filter(s -> s.name().equals(tensor.name()))
                            .findFirst()
                            .orElseThrow(() -> mismatch(tensor, "the manifest has no such tensor"));
            if (!tensor.shape().equals(shape(spec))) {
                throw mismatch(tensor, "the manifest says " + spec.shapeText());
            }
            types.put(tensor.name(), tensor.type());
        }
        if (types.size() != inputs.size() + outputs.size()) {
            throw new ModelRejected(
                    Code.SIGNATURE,
                    "the plan has tensors %s, the manifest %d inputs and %d outputs"
                            .formatted(found, inputs.size(), outputs.size()));
        }
        return new LoadedPlan(engine, sha256, inputs, outputs, types);
    }

    TrtType type(TensorSpec spec) {
        TrtType type = types.get(spec.name());
        if (type == null) {
            throw new IllegalStateException("no type of " + spec.name());
        }
        return type;
    }

    private static List<Long> shape(TensorSpec spec) {
        List<Long> out = new ArrayList<>();
        spec.shape().forEach(d -> out.add((long) d)); // a free dimension is -1 on both sides
        return out;
    }

    private static ModelRejected mismatch(TrtTensor tensor, String said) {
        return new ModelRejected(
                Code.SIGNATURE,
                "%s '%s': the plan has shape %s, %s"
                        .formatted(
                                tensor.input() ? "input" : "output",
                                tensor.name(),
                                tensor.shape(),
                                said));
    }
}
