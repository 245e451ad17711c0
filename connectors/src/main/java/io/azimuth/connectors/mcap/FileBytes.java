package io.azimuth.connectors.mcap;

import io.azimuth.connectors.bytes.FileWindow;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** The records of a file by position. */
final class FileBytes implements Closeable {
    /**
     * The start of a record.
     *
     * @param at of the opcode in the file
     * @param length of the body
     */
    record Head(int opcode, long at, long length) {
        long bodyAt() {
            return at + Opcode.HEAD_BYTES;
        }

        /** Where the next record starts. */
        long end() {
            return bodyAt() + length;
        }
    }

    private static final int SLICE_BYTES = 1 << 20;

    private final FileWindow file;

    private FileBytes(FileWindow file) {
        this.file = file;
    }

    static FileBytes open(Path path) throws IOException {
        return new FileBytes(FileWindow.open(path));
    }

    String name() {
        return file.name();
    }

    /** When it was opened; what is added later is not seen. */
    long size() {
        return file.size();
    }

    /**
     * The head of the record at a place.
     *
     * @param end where the record must end at the latest
     * @throws MalformedDataException if there is not room for the head or the body it claims
     */
    Head head(long at, long end) throws IOException {
        if (at < 0 || at > end - Opcode.HEAD_BYTES) {
            throw fault(
                    at,
                    "%d bytes are left, a record has at least %d; the file is cut here"
                            .formatted(Math.max(0, end - at), Opcode.HEAD_BYTES));
        }
        RecordBytes head = peek(at, Opcode.HEAD_BYTES);
        int opcode = head.u8("opcode");
        long length = head.i64("length");
        if (length < 0 || length > end - at - Opcode.HEAD_BYTES) {
            throw fault(
                    at,
                    "%s of %s bytes, but %d are left; the file is cut or damaged here"
                            .formatted(
                                    Opcode.name(opcode),
                                    Long.toUnsignedString(length),
                                    end - at - Opcode.HEAD_BYTES));
        }
        if (opcode == 0) {
            throw fault(at, "opcode 0, accepted are 1 .. 255; the file is damaged here");
        }
        return new Head(opcode, at, length);
    }

    /** The body of a record that is taken into memory whole. */
    RecordBytes body(Head head) throws IOException {
        if (head.length() <= FileWindow.WINDOW_BYTES) {
            return peek(head.bodyAt(), (int) head.length());
        }
        if (head.length() > ChunkLimits.MOST_RECORD_BYTES) {
            throw fault(
                    head.at(),
                    "%s of %d bytes, accepted are at most %d"
                            .formatted(
                                    Opcode.name(head.opcode()),
                                    head.length(),
                                    ChunkLimits.MOST_RECORD_BYTES));
        }
        byte[] out = read(head.bodyAt(), (int) head.length());
        return new RecordBytes(file.name(), head.bodyAt(), out, 0, out.length);
    }

    /** At most {@link FileWindow#WINDOW_BYTES} that are there; valid until the next call. */
    RecordBytes peek(long at, int length) throws IOException {
        int from = file.show(at, length);
        return new RecordBytes(file.name(), at - from, file.window(), from, from + length);
    }

    /** Bytes of which the caller knows that they are there. */
    byte[] read(long at, int length) throws IOException {
        byte[] out = new byte[length];
        file.read(at, out, length);
        return out;
    }

    /** CRC-32 of a range, read in slices. */
    int crc(long from, long to) throws IOException {
        CRC32 crc = new CRC32();
        byte[] slice = new byte[(int) Math.min(SLICE_BYTES, to - from)];
        for (long at = from; at < to; at += slice.length) {
            int length = (int) Math.min(slice.length, to - at);
            file.read(at, slice, length);
            crc.update(slice, 0, length);
        }
        return (int) crc.getValue();
    }

    MalformedDataException fault(long at, String problem) {
        return MalformedDataException.at(file.name(), at, problem);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
