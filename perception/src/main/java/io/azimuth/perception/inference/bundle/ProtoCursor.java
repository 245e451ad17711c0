package io.azimuth.perception.inference.bundle;

import java.nio.charset.StandardCharsets;

/**
 * Walks the fields of one protobuf message in place. Bytes are never copied but for text; every
 * length is checked against the message around it before it is believed. Source: the protobuf
 * encoding specification.
 */
final class ProtoCursor {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_TEXT_BYTES = 4096;

    private final byte[] data;
    private final int end;
    private final int depth;
    private final OnnxBudget budget;
    private int at;

    private int field;
    private int wire;
    private long number;
    private int start;
    private int length;

    ProtoCursor(byte[] data, OnnxBudget budget) {
        this(data, 0, data.length, 0, budget);
    }

    private ProtoCursor(byte[] data, int start, int end, int depth, OnnxBudget budget) {
        this.data = data;
        this.at = start;
        this.end = end;
        this.depth = depth;
        this.budget = budget;
        budget.enter(depth);
    }

    /** Steps to the next field; false at the end of the message. */
    boolean next() {
        if (at == end) {
            return false;
        }
        budget.countField();
        long tag = varint();
        field = (int) (tag >>> 3);
        wire = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0) {
            throw malformed("field tag " + Long.toUnsignedString(tag));
        }
        switch (wire) {
            case VARINT -> number = varint();
            case FIXED64 -> take(Long.BYTES);
            case BYTES -> {
                long announced = varint();
                if (announced < 0 || announced > end - at) {
                    throw malformed(
                            "field %d announces %s bytes, %d are left"
                                    .formatted(field, Long.toUnsignedString(announced), end - at));
                }
                take((int) announced);
            }
            case FIXED32 -> take(Integer.BYTES);
            default -> throw malformed("wire type " + wire + " of field " + field);
        }
        return true;
    }

    int field() {
        return field;
    }

    /** The value of a varint field. */
    long number() {
        require(VARINT);
        return number;
    }

    boolean isNumber() {
        return wire == VARINT;
    }

    /** The text of a length-delimited field. */
    String text() {
        require(BYTES);
        if (length > MAX_TEXT_BYTES) {
            throw new ModelRejected(
                    ModelRejected.Code.ONNX_LIMIT,
                    "network, byte %d: a name of %d bytes, accepted up to %d"
                            .formatted(start, length, MAX_TEXT_BYTES));
        }
        return new String(data, start, length, StandardCharsets.UTF_8);
    }

    /** The message inside a length-delimited field. */
    ProtoCursor message() {
        require(BYTES);
        return new ProtoCursor(data, start, start + length, depth + 1, budget);
    }

    /** First byte of a length-delimited or fixed field. */
    int start() {
        return start;
    }

    /** Bytes of a length-delimited or fixed field. */
    int length() {
        return length;
    }

    /** Walks packed varints: the message is a row of plain numbers. */
    long packedVarint() {
        return varint();
    }

    boolean atEnd() {
        return at == end;
    }

    byte[] data() {
        return data;
    }

    ModelRejected malformed(String problem) {
        return new ModelRejected(
                ModelRejected.Code.ONNX_MALFORMED,
                "network, byte %d: %s; the file is no ONNX or is damaged".formatted(at, problem));
    }

    private void require(int accepted) {
        if (wire != accepted) {
            throw malformed(
                    "field %d has wire type %d, accepted %d".formatted(field, wire, accepted));
        }
    }

    private void take(int bytes) {
        if (bytes > end - at) {
            throw malformed(
                    "field %d needs %d bytes, %d are left".formatted(field, bytes, end - at));
        }
        start = at;
        length = bytes;
        at += bytes;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at == end) {
                throw malformed("a number is cut off");
            }
            byte b = data[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("a number is longer than ten bytes");
    }
}
