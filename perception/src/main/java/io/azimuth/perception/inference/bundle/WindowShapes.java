package io.azimuth.perception.inference.bundle;

import java.util.Arrays;

/**
 * Shapes that sliding windows, pads and resizing give. Source: ONNX operators, opset 13 to 17
 * (Conv-11, ConvTranspose-11, MaxPool-12, AveragePool-11, Pad-13, Resize-13).
 */
final class WindowShapes {
    /** Strides, kernels, pads: beyond this no product below could be trusted. */
    private static final long MAX_PARAMETER = 1 << 24;

    private WindowShapes() {}

    static KnownShape conv(NodeView node) {
        long[] weights = node.input(1).dims();
        requireRank(node, weights.length);
        long[] out = windows(node, Arrays.copyOfRange(weights, 2, weights.length));
        out[1] = weights[0];
        return KnownShape.of(out);
    }

    static KnownShape pool(NodeView node) {
        int spatial = spatial(node);
        long[] kernel = node.integers("kernel_shape", spatial, 0);
        return KnownShape.of(windows(node, kernel));
    }

    static KnownShape global(NodeView node) {
        long[] out = node.input(0).dims().clone();
        Arrays.fill(out, out.length - spatial(node), out.length, 1);
        return KnownShape.of(out);
    }

    static KnownShape convTranspose(NodeView node) {
        long[] in = node.input(0).dims();
        long[] weights = node.input(1).dims();
        requireRank(node, weights.length);
        int spatial = spatial(node);
        long[] strides = parameters(node, "strides", spatial, 1);
        long[] dilations = parameters(node, "dilations", spatial, 1);
        long[] extra = parameters(node, "output_padding", spatial, 0);
        long[] pads = parameters(node, "pads", 2 * spatial, 0);
        long[] asked = parameters(node, "output_shape", spatial, 0);
        if (!node.node().attributes().text("auto_pad", "NOTSET").equals("NOTSET")) {
            throw node.unknown("pads by itself");
        }
        long[] out = in.clone();
        out[1] = weights[1] * limited(node, node.integer("group", 1));
        for (int i = 0; i < spatial; i++) {
            long window = (weights[2 + i] - 1) * dilations[i] + 1;
            long full = strides[i] * (in[2 + i] - 1) + extra[i] + window;
            long cut = pads[i] + pads[spatial + i];
            out[2 + i] = asked[i] > 0 ? asked[i] : Math.max(0, full - cut);
        }
        return KnownShape.of(out);
    }

    static KnownShape pad(NodeView node) {
        long[] out = node.input(0).dims().clone();
        long[] pads = node.values(1, "its list of pads");
        if (pads.length != 2 * out.length) {
            throw node.malformed("has %d pads for rank %d".formatted(pads.length, out.length));
        }
        for (int i = 0; i < out.length; i++) {
            long more = limited(node, pads[i]) + limited(node, pads[out.length + i]);
            out[i] = Math.max(0, out[i] + more);
        }
        return KnownShape.of(out);
    }

    static KnownShape resize(NodeView node) {
        long[] in = node.input(0).dims();
        KnownShape scales = node.optional(2);
        boolean bySizes = node.optional(3) != null;
        if (bySizes) {
            long[] sizes = node.values(3, "its list of sizes");
            if (sizes.length != in.length) {
                throw node.malformed("has %d sizes for rank %d".formatted(sizes.length, in.length));
            }
            return KnownShape.of(sizes.clone());
        }
        float[] factors = scales == null ? null : scales.floats();
        if (factors == null) {
            throw node.unknown("is scaled by what is no constant");
        }
        if (factors.length != in.length) {
            throw node.malformed("has %d scales for rank %d".formatted(factors.length, in.length));
        }
        long[] out = new long[in.length];
        for (int i = 0; i < out.length; i++) {
            if (!(factors[i] > 0 && factors[i] <= MAX_PARAMETER)) {
                throw node.malformed("is scaled by " + factors[i]);
            }
            out[i] = (long) (factors[i] * in[i]); // as a float: what engines do
            if (out[i] != (long) ((double) factors[i] * in[i])) {
                throw node.unknown("is scaled so that the size depends on rounding");
            }
        }
        return KnownShape.of(out);
    }

    /** {@code [n, c, windows that fit along each axis]} of input 0. */
    private static long[] windows(NodeView node, long[] kernel) {
        int spatial = spatial(node);
        if (kernel.length != spatial) {
            throw node.malformed(
                    "has a kernel of rank %d for %d axes".formatted(kernel.length, spatial));
        }
        long[] strides = parameters(node, "strides", spatial, 1);
        long[] dilations = parameters(node, "dilations", spatial, 1);
        long[] pads = parameters(node, "pads", 2 * spatial, 0);
        boolean ceil = node.integer("ceil_mode", 0) != 0;
        String autoPad = node.node().attributes().text("auto_pad", "NOTSET");
        long[] out = node.input(0).dims().clone();
        for (int i = 0; i < spatial; i++) {
            if (strides[i] < 1 || limited(node, kernel[i]) < 1 || dilations[i] < 1) {
                throw node.malformed("has a window, stride or dilation below 1");
            }
            long in = out[2 + i];
            out[2 + i] =
                    switch (autoPad) {
                        case "SAME_UPPER", "SAME_LOWER" -> ceilDiv(in, strides[i]);
                        case "VALID", "NOTSET" -> {
                            long around = autoPad.equals("VALID") ? 0 : pads[i] + pads[spatial + i];
                            long room = in + around - ((kernel[i] - 1) * dilations[i] + 1);
                            if (ceil && room % strides[i] != 0) {
                                throw node.unknown("rounds the number of windows up");
                            }
                            yield room < 0 ? 0 : room / strides[i] + 1;
                        }
                        default -> throw node.malformed("has auto_pad '" + autoPad + "'");
                    };
        }
        return out;
    }

    private static long ceilDiv(long a, long b) {
        return -Math.floorDiv(-a, b);
    }

    private static int spatial(NodeView node) {
        int rank = node.input(0).rank();
        if (rank < 3) {
            throw node.malformed("has an input of rank " + rank + ", accepted from 3");
        }
        return rank - 2;
    }

    private static void requireRank(NodeView node, int rank) {
        if (rank != node.input(0).rank()) {
            throw node.malformed(
                    "has weights of rank %d for an input of rank %d"
                            .formatted(rank, node.input(0).rank()));
        }
    }

    private static long[] parameters(NodeView node, String name, int length, long otherwise) {
        long[] out = node.integers(name, length, otherwise);
        for (long value : out) {
            limited(node, value);
        }
        return out;
    }

    private static long limited(NodeView node, long value) {
        if (Math.abs(value) > MAX_PARAMETER || value == Long.MIN_VALUE) {
            throw node.malformed("has a parameter of " + value);
        }
        return value;
    }
}
