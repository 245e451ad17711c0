package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of one node. An attribute has one declared type, and only the field of that type is
 * believed: an engine reads that one, and what it reads is what is bounded here.
 */
final class NodeAttributes {
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int TENSOR = 4;
    private static final int INTS = 7;
    private static final int MAX_INTS = 1024;

    private record Value(
            int type, long number, String text, long[] ints, @Nullable WeightTensor tensor) {}

    private final Map<String, Value> values = new LinkedHashMap<>();

    /** Takes one AttributeProto in; {@code weights} reads and accounts a tensor in it. */
    void read(ProtoCursor in, Function<ProtoCursor, WeightTensor> weights) {
        String name = "";
        int type = 0;
        long number = 0;
        String text = "";
        long[] ints = new long[0];
        WeightTensor tensor = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 3 -> number = in.number();
                case 4 -> text = in.text();
                case 5 -> {
                    if (tensor != null) {
                        throw in.malformed("attribute '" + name + "' with two tensors");
                    }
                    tensor = weights.apply(in.message());
                }
                case 8 -> ints = append(ints, in);
                case 20 -> type = (int) Math.min(in.number(), Integer.MAX_VALUE);
                case 6, 11 -> {
                    walk(in.message());
                    throw refused("control flow (a graph in a node)");
                }
                case 9, 10, 14, 15, 21, 22, 23 ->
                        throw refused("attribute field " + in.field() + " (texts, types, sparse)");
                default -> {}
            }
        }
        if (values.put(name, new Value(type, number, text, ints, tensor)) != null) {
            throw in.malformed("two attributes '" + name + "' of one node");
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    long integer(String name, long otherwise) {
        Value value = typed(name, INT);
        return value == null ? otherwise : value.number;
    }

    long[] integers(String name) {
        Value value = typed(name, INTS);
        return value == null ? new long[0] : value.ints;
    }

    String text(String name, String otherwise) {
        Value value = typed(name, STRING);
        return value == null ? otherwise : value.text;
    }

    @Nullable WeightTensor tensor(String name) {
        Value value = typed(name, TENSOR);
        return value == null ? null : value.tensor;
    }

    private @Nullable Value typed(String name, int type) {
        Value value = values.get(name);
        if (value == null) {
            return null;
        }
        if (value.type != type || (type == TENSOR && value.tensor == null)) {
            throw new ModelRejected(
                    Code.ONNX_MALFORMED,
                    "network: attribute '%s' is of type %d, accepted %d"
                            .formatted(name, value.type, type));
        }
        return value;
    }

    private static long[] append(long[] ints, ProtoCursor in) {
        if (in.isNumber()) {
            long[] out = grown(ints, in);
            out[ints.length] = in.number();
            return out;
        }
        long[] out = ints;
        ProtoCursor packed = in.message();
        while (!packed.atEnd()) {
            int at = out.length;
            out = grown(out, in);
            out[at] = packed.packedVarint();
        }
        return out;
    }

    private static long[] grown(long[] ints, ProtoCursor in) {
        if (ints.length == MAX_INTS) {
            throw in.malformed("an attribute of more than " + MAX_INTS + " numbers");
        }
        return Arrays.copyOf(ints, ints.length + 1);
    }

    /** Walks a graph that is refused anyway: nesting beyond the limit has a code of its own. */
    private static void walk(ProtoCursor graph) {
        while (graph.next()) {
            if (graph.field() == 1) {
                ProtoCursor node = graph.message();
                while (node.next()) {
                    if (node.field() == 5) {
                        ProtoCursor attribute = node.message();
                        while (attribute.next()) {
                            if (attribute.field() == 6) {
                                walk(attribute.message());
                            }
                        }
                    }
                }
            }
        }
    }

    private static ModelRejected refused(String what) {
        return new ModelRejected(Code.OPERATOR, "network with " + what + "; export a plain graph");
    }
}
