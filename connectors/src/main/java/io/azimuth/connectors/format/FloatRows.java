package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.MalformedDataException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Files that are nothing but rows of little-endian float32. */
final class FloatRows {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private FloatRows() {}

    static float get(byte[] bytes, int offset) {
        return Float.intBitsToFloat((int) INT.get(bytes, offset));
    }

    static void put(byte[] bytes, int offset, float value) {
        INT.set(bytes, offset, Float.floatToRawIntBits(value));
    }

    /**
     * The number of rows.
     *
     * @param columns what a row holds, for the message
     * @throws MalformedDataException if the file is empty, ends inside a row or has too many rows
     */
    static int count(CloudBytes bytes, int rowBytes, String columns) {
        int size = bytes.size();
        if (size == 0) {
            throw MalformedDataException.at(
                    bytes.name(),
                    0,
                    "the file is empty; accepted is one row ("
                            + columns
                            + " float32) or more; was the copy cut off?");
        }
        int over = size % rowBytes;
        if (over != 0) {
            throw new MalformedDataException(
                    "%s: size %d is not a multiple of %d (%s float32); %d bytes over at offset %d"
                                    .formatted(
                                            bytes.name(),
                                            size,
                                            rowBytes,
                                            columns,
                                            over,
                                            size - over)
                            + "; copy the file again or check its columns");
        }
        int rows = size / rowBytes;
        if (rows > CloudFormat.MAX_POINTS) {
            throw MalformedDataException.at(
                    bytes.name(),
                    (long) CloudFormat.MAX_POINTS * rowBytes,
                    rows
                            + " points, accepted are at most "
                            + CloudFormat.MAX_POINTS
                            + "; split the file into sweeps");
        }
        return rows;
    }
}
