package io.azimuth.connectors.ros;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of a bag: connections, chunks, and where the clouds lie. */
final class BagContent {
    /** A message of a cloud topic. */
    record Place(int connection, int chunk, long offset, long timeNanos) {}

    /** Messages of one type on one topic; a topic has several where several nodes publish. */
    record Connection(String topic, String type) {}

    /** Order of recording; where a bag lies about times, of the file. */
    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::timeNanos)
                    .thenComparingInt(Place::chunk)
                    .thenComparingLong(Place::offset);

    private final Map<Integer, Connection> connections = new TreeMap<>();
    private final Map<Integer, Long> counts = new TreeMap<>();
    private final List<BagChunk> chunks = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    /** Takes a connection record with its data. */
    void connect(BagRecord record, byte[] data) {
        record.require(BagRecord.CONNECTION);
        Map<String, byte[]> described =
                BagRecord.split(record.file(), record.at(), data, 0, data.length);
        BagRecord inner =
                new BagRecord(record.file(), record.at(), described, record.dataAt(), data.length);
        connections.putIfAbsent(
                record.i32("conn"), new Connection(record.text("topic"), inner.text("type")));
    }

    int add(BagChunk chunk) {
        chunks.add(chunk);
        return chunks.size() - 1;
    }

    BagChunk chunk(int number) {
        return chunks.get(number);
    }

    /** Counts messages of a connection, known or not yet. */
    void count(int connection, long messages) {
        counts.merge(connection, messages, Long::sum);
    }

    void add(int connection, int chunk, long offset, long timeNanos) {
        places.add(new Place(connection, chunk, offset, timeNanos));
    }

    /** Whether messages of this connection are clouds; false if it is unknown. */
    boolean isCloud(int connection) {
        Connection c = connections.get(connection);
        return c != null && PointCloud2.isType(c.type());
    }

    private boolean isCloudOf(int connection, String topic) {
        Connection c = connections.get(connection);
        return c != null && c.topic().equals(topic) && PointCloud2.isType(c.type());
    }

    /** Whether there is a place for each cloud that was counted. */
    boolean isComplete() {
        Map<Integer, Long> placed = new TreeMap<>();
        places.forEach(p -> placed.merge(p.connection(), 1L, Long::sum));
        return connections.keySet().stream()
                .filter(this::isCloud)
                .allMatch(c -> counts.getOrDefault(c, 0L).equals(placed.getOrDefault(c, 0L)));
    }

    boolean knows(int connection) {
        return connections.containsKey(connection);
    }

    /** Adds the places that an index record lists. */
    void index(BagRecord record, byte[] data, int chunk) {
        ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        int connection = record.i32("conn");
        while (in.remaining() >= 12) {
            long seconds = Integer.toUnsignedLong(in.getInt());
            long time = seconds * 1_000_000_000L + Integer.toUnsignedLong(in.getInt());
            add(connection, chunk, Integer.toUnsignedLong(in.getInt()), time);
        }
    }

    List<RosTopic> topics() {
        Map<String, RosTopic> out = new TreeMap<>();
        connections.forEach(
                (id, c) ->
                        out.merge(
                                c.topic() + '\0' + c.type(),
                                new RosTopic(c.topic(), c.type(), counts.getOrDefault(id, 0L)),
                                (a, b) ->
                                        new RosTopic(
                                                a.name(), a.type(), a.messages() + b.messages())));
        return List.copyOf(out.values());
    }

    /** The clouds of a topic in the order of recording. */
    List<Place> places(String topic) {
        return places.stream().filter(p -> isCloudOf(p.connection(), topic)).sorted(ORDER).toList();
    }
}
