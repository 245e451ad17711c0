package io.azimuth.connectors.mcap;

import io.azimuth.perception.geometry.MalformedDataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the fields of a record from bytes, little-endian; never past their end. */
final class RecordBytes {
    private final String where;
    private final long origin;
    private final ByteBuffer bytes;

    /**
     * @param where for messages: the file, or the file and its chunk
     * @param origin offset of {@code array[0]} there
     */
    RecordBytes(String where, long origin, byte[] array, int from, int to) {
        this.where = where;
        this.origin = origin;
        bytes = ByteBuffer.wrap(array, from, to - from).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Position in the array. */
    int at() {
        return bytes.position();
    }

    int remaining() {
        return bytes.remaining();
    }

    void skip(int length) {
        bytes.position(bytes.position() + length);
    }

    int u8(String what) {
        return Byte.toUnsignedInt(need(1, what).get());
    }

    int u16(String what) {
        return Short.toUnsignedInt(need(Short.BYTES, what).getShort());
    }

    /** All 32 bits, signed. */
    int i32(String what) {
        return need(Integer.BYTES, what).getInt();
    }

    long u32(String what) {
        return Integer.toUnsignedLong(i32(what));
    }

    /** All 64 bits, signed. */
    long i64(String what) {
        return need(Long.BYTES, what).getLong();
    }

    /** A length in bytes, at most what is left. */
    int length32(String what) {
        return length(u32(what), what);
    }

    /** A length in bytes, at most what is left. */
    int length64(String what) {
        return length(i64(what), what);
    }

    private int length(long length, String what) {
        if (length < 0 || length > bytes.remaining()) {
            throw fault(
                    "%s of %s bytes, but %d are left in its record"
                            .formatted(what, Long.toUnsignedString(length), bytes.remaining()));
        }
        return (int) length;
    }

    byte[] blob(String what) {
        byte[] out = new byte[length32(what)];
        bytes.get(out);
        return out;
    }

    String text(String what) {
        int length = length32(what);
        ByteBuffer part = bytes.slice(bytes.position(), length);
        try {
            String out = StandardCharsets.UTF_8.newDecoder().decode(part).toString();
            skip(length);
            return out;
        } catch (CharacterCodingException e) {
            throw fault(what + " is not UTF-8");
        }
    }

    Map<String, String> map(String what) {
        int end = length32(what) + at();
        Map<String, String> out = new LinkedHashMap<>();
        while (at() < end) {
            out.put(text("a key of " + what), text("a value of " + what));
        }
        return out;
    }

    MalformedDataException fault(String problem) {
        return MalformedDataException.at(where, origin + bytes.position(), problem);
    }

    private ByteBuffer need(int length, String what) {
        if (bytes.remaining() < length) {
            throw fault(
                    "%s needs %d bytes, but %d are left in its record"
                            .formatted(what, length, bytes.remaining()));
        }
        return bytes;
    }
}
