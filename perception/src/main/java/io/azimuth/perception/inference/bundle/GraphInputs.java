package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.util.ArrayList;
import java.util.List;

/**
 * Inputs of a network held against the manifest, before an engine folds constants that depend on
 * their shapes.
 */
final class GraphInputs {
    private static final int FLOAT = 1;

    private final List<TensorSpec> specs;
    private final List<String> found = new ArrayList<>();

    GraphInputs(List<TensorSpec> specs) {
        this.specs = specs;
    }

    /** Checks one ValueInfoProto; returns its name. */
    String read(ProtoCursor in) {
        String name = "";
        List<Integer> shape = new ArrayList<>();
        boolean typed = false;
        while (in.next()) {
            if (in.field() == 1) {
                name = in.text();
            } else if (in.field() == 2) {
                if (typed) {
                    throw in.malformed("an input of two types");
                }
                typed = true;
                type(in.message(), shape);
            }
        }
        TensorSpec spec = spec(name);
        if (!spec.shape().equals(shape)) {
            throw mismatch(name, shape, spec.shapeText());
        }
        found.add(name);
        return name;
    }

    void requireAll() {
        for (TensorSpec spec : specs) {
            if (!found.contains(spec.name())) {
                throw new ModelRejected(
                        Code.SIGNATURE,
                        "the network has inputs %s, the manifest says '%s'"
                                .formatted(found, spec.name()));
            }
        }
    }

    private TensorSpec spec(String name) {
        for (TensorSpec spec : specs) {
            if (spec.name().equals(name)) {
                return spec;
            }
        }
        throw new ModelRejected(
                Code.SIGNATURE,
                "the network has an input '%s', the manifest says %s"
                        .formatted(name, specs.stream().map(TensorSpec::name).toList()));
    }

    private static void type(ProtoCursor in, List<Integer> shape) {
        boolean seen = false;
        while (in.next()) {
            if (in.field() == 1 && !seen) {
                seen = true;
                tensor(in.message(), shape);
            } else if (in.field() != 6) { // 6 is a remark; others are sequences, maps, ...
                throw in.malformed("an input that is no tensor");
            }
        }
    }

    private static void tensor(ProtoCursor in, List<Integer> shape) {
        boolean shaped = false;
        while (in.next()) {
            if (in.field() == 1 && in.number() != FLOAT) {
                throw new ModelRejected(
                        Code.SIGNATURE,
                        "the network has an input of element type %d, accepted float32"
                                .formatted(in.number()));
            } else if (in.field() == 2) {
                if (shaped) {
                    throw in.malformed("an input of two shapes");
                }
                shaped = true;
                ProtoCursor dims = in.message();
                while (dims.next()) {
                    if (dims.field() == 1) {
                        shape.add(dimension(dims.message()));
                    }
                }
            }
        }
    }

    /** A free dimension is {@link TensorSpec#BATCH}, as in the manifest. */
    private static int dimension(ProtoCursor in) {
        long value = TensorSpec.BATCH;
        while (in.next()) {
            if (in.field() == 1) {
                value = in.number();
            } else if (in.field() == 2) {
                value = TensorSpec.BATCH;
            }
        }
        return value < 1 || value > Integer.MAX_VALUE ? TensorSpec.BATCH : (int) value;
    }

    private static ModelRejected mismatch(String name, Object shape, String said) {
        return new ModelRejected(
                Code.SIGNATURE,
                "the network has an input '%s' of shape %s, the manifest says %s"
                        .formatted(name, shape, said));
    }
}
