package io.azimuth.perception.inference.bundle;

/** What one network may cost to look through: nesting, fields and nodes. */
final class OnnxBudget {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_FIELDS = 2_000_000;
    private static final int MAX_NODES = 5_000;

    private int fields;
    private int nodes;

    void enter(int depth) {
        if (depth > MAX_DEPTH) {
            throw over("messages nested deeper than", MAX_DEPTH);
        }
    }

    void countField() {
        if (++fields > MAX_FIELDS) {
            throw over("more fields than", MAX_FIELDS);
        }
    }

    void countNode() {
        if (++nodes > MAX_NODES) {
            throw over("more nodes than", MAX_NODES);
        }
    }

    int nodes() {
        return nodes;
    }

    private static ModelRejected over(String what, int limit) {
        return new ModelRejected(
                ModelRejected.Code.ONNX_LIMIT, "network: " + what + " " + limit + ", the limit");
    }
}
