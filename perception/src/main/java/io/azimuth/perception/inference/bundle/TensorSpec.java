package io.azimuth.perception.inference.bundle;

import java.util.List;

/**
 * One input or output of a network: float32, row-major. The first dimension is the batch: {@link
 * #BATCH} if any number of rows may be given, else 1.
 *
 * @param name the tensor's name in the network
 * @param shape dimensions; only the first may be {@link #BATCH}
 * @param layout letters of the dimensions, e.g. {@code NCHW}
 * @param semantic what the values mean, for readers
 */
public record TensorSpec(String name, List<Integer> shape, String layout, String semantic) {
    /** Stands for the free batch dimension; written {@code "n"} in a manifest. */
    public static final int BATCH = -1;

    private static final int MAX_RANK = 8;
    private static final long MAX_ELEMENTS = 1L << 28;

    public TensorSpec {
        shape = List.copyOf(shape);
        if (shape.isEmpty() || shape.size() > MAX_RANK) {
            throw new IllegalArgumentException(
                    "tensor %s: rank %d, accepted 1 to %d".formatted(name, shape.size(), MAX_RANK));
        }
        if (shape.get(0) != BATCH && shape.get(0) != 1) {
            throw new IllegalArgumentException(
                    "tensor %s: first dimension %d, accepted \"n\" or 1"
                            .formatted(name, shape.get(0)));
        }
        long elements = 1;
        for (int i = 1; i < shape.size(); i++) {
            int dim = shape.get(i);
            if (dim < 1 || elements * dim > MAX_ELEMENTS) {
                throw new IllegalArgumentException(
                        "tensor %s: shape %s, accepted positive dimensions and at most %d elements"
                                .formatted(name, shape, MAX_ELEMENTS));
            }
            elements *= dim;
        }
    }

    /** Whether the first dimension is free. */
    public boolean batched() {
        return shape.get(0) == BATCH;
    }

    /** Floats of one row of the batch. */
    public int rowElements() {
        int elements = 1;
        for (int i = 1; i < shape.size(); i++) {
            elements *= shape.get(i);
        }
        return elements;
    }

    /** The shape with {@code batch} rows. */
    public long[] shapeFor(int batch) {
        long[] out = new long[shape.size()];
        out[0] = batch;
        for (int i = 1; i < out.length; i++) {
            out[i] = shape.get(i);
        }
        return out;
    }

    /** The shape as manifests write it: {@code [n,16,64,512]}. */
    public String shapeText() {
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < shape.size(); i++) {
            int dim = shape.get(i);
            out.append(i == 0 ? "" : ",").append(dim == BATCH ? "n" : Integer.toString(dim));
        }
        return out.append(']').toString();
    }
}
