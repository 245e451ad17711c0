package io.azimuth.connectors.ros;

import io.azimuth.perception.geometry.MalformedDataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The head of one record of a bag: its fields and where its data lies.
 *
 * @param at of the record, in the file or in an unpacked chunk
 * @param dataAt of the data, counted alike
 */
@SuppressWarnings("ArrayRecordComponent") // heads are compared by nobody
record BagRecord(String file, long at, Map<String, byte[]> fields, long dataAt, long dataLength) {
    static final int MESSAGE = 0x02;
    static final int BAG_HEADER = 0x03;
    static final int INDEX = 0x04;
    static final int CHUNK = 0x05;
    static final int CHUNK_INFO = 0x06;
    static final int CONNECTION = 0x07;

    /** Far above any head; definitions of messages are in the data. */
    static final int MOST_HEAD_BYTES = 1 << 16;

    private static final long SECOND = 1_000_000_000L;

    /**
     * Splits {@code name=value} fields.
     *
     * @param where offset of the fields, for messages
     */
    static Map<String, byte[]> split(String file, long where, byte[] b, int from, int to) {
        Map<String, byte[]> out = new LinkedHashMap<>();
        ByteBuffer in = ByteBuffer.wrap(b, from, to - from).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long at = where + in.position() - from;
            int length = in.remaining() < 4 ? -1 : in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw MalformedDataException.at(
                        file,
                        at,
                        "field of %d bytes, but the head has %d left"
                                .formatted(length, in.remaining()));
            }
            byte[] field = new byte[length];
            in.get(field);
            int equals = 0;
            while (equals < length && field[equals] != '=') {
                equals++;
            }
            if (equals == length) {
                throw MalformedDataException.at(
                        file, at, "field without '=', accepted is name=value");
            }
            String name = new String(field, 0, equals, StandardCharsets.ISO_8859_1);
            byte[] value = new byte[length - equals - 1];
            System.arraycopy(field, equals + 1, value, 0, value.length);
            out.put(name, value);
        }
        return out;
    }

    long end() {
        return dataAt + dataLength;
    }

    /** -1 if there is none. */
    int op() {
        byte[] op = fields.get("op");
        return op == null || op.length != 1 ? -1 : op[0] & 0xff;
    }

    void require(int op) {
        if (op() != op) {
            throw fault("record of op %d, accepted is %d here".formatted(op(), op));
        }
    }

    int i32(String name) {
        return value(name, 4).getInt();
    }

    long u32(String name) {
        return Integer.toUnsignedLong(i32(name));
    }

    long i64(String name) {
        return value(name, 8).getLong();
    }

    long timeNanos(String name) {
        ByteBuffer v = value(name, 8);
        return Integer.toUnsignedLong(v.getInt()) * SECOND + Integer.toUnsignedLong(v.getInt());
    }

    String text(String name) {
        byte[] v = fields.get(name);
        if (v == null) {
            throw fault("record without field '" + name + "'");
        }
        return new String(v, StandardCharsets.UTF_8);
    }

    private ByteBuffer value(String name, int bytes) {
        byte[] v = fields.get(name);
        if (v == null || v.length != bytes) {
            throw fault(
                    "field '%s' %s, accepted are %d bytes"
                            .formatted(
                                    name,
                                    v == null ? "is missing" : "has " + v.length + " bytes",
                                    bytes));
        }
        return ByteBuffer.wrap(v).order(ByteOrder.LITTLE_ENDIAN);
    }

    MalformedDataException fault(String problem) {
        return MalformedDataException.at(file, at, problem);
    }
}
