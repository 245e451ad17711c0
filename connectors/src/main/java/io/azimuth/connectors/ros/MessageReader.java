package io.azimuth.connectors.ros;

import io.azimuth.perception.geometry.MalformedDataException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the fields of a message one after the other; whatever is asked for must be there. */
final class MessageReader {
    private static final VarHandle LITTLE =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int CDR_HEAD_BYTES = 4;

    private final RosMessage message;
    private final boolean cdr;
    private final VarHandle ints;
    private int origin;
    private int at;

    MessageReader(RosMessage message, RosEncoding encoding) {
        this.message = message;
        cdr = encoding == RosEncoding.CDR;
        origin = message.from();
        at = message.from();
        ints = cdr && !encapsulation() ? BIG : LITTLE;
    }

    /** Whether the body is little endian. Source: OMG DDSI-RTPS 2.5, 10.2. */
    private boolean encapsulation() {
        need(CDR_HEAD_BYTES, "encapsulation header");
        int kind = message.array()[at] << 8 | message.array()[at + 1] & 0xff;
        // 0 and 1 are plain CDR, 6 and 7 plain CDR of version 2: alike without 64-bit fields.
        if (kind != 0 && kind != 1 && kind != 6 && kind != 7) {
            throw fault(
                    "encapsulation 0x%04x, accepted is plain CDR (0x0000 big, 0x0001 little endian)"
                            .formatted(kind & 0xffff));
        }
        at += CDR_HEAD_BYTES;
        origin = at;
        return (kind & 1) == 1;
    }

    int u8(String field) {
        need(1, field);
        return message.array()[at++] & 0xff;
    }

    boolean bool(String field) {
        return u8(field) != 0;
    }

    int i32(String field) {
        if (cdr) {
            int padding = -(at - origin) & 3;
            need(padding + 4, field);
            at += padding;
        }
        need(4, field);
        int value = (int) ints.get(message.array(), at);
        at += 4;
        return value;
    }

    long u32(String field) {
        return Integer.toUnsignedLong(i32(field));
    }

    /** A length that the rest of the message has room for. */
    int length(String field, int leastBytesEach) {
        long n = u32(field);
        if (n * leastBytesEach > message.to() - at) {
            throw fault(
                    "%s has %d elements, but %d bytes are left"
                            .formatted(field, n, message.to() - at));
        }
        return (int) n;
    }

    String string(String field) {
        int n = length(field, 1);
        int from = at;
        at += n;
        // CDR counts a closing zero; sloppy writers leave it out.
        int text = cdr && n > 0 && message.array()[at - 1] == 0 ? n - 1 : n;
        return new String(message.array(), from, text, StandardCharsets.UTF_8);
    }

    void skip(int bytes, String field) {
        need(bytes, field);
        at += bytes;
    }

    /** Index into the message's array. */
    int at() {
        return at;
    }

    MalformedDataException fault(String problem) {
        return MalformedDataException.at(
                message.file(), message.offset() + at - message.from(), problem);
    }

    private void need(int bytes, String field) {
        if (bytes > message.to() - at) {
            throw fault(
                    "the message ends inside %s: %d bytes are left, %d are needed"
                            .formatted(field, message.to() - at, bytes));
        }
    }
}
