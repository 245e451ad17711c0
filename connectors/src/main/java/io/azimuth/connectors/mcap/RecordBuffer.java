package io.azimuth.connectors.mcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Records as bytes in memory, little-endian; grows, and is reused after {@link #clear}. */
final class RecordBuffer {
    private ByteBuffer bytes;

    RecordBuffer(int capacity) {
        bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    void clear() {
        bytes.clear();
    }

    int size() {
        return bytes.position();
    }

    /** The live array; only the first {@link #size()} bytes count. */
    byte[] array() {
        return bytes.array();
    }

    /** Starts a record; {@link #end} with the returned mark closes it. */
    int begin(int opcode) {
        u8(opcode);
        int mark = size();
        u64(0);
        return mark;
    }

    void end(int mark) {
        bytes.putLong(mark, size() - mark - Long.BYTES);
    }

    RecordBuffer u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    RecordBuffer u16(int value) {
        room(Short.BYTES).putShort((short) value);
        return this;
    }

    RecordBuffer u32(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    RecordBuffer u64(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    RecordBuffer raw(byte[] from, int offset, int length) {
        room(length).put(from, offset, length);
        return this;
    }

    /** With its length before it. */
    RecordBuffer blob(byte[] from) {
        return u32(from.length).raw(from, 0, from.length);
    }

    RecordBuffer text(String text) {
        return blob(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Maps are prefixed by their length in bytes, not by their size. */
    RecordBuffer map(Map<String, String> entries) {
        int mark = size();
        u32(0);
        entries.forEach((key, value) -> text(key).text(value));
        return lengthAt(mark);
    }

    /** Puts the bytes written since {@code mark} as the u32 that lies there. */
    RecordBuffer lengthAt(int mark) {
        bytes.putInt(mark, size() - mark - Integer.BYTES);
        return this;
    }

    private ByteBuffer room(int length) {
        if (bytes.remaining() < length) {
            int used = bytes.position();
            int wanted = (int) Math.min(Integer.MAX_VALUE - 64, 2L * bytes.capacity());
            byte[] larger =
                    Arrays.copyOf(bytes.array(), Math.max(wanted, Math.addExact(used, length)));
            bytes = ByteBuffer.wrap(larger).order(ByteOrder.LITTLE_ENDIAN).position(used);
        }
        return bytes;
    }
}
