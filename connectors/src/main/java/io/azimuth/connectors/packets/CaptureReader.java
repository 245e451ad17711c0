package io.azimuth.connectors.packets;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Records of a capture, one after the other. The fields hold the record read last and are valid
 * until the next call of {@link #next}. Not thread-safe.
 */
abstract class CaptureReader implements Closeable {
    /** Longest record that is taken for real, tcpdump's own limit. */
    static final int MOST_RECORD_BYTES = 262_144;

    /**
     * Where a record lies.
     *
     * @param offset of its header in the file
     * @param section number of the pcapng section that it belongs to; 0 for pcap
     */
    record Place(long offset, int section) {}

    final CaptureBytes file;

    /** The captured bytes; only the first {@link #length} count. */
    byte[] data = new byte[2048];

    int length;

    /** Length on the wire, at least {@link #length} in sane captures. */
    long originalLength;

    int linkType;

    /** Capture time, ns since the epoch; 0 where the record has none. */
    long stampNanos;

    /** Header of the record read last. */
    long recordOffset;

    /** Number of the section of the record read last. */
    int section;

    /** What was cut off at the file's end; null as long as nothing was. */
    @Nullable String truncation;

    CaptureReader(CaptureBytes file) {
        this.file = file;
    }

    /**
     * Opens a capture, its kind told by its first bytes.
     *
     * @return null if the file is neither pcap nor pcapng
     */
    static @Nullable CaptureReader open(Path path) throws IOException {
        CaptureBytes file = new CaptureBytes(path);
        try {
            byte[] magic = new byte[4];
            if (file.read(0, magic, 4)) {
                if (PcapngReader.isMagic(magic)) {
                    return new PcapngReader(file);
                }
                if (PcapReader.isMagic(magic)) {
                    return new PcapReader(file);
                }
            }
        } catch (MalformedDataException | IOException e) {
            file.close();
            throw e;
        }
        file.close();
        return null;
    }

    /** Name of the format, e.g. {@code pcap}. */
    abstract String format();

    /**
     * Goes to the next record.
     *
     * @return false at the end of the file
     * @throws MalformedDataException if the file cannot be followed any further
     */
    abstract boolean next() throws IOException;

    /** Makes {@link #next} go on at a record that was read before. */
    abstract void seek(Place place);

    Place place() {
        return new Place(recordOffset, section);
    }

    /** Loads the bytes of a record; false if the file ends inside it. */
    final boolean load(long offset, int bytes) throws IOException {
        if (data.length < bytes) {
            data = new byte[Math.max(bytes, Math.min(2 * data.length, MOST_RECORD_BYTES))];
        }
        length = bytes;
        return file.read(offset, data, bytes);
    }

    final MalformedDataException malformed(long offset, String problem) {
        return MalformedDataException.at(file.name(), offset, problem);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    static int int32(byte[] b, int at, boolean bigEndian) {
        int le =
                (b[at] & 0xff)
                        | (b[at + 1] & 0xff) << 8
                        | (b[at + 2] & 0xff) << 16
                        | (b[at + 3] & 0xff) << 24;
        return bigEndian ? Integer.reverseBytes(le) : le;
    }

    static int int16(byte[] b, int at, boolean bigEndian) {
        int lo = b[at] & 0xff;
        int hi = b[at + 1] & 0xff;
        return bigEndian ? lo << 8 | hi : hi << 8 | lo;
    }

    static long uint32(byte[] b, int at, boolean bigEndian) {
        return int32(b, at, bigEndian) & 0xffffffffL;
    }
}
