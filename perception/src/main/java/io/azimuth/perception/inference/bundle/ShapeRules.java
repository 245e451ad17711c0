package io.azimuth.perception.inference.bundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shapes of what each allowed operator makes: exactly those that an engine makes, or a refusal.
 * Anything larger would not do: a network may compute a size as the difference of two. Where an
 * engine refuses what is given here, any shape will do. Source: ONNX operators, opset 13 to 17.
 */
final class ShapeRules {
    private ShapeRules() {}

    /** One shape for each output of the node. */
    static List<KnownShape> outputs(NodeView node) {
        String operator = node.node().operator();
        if (operator.equals("Split")) {
            return split(node);
        }
        KnownShape first = first(node, operator);
        boolean second = operator.equals("MaxPool") && node.node().outputs().size() == 2;
        return second ? List.of(first, first) : List.of(first);
    }

    private static KnownShape first(NodeView node, String operator) {
        return switch (operator) {
            case "Relu",
                    "Sigmoid",
                    "Softmax",
                    "Clip",
                    "Exp",
                    "Log",
                    "Sqrt",
                    "BatchNormalization",
                    "QuantizeLinear",
                    "DequantizeLinear",
                    "InstanceNormalization",
                    "LeakyRelu",
                    "Erf",
                    "Tanh",
                    "Abs",
                    "Neg" ->
                    KnownShape.of(node.input(0).dims());
            case "Identity" -> node.input(0);
            case "Cast" -> cast(node);
            case "Add", "Sub", "Mul", "Div" -> KnownValues.arithmetic(node, operator);
            case "Pow", "Equal", "Where" -> broadcast(node);
            case "MatMul" -> matMul(node);
            case "Gemm" -> gemm(node);
            case "Conv" -> WindowShapes.conv(node);
            case "ConvTranspose" -> WindowShapes.convTranspose(node);
            case "MaxPool", "AveragePool" -> WindowShapes.pool(node);
            case "GlobalAveragePool" -> WindowShapes.global(node);
            case "Resize" -> WindowShapes.resize(node);
            case "Pad" -> WindowShapes.pad(node);
            case "Constant" -> constant(node);
            case "Shape" -> KnownValues.shape(node);
            case "Gather" -> KnownValues.gather(node);
            case "Concat" -> KnownValues.concat(node);
            case "Slice" -> KnownValues.slice(node);
            case "Squeeze" -> squeeze(node);
            case "Unsqueeze" -> unsqueeze(node);
            case "Reshape" -> reshape(node);
            case "Flatten" -> flatten(node);
            case "Transpose" -> transpose(node);
            case "Expand" -> expand(node);
            case "ReduceMean", "ReduceMax", "ReduceL2", "ReduceSum" -> reduce(node, operator);
            default -> throw node.unknown("is an operator without a rule");
        };
    }

