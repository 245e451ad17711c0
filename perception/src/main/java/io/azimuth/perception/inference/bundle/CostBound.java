package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run makes at most, told from shapes alone. A file of 200 bytes may ask for terabytes, and
 * engines compute what is constant while they load: nothing may reach them that is not bounded.
 * Every batch size is gone through, for a network may compute a size from it.
 */
final class CostBound {
    /** 256 MiB of float32 for one tensor; the polar networks make up to 40. */
    private static final long MAX_TENSOR_ELEMENTS = 1L << 26;

    /**
     * 3 GiB of float32 if nothing were freed; an engine frees as it goes, in an order of its own.
     * The polar networks make 0.1 (nano) to 2.4 (full) and hold a thirteenth of it at a time.
     */
    private static final long MAX_ELEMENTS = 3L << 28;

    /** Rows that come within the same bound; who asks for more asks for more memory, too. */
    private static final int ROWS_INCLUDED = 8;

    /** Some seconds on one core. */
    private static final long MAX_MULTIPLIES = 1L << 38;

    /**
     * What one run of the largest batch costs.
     *
     * @param elements values that all nodes make together, and the largest working space of one
     */
    record Cost(long elements, long multiplies) {}

    private final List<GraphNode> nodes;
    private final Map<String, KnownShape> weights;
    private final List<TensorSpec> inputs;
    private final Map<String, KnownShape> shapes = new HashMap<>();

    private CostBound(
            List<GraphNode> nodes, Map<String, KnownShape> weights, List<TensorSpec> inputs) {
        this.nodes = nodes;
        this.weights = weights;
        this.inputs = inputs;
    }

    /**
     * @throws ModelRejected if a shape is not known, or the cost is more than is accepted
     */
    static Cost check(
            List<GraphNode> nodes,
            Map<String, KnownShape> weights,
            List<TensorSpec> inputs,
            int maxBatch) {
        CostBound bound = new CostBound(nodes, weights, inputs);
        Cost most = new Cost(0, 0);
        for (int batch = 1; batch <= maxBatch; batch++) {
            Cost cost = bound.run(batch);
            most =
                    new Cost(
                            Math.max(most.elements, cost.elements),
                            Math.max(most.multiplies, cost.multiplies));
        }
        return most;
    }

    /** What every node makes of {@code batch} rows. */
    static Map<String, KnownShape> shapes(
            List<GraphNode> nodes,
            Map<String, KnownShape> weights,
            List<TensorSpec> inputs,
            int batch) {
        CostBound bound = new CostBound(nodes, weights, inputs);
        bound.run(batch);
        return Map.copyOf(bound.shapes);
    }

    private Cost run(int batch) {
        shapes.clear();
        for (TensorSpec input : inputs) {
            shapes.put(input.name(), KnownShape.of(input.shapeFor(batch)));
        }
        long elements = 0;
        long working = 0;
        long multiplies = 0;
        for (GraphNode node : nodes) {
            NodeView view = new NodeView(node, known(node));
            List<KnownShape> made = ShapeRules.outputs(view);
            elements += record(view, made);
            KnownShape first = made.get(0);
            multiplies = sum(multiplies, multiplies(view, first));
            working = Math.max(working, workingSpace(view, first));
            if (sum(elements, working) > mostElements(batch) || multiplies > MAX_MULTIPLIES) {
                throw tooMuch(view, batch, sum(elements, working), multiplies);
            }
        }
        return new Cost(elements + working, multiplies);
    }

    private static long mostElements(int batch) {
        return MAX_ELEMENTS / ROWS_INCLUDED * Math.max(ROWS_INCLUDED, batch);
    }

    private List<@Nullable KnownShape> known(GraphNode node) {
        List<@Nullable KnownShape> out = new ArrayList<>(node.inputs().size());
        for (String name : node.inputs()) {
            KnownShape shape = weights.get(name);
            if (shape == null) {
                shape = shapes.get(name);
            }
            if (shape == null && !name.isEmpty()) {
                throw new ModelRejected(
                        Code.ONNX_MALFORMED,
                        "network: %s reads '%s', which nothing before it makes"
                                .formatted(node.operator(), name));
            }
            out.add(shape);
        }
        return out;
    }

