package io.azimuth.connectors.ros;

import io.azimuth.connectors.ros.BagContent.Place;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A ROS 1 bag, version 2.0, chunks as they are or packed by bz2 or lz4. The index is read once; a
 * bag without a good one is scanned, and what is whole is kept ({@link #remark()} tells what was
 * lost). Messages are read when they are asked for; at most one unpacked chunk and one message are
 * in memory. Whatever the bytes are, only {@link MalformedDataException} comes out. Not
 * thread-safe.
 *
 * <p>Source: ROS wiki, "Bags/Format/2.0".
 */
public final class RosBag implements Closeable {
    private static final byte[] MAGIC = "#ROSBAG V2.0\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final String ANY_MAGIC = "#ROSBAG V";

    /** Larger messages are refused. */
    private static final long MOST_MESSAGE_BYTES = 512L << 20;

    private final BagFile file;
    private final UnpackedChunk unpacked;
    private final BagContent content;
    private final String remark;
    private byte[] buffer = new byte[0];

    private RosBag(BagFile file, UnpackedChunk unpacked, BagContent content, String remark) {
        this.file = file;
        this.unpacked = unpacked;
        this.content = content;
        this.remark = remark;
    }

    /** Whether a file starts as a bag of some version does. */
    public static boolean isBag(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(ANY_MAGIC.length());
            return new String(head, StandardCharsets.ISO_8859_1).equals(ANY_MAGIC);
        }
    }

    /**
     * Opens a bag.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedDataException if it is no bag of version 2.0 or has no whole record
     */
    public static RosBag open(Path path) throws IOException {
        BagFile file = BagFile.open(path);
        try {
            checkMagic(file);
            return open(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void checkMagic(BagFile file) throws IOException {
        byte[] head = new byte[(int) Math.min(MAGIC.length, file.size())];
        file.read(0, head, head.length);
        if (!java.util.Arrays.equals(head, MAGIC)) {
            throw MalformedDataException.at(
                    file.name(),
                    0,
                    "starts with '%s', accepted is '#ROSBAG V2.0'; older bags: rosbag fix"
                            .formatted(
                                    new String(head, StandardCharsets.ISO_8859_1)
                                            .replaceAll("[^ -~]", "?")));
        }
    }

    private static RosBag open(BagFile file) throws IOException {
        UnpackedChunk unpacked = new UnpackedChunk(file);
        long from = MAGIC.length;
        String noIndex;
        try {
            BagRecord header = file.wholeRecord(MAGIC.length, file.size());
            header.require(BagRecord.BAG_HEADER);
            byte[] encryptor = header.fields().getOrDefault("encryptor", new byte[0]);
            if (encryptor.length > 0) {
                throw header.fault("the bag is encrypted; decrypt it first");
            }
            from = header.end();
            return new RosBag(file, unpacked, BagIndexReader.read(file, header), "");
        } catch (MalformedDataException e) {
            noIndex = String.valueOf(e.getMessage()).replace(file.name() + ": ", "");
        }
        BagScanner.Found found = BagScanner.scan(file, unpacked, from);
        if (found.content().topics().isEmpty()) {
            throw MalformedDataException.at(
                    file.name(), from, "no whole topic found: " + noIndex + "; " + found.losses());
        }
        String lost = found.losses().isEmpty() ? "nothing lost" : found.losses();
        return new RosBag(
                file, unpacked, found.content(), "scanned (%s): %s".formatted(noIndex, lost));
    }

    /** All topics by name. */
    public List<RosTopic> topics() {
        return content.topics();
    }

    /** How the messages were found if not by a good index, and what was lost; else empty. */
    public String remark() {
        return remark;
    }

    /** The clouds of a topic in the order of recording; empty if it has none. */
    public Messages clouds(String topic) {
        return new Messages(content.places(topic));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Messages of one topic. */
    public final class Messages {
        private final List<Place> places;

        private Messages(List<Place> places) {
            this.places = places;
        }

        public int size() {
            return places.size();
        }

        /** When it was recorded, nanoseconds since the epoch. */
        public long logNanos(int index) {
            return places.get(index).timeNanos();
        }

        /**
         * Reads a message, or no more than its first bytes; valid until the next read from the bag.
         *
         * @throws MalformedDataException naming file and byte; other messages may be readable
         */
        public RosMessage read(int index, int atMost) throws IOException {
            Place place = places.get(index);
            BagChunk chunk = content.chunk(place.chunk());
            if (chunk.packed()) {
                unpacked.load(chunk);
                BagRecord r = unpacked.wholeRecord(place.offset(), unpacked.size());
                check(r, place);
                int from = (int) r.dataAt();
                int to = from + (int) Math.min(atMost, r.dataLength());
                return new RosMessage(file.name(), chunk.dataAt(), unpacked.array(), from, to);
            }
            BagRecord r = file.wholeRecord(chunk.dataAt() + place.offset(), chunk.end());
            check(r, place);
            int length = (int) Math.min(atMost, r.dataLength());
            if (buffer.length < length) {
                buffer = new byte[length + (length >> 3)];
            }
            file.read(r.dataAt(), buffer, length);
            return new RosMessage(file.name(), r.dataAt(), buffer, 0, length);
        }

        private void check(BagRecord r, Place place) {
            r.require(BagRecord.MESSAGE);
            if (r.i32("conn") != place.connection() || r.dataLength() > MOST_MESSAGE_BYTES) {
                throw r.fault(
                        "message of connection %d with %d bytes, accepted is connection %d with at most %d"
                                .formatted(
                                        r.i32("conn"),
                                        r.dataLength(),
                                        place.connection(),
                                        MOST_MESSAGE_BYTES));
            }
        }
    }
}