    static KnownShape broadcast(NodeView node) {
        List<long[]> dims = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            dims.add(node.input(i).dims());
        }
        return broadcast(node, dims);
    }

    private static KnownShape expand(NodeView node) {
        return broadcast(
                node, List.of(node.input(0).dims(), node.values(1, "the shape it expands to")));
    }

    private static KnownShape broadcast(NodeView node, List<long[]> all) {
        int rank = 0;
        for (long[] dims : all) {
            rank = Math.max(rank, dims.length);
        }
        long[] out = new long[rank];
        Arrays.fill(out, 1);
        for (long[] dims : all) {
            for (int i = 0; i < dims.length; i++) {
                int at = rank - dims.length + i;
                if (out[at] == 1) {
                    out[at] = dims[i];
                } else if (dims[i] != 1 && dims[i] != out[at]) {
                    throw node.malformed("joins sizes " + out[at] + " and " + dims[i]);
                }
            }
        }
        return KnownShape.of(out);
    }

    private static KnownShape cast(NodeView node) {
        KnownShape in = node.input(0);
        long to = node.integer("to", 0);
        if (to < 1 || to == 8 || to > 16 || to == 14 || to == 15) {
            throw node.malformed("casts to element type " + to);
        }
        long[] ints = in.ints();
        boolean same = to == 7 || (to == 6 && ints != null && KnownValues.areSmall(ints));
        return same ? new KnownShape(in.dims(), ints, null) : KnownShape.of(in.dims());
    }

    private static KnownShape constant(NodeView node) {
        NodeAttributes attributes = node.node().attributes();
        WeightTensor tensor = attributes.tensor("value");
        if (tensor != null) {
            return tensor.shape();
        }
        if (attributes.has("value_int")) {
            return new KnownShape(
                    new long[0], new long[] {attributes.integer("value_int", 0)}, null);
        }
        if (attributes.has("value_ints")) {
            return KnownShape.vector(attributes.integers("value_ints"));
        }
        if (attributes.has("value_float")) {
            return KnownShape.of();
        }
        throw node.malformed("has no 'value'");
    }

    private static KnownShape matMul(NodeView node) {
        long[] a = node.input(0).dims();
        long[] b = node.input(1).dims();
        if (a.length == 0 || b.length == 0) {
            throw node.malformed("multiplies a scalar");
        }
        long[] outerA = Arrays.copyOf(a, Math.max(0, a.length - 2));
        long[] outerB = Arrays.copyOf(b, Math.max(0, b.length - 2));
        long[] outer = broadcast(node, List.of(outerA, outerB)).dims();
        long[] out = Arrays.copyOf(outer, outer.length + 2);
        int size = outer.length;
        if (a.length > 1) {
            out[size++] = a[a.length - 2];
        }
        if (b.length > 1) {
            out[size++] = b[b.length - 1];
        }
        return KnownShape.of(Arrays.copyOf(out, size));
    }

    private static KnownShape gemm(NodeView node) {
        long[] a = node.input(0).dims();
        long[] b = node.input(1).dims();
        if (a.length != 2 || b.length != 2) {
            throw node.malformed("multiplies ranks %d and %d".formatted(a.length, b.length));
        }
        boolean transA = node.integer("transA", 0) != 0;
        boolean transB = node.integer("transB", 0) != 0;
        return KnownShape.of(transA ? a[1] : a[0], transB ? b[0] : b[1]);
    }

    private static KnownShape squeeze(NodeView node) {
        KnownShape in = node.input(0);
        boolean[] drop = new boolean[in.rank()];
        KnownShape axes = node.optional(1);
        if (axes == null) {
            for (int i = 0; i < drop.length; i++) {
                drop[i] = in.dims()[i] == 1;
            }
        } else {
            for (long axis : node.values(1, "its list of axes")) {
                drop[node.axis(axis, in.rank())] = true;
            }
        }
        long[] out = new long[in.rank()];
        int size = 0;
        for (int i = 0; i < drop.length; i++) {
            if (!drop[i]) {
                out[size++] = in.dims()[i];
            } else if (in.dims()[i] != 1) {
                throw node.malformed("squeezes dimension " + i + " of " + in);
            }
        }
        return in.as(Arrays.copyOf(out, size));
    }

    private static KnownShape unsqueeze(NodeView node) {
        KnownShape in = node.input(0);
        long[] axes = node.values(1, "its list of axes");
        int rank = in.rank() + axes.length;
        if (rank > KnownShape.MAX_RANK) {
            throw node.malformed("has rank %d, accepted %d".formatted(rank, KnownShape.MAX_RANK));
        }
        long[] out = new long[rank];
        Arrays.fill(out, -1);
        for (long axis : axes) {
            out[node.axis(axis, rank)] = 1;
        }
        int next = 0;
        for (int i = 0; i < rank; i++) {
            if (out[i] < 0) {
                if (next == in.rank()) {
                    throw node.malformed("names an axis twice");
                }
                out[i] = in.dims()[next++];
            }
        }
        return in.as(out);
    }

    private static KnownShape reshape(NodeView node) {
        KnownShape in = node.input(0);
        long[] out = node.values(1, "the shape it is given").clone();
        if (in.isEmpty()) {
            throw node.unknown("reshapes nothing");
        }
        boolean zeroCopies = node.integer("allowzero", 0) == 0;
        int free = -1;
        for (int i = 0; i < out.length; i++) {
            if (out[i] == 0 && zeroCopies) {
                if (i >= in.rank()) {
                    throw node.malformed("copies dimension " + i + " of " + in);
                }
                out[i] = in.dims()[i];
            } else if (out[i] == -1 && free < 0) {
                free = i;
            } else if (out[i] < 0) {
                throw node.malformed("is given the shape " + Arrays.toString(out));
            }
        }
        if (free >= 0) {
            out[free] = 1;
            out[free] = in.elements() / Math.max(1, KnownShape.product(out));
        }
        return in.as(out);
    }

    private static KnownShape flatten(NodeView node) {
        long[] in = node.input(0).dims();
        int axis = node.axis(node.integer("axis", 1), in.length, in.length);
        return KnownShape.of(
                KnownShape.product(Arrays.copyOf(in, axis)),
                KnownShape.product(Arrays.copyOfRange(in, axis, in.length)));
    }

    private static KnownShape transpose(NodeView node) {
        long[] in = node.input(0).dims();
        long[] reversed = new long[in.length];
        for (int i = 0; i < in.length; i++) {
            reversed[i] = in.length - 1 - i;
        }
        boolean plain = !node.node().attributes().has("perm");
        long[] perm = plain ? reversed : node.integers("perm", in.length, 0);
        long[] out = new long[in.length];
        for (int i = 0; i < in.length; i++) {
            out[i] = in[node.axis(perm[i], in.length)];
        }
        return KnownShape.of(out);
    }

    private static KnownShape reduce(NodeView node, String operator) {
        long[] in = node.input(0).dims();
        long[] axes = axes(node, operator);
        boolean keep = node.integer("keepdims", 1) != 0;
        boolean none = axes.length == 0 && node.integer("noop_with_empty_axes", 0) != 0;
        boolean[] drop = new boolean[in.length];
        Arrays.fill(drop, axes.length == 0 && !none);
        for (long axis : axes) {
            drop[node.axis(axis, in.length)] = true;
        }
        long[] out = new long[in.length];
        int size = 0;
        for (int i = 0; i < in.length; i++) {
            if (!drop[i] || keep) {
                out[size++] = drop[i] ? 1 : in[i];
            }
        }
        return KnownShape.of(Arrays.copyOf(out, size));
    }

    private static long[] axes(NodeView node, String operator) {
        @Nullable KnownShape second = node.optional(1);
        if (operator.equals("ReduceSum")) {
            return second == null ? new long[0] : node.values(1, "its list of axes");
        }
        return node.node().attributes().integers("axes");
    }

    private static List<KnownShape> split(NodeView node) {
        long[] in = node.input(0).dims();
        int axis = node.axis(node.integer("axis", 0), in.length);
        int parts = node.node().outputs().size();
        long[] sizes = new long[parts];
        if (node.optional(1) == null) {
            Arrays.fill(sizes, in[axis] / Math.max(1, parts));
        } else {
            sizes = node.values(1, "its list of sizes");
        }
        if (sizes.length != parts) {
            throw node.malformed("has %d sizes for %d parts".formatted(sizes.length, parts));
        }
        List<KnownShape> out = new ArrayList<>();
        for (long size : sizes) {
            long[] dims = in.clone();
            dims[axis] = size;
            out.add(KnownShape.of(dims));
        }
        return out;
    }
}
