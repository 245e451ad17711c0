package io.azimuth.connectors.wire;

import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.connectors.wire.proto.Contract.ColumnType;
import io.azimuth.connectors.wire.proto.Contract.Layout;
import java.util.Arrays;

/** The columns of a sweep on their way into bytes. Buffers are reused. */
final class ColumnSet {
    private byte[] bytes = new byte[0];
    private int[] work = new int[0];
    private int length;
    private int count;

    /** Starts a sweep of {@code newCount} points or cells. */
    void begin(int newCount) {
        count = newCount;
        length = 0;
        if (work.length < count) {
            work = new int[count];
        }
        Arrays.fill(work, 0, count, 0);
    }

    /** Where the values of the next column are put; {@code count} of them. */
    int[] values() {
        return work;
    }

    /** Appends the values as a column and describes it in the message. */
    void append(
            Contract.Sweep.Builder message,
            String name,
            ColumnType type,
            Layout layout,
            double scale) {
        int size = Math.multiplyExact(count, ColumnBytes.width(type));
        if (bytes.length < length + size) {
            bytes = Arrays.copyOf(bytes, Math.max(length + size, 2 * bytes.length));
        }
        ColumnBytes.write(work, count, type, layout, bytes, length);
        message.addColumns(
                Contract.Column.newBuilder()
                        .setName(name)
                        .setType(type)
                        .setLayout(layout)
                        .setScale(scale)
                        .setByteOffset(length)
                        .setByteLength(size));
        length += size;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
