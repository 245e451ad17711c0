package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node with what is known of its inputs: where the rules of operators take their arguments. */
record NodeView(GraphNode node, List<@Nullable KnownShape> inputs) {

    /** The input at a place; the node is refused if it is left out. */
    KnownShape input(int i) {
        KnownShape found = optional(i);
        if (found == null) {
            throw malformed("needs input " + i);
        }
        return found;
    }

    /** The input at a place; null if it is left out. */
    @Nullable KnownShape optional(int i) {
        return i < inputs.size() ? inputs.get(i) : null;
    }

    /** The values of an input that decides on a shape. */
    long[] values(int i, String what) {
        long[] found = input(i).ints();
        if (found == null) {
            throw unknown(what + " is no constant");
        }
        return found;
    }

    long integer(String name, long otherwise) {
        return node.attributes().integer(name, otherwise);
    }

    /** A list attribute of a given length; all {@code otherwise} if it is left out. */
    long[] integers(String name, int length, long otherwise) {
        long[] found = node.attributes().integers(name);
        if (found.length == 0) {
            found = new long[length];
            java.util.Arrays.fill(found, otherwise);
        }
        if (found.length != length) {
            throw malformed(
                    "has %d numbers in '%s', accepted %d".formatted(found.length, name, length));
        }
        return found;
    }

    /** An axis, counted from the end if negative; {@code rank} itself is accepted where it ends. */
    int axis(long axis, int rank, int last) {
        long at = axis < 0 ? axis + rank : axis;
        if (at < 0 || at > last) {
            throw malformed("has axis %d of a tensor of rank %d".formatted(axis, rank));
        }
        return (int) at;
    }

    int axis(long axis, int rank) {
        return axis(axis, rank, rank - 1);
    }

    ModelRejected malformed(String problem) {
        return new ModelRejected(Code.ONNX_MALFORMED, where() + problem);
    }

    ModelRejected unknown(String problem) {
        return new ModelRejected(
                Code.SHAPE_UNKNOWN,
                where() + problem + "; export with fixed sizes, so that its cost can be told");
    }

    private String where() {
        String out = node.outputs().isEmpty() ? "" : node.outputs().get(0);
        return "network: %s that makes '%s' ".formatted(node.operator(), out);
    }
}
