package io.azimuth.perception.inference.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Golden tensors that are mostly zero: pairs of an index (int32) and a value (float32), both
 * little-endian, by rising index. How large they grow is the manifest's shape, which is bounded as
 * the network's cost is ({@link CostBound}).
 */
final class SparseFloats {
    static final String SUFFIX = ".sparse";

    private static final int PAIR = Integer.BYTES + Float.BYTES;

    private SparseFloats() {}

    /** One row of all tensors, as the plain form has it. */
    static byte[] expand(String name, byte[] pairs, long rowBytes) {
        if (pairs.length % PAIR != 0) {
            throw wrong(
                    "%s has %d bytes, accepted pairs of %d".formatted(name, pairs.length, PAIR));
        }
        if (rowBytes > Integer.MAX_VALUE - 8) {
            throw wrong("%s would have %d bytes".formatted(name, rowBytes));
        }
        ByteBuffer out = ByteBuffer.allocate((int) rowBytes).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer in = ByteBuffer.wrap(pairs).order(ByteOrder.LITTLE_ENDIAN);
        int before = -1;
        while (in.hasRemaining()) {
            int index = in.getInt();
            if (index <= before || index >= rowBytes / Float.BYTES) {
                throw wrong(
                        "%s has index %d after %d, accepted rising ones below %d"
                                .formatted(name, index, before, rowBytes / Float.BYTES));
            }
            out.putFloat(index * Float.BYTES, in.getFloat());
            before = index;
        }
        return out.array();
    }

    private static ModelRejected wrong(String detail) {
        return new ModelRejected(ModelRejected.Code.GOLDEN, detail);
    }
}
