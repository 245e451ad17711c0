package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks through an ONNX file before a native library does, and refuses what a detector never needs:
 * weights in other files, operators outside a short list, functions, control flow, training parts,
 * NaN weights, tensors whose bytes and shapes disagree, inputs that are not the manifest's, runs
 * whose cost is not bounded. Source: onnx.proto3 (field numbers).
 */
final class OnnxScan {
    /** Accepted opset versions; networks are exported at 17. */
    private static final int MIN_OPSET = 13;

    private static final int MAX_OPSET = 17;
    private static final int MIN_IR_VERSION = 7;
    private static final int MAX_IR_VERSION = 8;

    static final Set<String> OPERATORS =
            Set.of(
                    ("Conv Relu Add Mul Sub Div Concat Resize Sigmoid Softmax MatMul Gemm MaxPool"
                                    + " AveragePool GlobalAveragePool Reshape Transpose Slice Squeeze"
                                    + " Unsqueeze Clip Exp Sqrt ReduceMean ReduceSum ReduceMax Identity"
                                    + " Constant Cast Pad ConvTranspose BatchNormalization ReduceL2"
                                    + " QuantizeLinear DequantizeLinear Gather Shape InstanceNormalization"
                                    + " LeakyRelu Erf Log Tanh Flatten Split Pow Abs Neg Expand Where Equal")
                            .split(" "));

    private final OnnxBudget budget = new OnnxBudget();
    private final Set<String> written = new HashSet<>();
    private final Map<String, KnownShape> weights = new HashMap<>();
    private final List<GraphNode> nodes = new ArrayList<>();
    private final GraphInputs inputs;
    private long weightBytes;
    private long weightElements;
    private int opset;
    private int irVersion;
    private boolean graphSeen;
    private boolean opsetSeen;

    private OnnxScan(List<TensorSpec> specs) {
        this.inputs = new GraphInputs(specs);
    }

    /**
     * What a network consists of, once it is known to be harmless.
     *
     * @param specs inputs that the manifest promises
     */
    static OnnxSummary scan(byte[] file, List<TensorSpec> specs, int maxBatch) {
        OnnxScan scan = new OnnxScan(specs);
        scan.model(new ProtoCursor(file, scan.budget));
        scan.inputs.requireAll();
        CostBound.Cost cost = CostBound.check(scan.nodes, scan.weights, specs, maxBatch);
        return new OnnxSummary(
                scan.irVersion,
                scan.opset,
                scan.budget.nodes(),
                scan.weightElements,
                scan.weightBytes,
                cost.elements(),
                cost.multiplies());
    }

    /** What every node of a network makes of {@code batch} rows, by name. */
    static Map<String, KnownShape> shapes(byte[] file, List<TensorSpec> specs, int batch) {
        OnnxScan scan = new OnnxScan(specs);
        scan.model(new ProtoCursor(file, scan.budget));
        return CostBound.shapes(scan.nodes, scan.weights, specs, batch);
    }

    private void model(ProtoCursor in) {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> irVersion = (int) Math.min(in.number(), Integer.MAX_VALUE);
                case 7 -> {
                    if (graphSeen) {
                        throw in.malformed("a second graph");
                    }
                    graphSeen = true;
                    graph(in.message());
                }
                case 8 -> opset(in.message());
                case 20 -> throw refused("training parts");
                case 25 -> throw refused("functions of its own");
                default -> {}
            }
        }
        if (!graphSeen) {
            throw in.malformed("no graph");
        }
        if (opset < MIN_OPSET || opset > MAX_OPSET) {
            throw new ModelRejected(
                    Code.OPSET,
                    "network of opset %d, accepted %d to %d"
                            .formatted(opset, MIN_OPSET, MAX_OPSET));
        }
        if (irVersion < MIN_IR_VERSION || irVersion > MAX_IR_VERSION) {
            throw new ModelRejected(
                    Code.OPSET,
                    "network of IR version %d, accepted %d to %d"
                            .formatted(irVersion, MIN_IR_VERSION, MAX_IR_VERSION));
        }
    }

    private void opset(ProtoCursor in) {
        String domain = "";
        long version = 0;
        while (in.next()) {
            if (in.field() == 1) {
                domain = in.text();
            } else if (in.field() == 2) {
                version = in.number();
            }
        }
        requireStandard(domain, "the opset list");
        if (opsetSeen) {
            throw in.malformed("two opsets");
        }
        opsetSeen = true;
        opset = (int) Math.max(0, Math.min(version, Integer.MAX_VALUE));
    }

    private void graph(ProtoCursor in) {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> node(in.message());
                case 5 -> {
                    WeightTensor tensor = weights(in.message());
                    requireNew(tensor.name(), "weights");
                    weights.put(tensor.name(), tensor.shape());
                }
                case 11 -> requireNew(inputs.read(in.message()), "an input");
                case 15 -> throw refused("sparse weights");
                default -> {}
            }
        }
    }

    private WeightTensor weights(ProtoCursor in) {
        WeightTensor tensor = WeightTensor.read(in);
        weightBytes += tensor.bytes();
        weightElements += tensor.shape().elements();
        return tensor;
    }

    private void node(ProtoCursor in) {
        budget.countNode();
        String operator = "";
        String domain = "";
        List<String> from = new ArrayList<>(3);
        List<String> to = new ArrayList<>(1);
        NodeAttributes attributes = new NodeAttributes();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> from.add(in.text());
                case 2 -> {
                    to.add(in.text());
                    requireNew(in.text(), "a node's output");
                }
                case 4 -> operator = in.text();
                case 5 -> attributes.read(in.message(), this::weights);
                case 7 -> domain = in.text();
                case 8 -> throw refused("an operator overload");
                default -> {}
            }
        }
        requireStandard(domain, "operator '" + operator + "'");
        if (!OPERATORS.contains(operator)) {
            throw new ModelRejected(
                    Code.OPERATOR,
                    "operator '%s' is not on the list of %d that are allowed"
                            .formatted(operator, OPERATORS.size()));
        }
        nodes.add(new GraphNode(operator, from, to, attributes));
    }

    private void requireNew(String name, String what) {
        if (!name.isEmpty() && !written.add(name)) {
            throw new ModelRejected(
                    Code.ONNX_MALFORMED,
                    "network: two tensors are named '%s' (%s)".formatted(name, what));
        }
    }

    private static void requireStandard(String domain, String where) {
        if (!domain.isEmpty() && !domain.equals("ai.onnx")) {
            throw new ModelRejected(
                    Code.OPERATOR,
                    "domain '%s' of %s, accepted is the standard one".formatted(domain, where));
        }
    }

    private static ModelRejected refused(String what) {
        return new ModelRejected(Code.OPERATOR, "network with " + what + "; export a plain graph");
    }
}
