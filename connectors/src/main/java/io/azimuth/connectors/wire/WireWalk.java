package io.azimuth.connectors.wire;

/**
 * Walks over the top-level fields of a protobuf message without building anything: tells a
 * truncated value from a foreign one, and finds the points, so that they are never copied.
 * Reusable, not thread-safe.
 */
final class WireWalk {
    private static final int POINTS_FIELD = 31;
    private static final int MAX_VARINT_BYTES = 10;

    private byte[] value = new byte[0];
    private int at;
    private int pointsOffset;
    private int pointsLength;

    /** First byte of the last points field; meaningless if there is none. */
    int pointsOffset() {
        return pointsOffset;
    }

    /** 0 if there is no points field. */
    int pointsLength() {
        return pointsLength;
    }

    /**
     * Walks to the end of the value.
     *
     * @throws MalformedSweepException TRUNCATED or NOT_A_SWEEP
     */
    void walk(byte[] bytes) {
        value = bytes;
        at = 0;
        pointsOffset = 0;
        pointsLength = 0;
        try {
            while (at < bytes.length) {
                field();
            }
        } finally {
            value = new byte[0]; // the record is the caller's
        }
    }

    private void field() {
        int start = at;
        long tag = varint();
        long number = tag >>> 3;
        int type = (int) (tag & 7);
        if (number < 1 || number > 536_870_911L) {
            throw notASweep(start, "field number " + number);
        }
        switch (type) {
            case 0 -> varint();
            case 1 -> skip(start, number, Long.BYTES);
            case 2 -> lengthDelimited(start, number);
            case 5 -> skip(start, number, Integer.BYTES);
            default -> throw notASweep(start, "wire type " + type + " of field " + number);
        }
    }

    private void lengthDelimited(int start, long number) {
        long length = varint();
        int from = at;
        skip(start, number, length);
        if (number == POINTS_FIELD) {
            pointsOffset = from;
            pointsLength = (int) length;
        }
    }

    private void skip(int start, long number, long length) {
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw notASweep(start, "length " + Long.toUnsignedString(length));
        }
        if (length > value.length - at) {
            throw new MalformedSweepException(
                    SweepFault.TRUNCATED,
                    "byte %d: field %d needs %d bytes, the value has %d more"
                            .formatted(start, number, length, value.length - at));
        }
        at += (int) length;
    }

    private long varint() {
        int start = at;
        long result = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            if (at == value.length) {
                throw new MalformedSweepException(
                        SweepFault.TRUNCATED,
                        "byte %d: the value ends inside a number".formatted(start));
            }
            byte b = value[at++];
            result |= (long) (b & 0x7f) << 7 * i;
            if (b >= 0) {
                return result;
            }
        }
        throw notASweep(start, "a number of more than 10 bytes");
    }

    private static MalformedSweepException notASweep(int offset, String found) {
        return new MalformedSweepException(
                SweepFault.NOT_A_SWEEP,
                "byte %d: %s, expected a field of a Sweep message".formatted(offset, found));
    }
}