    private long record(NodeView view, List<KnownShape> made) {
        List<String> names = view.node().outputs();
        if (names.size() != made.size()) {
            throw view.malformed(
                    "has %d outputs, accepted %d".formatted(names.size(), made.size()));
        }
        long elements = 0;
        for (int i = 0; i < made.size(); i++) {
            KnownShape shape = made.get(i);
            requireSane(view, shape);
            elements = sum(elements, shape.elements());
            shapes.put(names.get(i), shape);
        }
        return elements;
    }

    private static void requireSane(NodeView view, KnownShape shape) {
        if (shape.rank() > KnownShape.MAX_RANK) {
            throw view.malformed(
                    "has rank %d, accepted %d".formatted(shape.rank(), KnownShape.MAX_RANK));
        }
        for (long dim : shape.dims()) {
            if (dim < 0) {
                throw view.malformed("would have shape " + shape);
            }
        }
        if (shape.isEmpty() && !view.node().operator().equals("Constant")) {
            throw view.unknown("makes an empty tensor of shape " + shape);
        }
        if (shape.elements() > MAX_TENSOR_ELEMENTS) {
            throw new ModelRejected(
                    Code.COST,
                    "network: %s would make a tensor of shape %s, accepted up to %d elements"
                            .formatted(view.node().operator(), shape, MAX_TENSOR_ELEMENTS));
        }
    }

    private static long multiplies(NodeView view, KnownShape made) {
        long out = made.elements();
        return switch (view.node().operator()) {
            case "Conv" -> KnownShape.times(out, perOutput(view));
            case "ConvTranspose" -> KnownShape.times(view.input(0).elements(), perOutput(view));
            case "MatMul" -> KnownShape.times(out, last(view.input(0).dims()));
            case "Gemm" -> KnownShape.times(out, view.input(0).dims()[innerOfGemm(view)]);
            case "MaxPool", "AveragePool" ->
                    KnownShape.times(
                            out,
                            KnownShape.product(view.node().attributes().integers("kernel_shape")));
            case "Resize" -> 16 * out; // at most: bicubic
            default -> view.inputs().isEmpty() ? out : Math.max(out, elements(view));
        };
    }

    private static long elements(NodeView view) {
        KnownShape first = view.optional(0);
        return first == null ? 0 : first.elements();
    }

    /** Columns that a convolution lays its input out in, for one image. */
    private static long workingSpace(NodeView view, KnownShape made) {
        return switch (view.node().operator()) {
            case "Conv" -> KnownShape.times(perOutput(view), spatial(made));
            case "ConvTranspose" -> KnownShape.times(perOutput(view), spatial(view.input(0)));
            default -> 0;
        };
    }

    private static long perOutput(NodeView view) {
        long[] weights = view.input(1).dims();
        return KnownShape.product(Arrays.copyOfRange(weights, 1, weights.length));
    }

    private static long spatial(KnownShape shape) {
        return KnownShape.product(Arrays.copyOfRange(shape.dims(), 2, shape.rank()));
    }

    private static int innerOfGemm(NodeView view) {
        return view.integer("transA", 0) != 0 ? 0 : 1;
    }

    private static long last(long[] dims) {
        return dims[dims.length - 1];
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private static ModelRejected tooMuch(NodeView view, int batch, long elements, long multiplies) {
        return new ModelRejected(
                Code.COST,
                ("network: up to %s that makes '%s', %d rows make %d values in %d multiplications,"
                                + " accepted up to %d and %d")
                        .formatted(
                                view.node().operator(),
                                view.node().outputs().get(0),
                                batch,
                                elements,
                                multiplies,
                                mostElements(batch),
                                MAX_MULTIPLIES));
    }
}
