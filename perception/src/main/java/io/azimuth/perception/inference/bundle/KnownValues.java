package io.azimuth.perception.inference.bundle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rules of the operators with which exporters compute shapes: they hand values on, too. Arithmetic
 * is followed for small integers only, where nothing wraps around and nothing is rounded.
 */
final class KnownValues {
    private static final long MAX_EXACT = Integer.MAX_VALUE;

    private KnownValues() {}

    static boolean areSmall(long[] values) {
        for (long value : values) {
            if (value > MAX_EXACT || value < -MAX_EXACT) {
                return false;
            }
        }
        return true;
    }

    static KnownShape shape(NodeView node) {
        long[] dims = node.input(0).dims();
        long start = clamp(node.integer("start", 0), dims.length);
        long end = clamp(node.integer("end", dims.length), dims.length);
        return KnownShape.vector(
                start >= end ? new long[0] : Arrays.copyOfRange(dims, (int) start, (int) end));
    }

    static KnownShape arithmetic(NodeView node, String operator) {
        KnownShape out = ShapeRules.broadcast(node);
        long[] a = node.input(0).ints();
        long[] b = node.input(1).ints();
        if (a == null || b == null || a.length == 0 || b.length == 0) {
            return out;
        }
        if (!areSmall(a) || !areSmall(b) || out.rank() > 1) {
            return out;
        }
        long[] values = new long[Math.max(a.length, b.length)];
        for (int i = 0; i < values.length; i++) {
            long left = a[Math.min(i, a.length - 1)];
            long right = b[Math.min(i, b.length - 1)];
            if (operator.equals("Div") && right == 0) {
                return out;
            }
            values[i] =
                    switch (operator) {
                        case "Add" -> left + right;
                        case "Sub" -> left - right;
                        case "Mul" -> left * right;
                        default -> left / right;
                    };
        }
        return areSmall(values) ? new KnownShape(out.dims(), values, null) : out;
    }

    static KnownShape gather(NodeView node) {
        KnownShape data = node.input(0);
        KnownShape indices = node.input(1);
        int axis = node.axis(node.integer("axis", 0), data.rank());
        long[] dims = new long[data.rank() - 1 + indices.rank()];
        System.arraycopy(data.dims(), 0, dims, 0, axis);
        System.arraycopy(indices.dims(), 0, dims, axis, indices.rank());
        int rest = data.rank() - axis - 1;
        System.arraycopy(data.dims(), axis + 1, dims, axis + indices.rank(), rest);
        return new KnownShape(dims, picked(node, data.ints(), indices.ints(), data.rank()), null);
    }

    private static long @Nullable [] picked(
            NodeView node, long @Nullable [] from, long @Nullable [] indices, int rank) {
        if (from == null || indices == null || rank != 1) {
            return null;
        }
        long[] out = new long[indices.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = from[node.axis(indices[i], from.length)];
        }
        return out;
    }

    static KnownShape concat(NodeView node) {
        KnownShape first = node.input(0);
        int axis = node.axis(node.integer("axis", 0), first.rank());
        long[] dims = first.dims().clone();
        dims[axis] = 0;
        long[] values = new long[0];
        for (int i = 0; i < node.inputs().size(); i++) {
            KnownShape part = node.input(i);
            if (part.rank() != dims.length) {
                throw node.malformed("joins %s and %s".formatted(first, part));
            }
            for (int k = 0; k < dims.length; k++) {
                if (k == axis) {
                    dims[k] += part.dims()[k];
                } else if (dims[k] != part.dims()[k]) {
                    throw node.malformed("joins %s and %s".formatted(first, part));
                }
            }
            values = joined(values, part.ints(), dims.length);
        }
        return new KnownShape(dims, values, null);
    }

    private static long @Nullable [] joined(
            long @Nullable [] head, long @Nullable [] tail, int rank) {
        if (head == null || tail == null || rank != 1) {
            return null;
        }
        if (head.length + tail.length > KnownShape.MAX_VALUES) {
            return null;
        }
        long[] out = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, out, head.length, tail.length);
        return out;
    }

    static KnownShape slice(NodeView node) {
        KnownShape in = node.input(0);
        long[] starts = node.values(1, "its list of starts");
        long[] ends = node.values(2, "its list of ends");
        long[] axes = node.optional(3) == null ? counting(starts.length) : node.values(3, "axes");
        long[] steps = node.optional(4) == null ? ones(starts.length) : node.values(4, "steps");
        if (ends.length != starts.length
                || axes.length != starts.length
                || steps.length != starts.length) {
            throw node.malformed("has lists of different lengths");
        }
        long[] dims = in.dims().clone();
        long[] values = in.rank() == 1 ? in.ints() : null;
        boolean[] seen = new boolean[in.rank()];
        for (int i = 0; i < starts.length; i++) {
            int axis = node.axis(axes[i], in.rank());
            if (steps[i] == 0 || steps[i] == Long.MIN_VALUE || seen[axis]) {
                throw node.malformed("has step " + steps[i] + " or an axis twice");
            }
            seen[axis] = true;
            long size = in.dims()[axis];
            long start = first(starts[i], size, steps[i] < 0);
            long end = behind(ends[i], size, steps[i] < 0);
            long way = steps[i] > 0 ? end - start : start - end;
            long step = Math.abs(steps[i]);
            dims[axis] = way <= 0 || size == 0 ? 0 : (way - 1) / step + 1;
            values = values == null ? null : every(values, start, steps[i], (int) dims[axis]);
        }
        return new KnownShape(dims, values, null);
    }

    private static long first(long start, long size, boolean backwards) {
        long at = start < 0 ? start + size : start;
        return Math.max(0, Math.min(at, backwards ? size - 1 : size));
    }

    private static long behind(long end, long size, boolean backwards) {
        long at = end < 0 ? end + size : end;
        return Math.max(backwards ? -1 : 0, Math.min(at, size));
    }

    private static long[] every(long[] values, long start, long step, int count) {
        long[] out = new long[count];
        for (int i = 0; i < count; i++) {
            out[i] = values[(int) (start + i * step)];
        }
        return out;
    }

    private static long[] counting(int length) {
        long[] out = new long[length];
        for (int i = 0; i < length; i++) {
            out[i] = i;
        }
        return out;
    }

    private static long[] ones(int length) {
        long[] out = new long[length];
        Arrays.fill(out, 1);
        return out;
    }

    private static long clamp(long at, int size) {
        return Math.max(0, Math.min(at < 0 ? at + size : at, size));
    }
}
