package io.azimuth.connectors.mcap;

import io.azimuth.perception.geometry.MalformedDataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Steps through the records of an unpacked chunk, or of a run outside chunks. */
final class ChunkRecords {
    private final String where;
    private final byte[] content;
    private final ByteBuffer bytes;
    private int offset;
    private int end;

    /**
     * @param where the file and the chunk, for messages
     */
    ChunkRecords(String where, byte[] content) {
        this.where = where;
        this.content = content;
        bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Steps to the next record; false at the end. */
    boolean next() {
        return end < content.length && seek(end);
    }

    /**
     * Steps to the record at an offset.
     *
     * @throws MalformedDataException if no whole record starts there
     */
    boolean seek(int at) {
        if (at < 0 || at > content.length - Opcode.HEAD_BYTES) {
            throw fault(at, "no record fits here, the chunk has " + content.length + " bytes");
        }
        long length = bytes.getLong(at + 1);
        if (length < 0 || length > content.length - at - Opcode.HEAD_BYTES) {
            throw fault(
                    at,
                    "%s of %s bytes in a chunk of %d"
                            .formatted(
                                    Opcode.name(content[at] & 0xff),
                                    Long.toUnsignedString(length),
                                    content.length));
        }
        offset = at;
        end = at + Opcode.HEAD_BYTES + (int) length;
        if (opcode() == Opcode.MESSAGE && length < Opcode.MESSAGE_HEAD_BYTES) {
            throw fault(
                    at,
                    "a Message of %d bytes, accepted are at least %d"
                            .formatted(length, Opcode.MESSAGE_HEAD_BYTES));
        }
        return true;
    }

    int opcode() {
        return content[offset] & 0xff;
    }

    int offset() {
        return offset;
    }

    /** Bytes of the whole record. */
    int length() {
        return end - offset;
    }

    RecordBytes body() {
        return new RecordBytes(where, 0, content, offset + Opcode.HEAD_BYTES, end);
    }

    /** Of a message. */
    int channelId() {
        return Short.toUnsignedInt(bytes.getShort(offset + Opcode.HEAD_BYTES));
    }

    /** Of a message. */
    int sequence() {
        return bytes.getInt(offset + Opcode.HEAD_BYTES + 2);
    }

    /** Of a message. */
    long logTimeNanos() {
        return bytes.getLong(offset + Opcode.HEAD_BYTES + 6);
    }

    /** Of a message. */
    long publishTimeNanos() {
        return bytes.getLong(offset + Opcode.HEAD_BYTES + 14);
    }

    /** A copy of a message's data. */
    byte[] data() {
        byte[] out = new byte[length() - Opcode.HEAD_BYTES - Opcode.MESSAGE_HEAD_BYTES];
        System.arraycopy(content, end - out.length, out, 0, out.length);
        return out;
    }

    MalformedDataException fault(int at, String problem) {
        return MalformedDataException.at(where, at, problem);
    }
}
