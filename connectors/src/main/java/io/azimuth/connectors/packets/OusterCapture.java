package io.azimuth.connectors.packets;

import io.azimuth.connectors.packets.CaptureReader.Place;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Ouster packets: columns of a rotation, which the frame id binds together. */
final class OusterCapture implements PacketCapture {
    /** A packet that is this many rotations late counts as a sensor that started anew. */
    private static final int LATEST_ROTATIONS = 16;

    private static final int MOST_SIZES_TOLD = 6;

    private final UdpReader udp;
    private final OusterMetadata metadata;
    private final OusterRays rays;
    private final OusterImage image;
    private final SweepIndex index;
    private final List<String> notes = new ArrayList<>();
    private final double[] xyz = new double[3];
    private long source;

    private OusterCapture(UdpReader udp, OusterMetadata metadata) {
        this.udp = udp;
        this.metadata = metadata;
        rays = new OusterRays(metadata);
        image = new OusterImage(metadata);
        index = new SweepIndex(metadata.windowColumns());
    }

    static OusterCapture open(UdpReader udp, OusterMetadata metadata) throws IOException {
        OusterCapture capture = new OusterCapture(udp, metadata);
        capture.build();
        return capture;
    }

    /** A rotation whose packets are still coming. */
    private static final class Growing {
        final int frameId;
        final long seq;
        Place first;
        long lastOffset;
        long firstNanos = Long.MAX_VALUE;
        long lastNanos = Long.MIN_VALUE;
        int columns;

        Growing(int frameId, long seq, Place first) {
            this.frameId = frameId;
            this.seq = seq;
            this.first = first;
        }
    }

    private void build() throws IOException {
        TreeMap<Integer, Long> otherSizes = new TreeMap<>();
        long packets = 0;
        long late = 0;
        long otherSources = 0;
        Growing before = null;
        Growing current = null;
        while (udp.next()) {
            if (udp.length != metadata.packetBytes()) {
                if (otherSizes.size() < MOST_SIZES_TOLD || otherSizes.containsKey(udp.length)) {
                    otherSizes.merge(udp.length, 1L, Long::sum);
                }
                continue;
            }
            if (packets++ == 0) {
                source = udp.source;
            } else if (udp.source != source) {
                otherSources++;
                continue;
            }
            int id = metadata.profile().frameId(udp.data, udp.payload);
            int ahead = current == null ? 1 : ahead(id, current.frameId);
            if (current == null || ahead > 0 || ahead < -LATEST_ROTATIONS) {
                finish(before);
                before = current;
                long seq = current == null ? 0 : current.seq + Math.max(1, ahead);
                current = new Growing(id, seq, udp.first);
                grow(current);
            } else if (ahead == 0) {
                grow(current);
            } else if (before != null && before.frameId == id) {
                grow(before);
            } else {
                late++;
            }
        }
        finish(before);
        finish(current);
        if (index.size() == 0) {
            throw Captures.none(udp, nothing(otherSizes, packets));
        }
        index.dropPartialEnds();
        index.describe(notes);
        Captures.add(notes, late, "packets came after their rotation and were left out");
        Captures.add(notes, otherSources, "packets of other senders were left out");
        if (metadata.profile().returns > 1) {
            notes.add("of two returns the first, the stronger, is delivered");
        }
        Captures.describeLosses(udp, notes);
    }

    private String nothing(TreeMap<Integer, Long> otherSizes, long packets) {
        if (packets > 0) {
            return packets + " lidar packets, but no column of them was measured";
        }
        return "no lidar packets: expected UDP content of %d bytes (%s, %d beams), found sizes with counts %s; is this the metadata of this sensor?"
                .formatted(
                        metadata.packetBytes(),
                        metadata.profile().key,
                        metadata.beams(),
                        otherSizes);
    }

    /** How many rotations {@code id} is ahead of {@code other}, the wrap considered. */
    private int ahead(int id, int other) {
        return metadata.profile().frameIdBits() == 16 ? (short) (id - other) : id - other;
    }

    private void grow(Growing g) {
        g.lastOffset = udp.lastOffset();
        if (udp.first.offset() < g.first.offset()) {
            g.first = udp.first; // its first fragment came before the rotation's first packet
        }
        OusterProfile profile = metadata.profile();
        for (int c = 0; c < metadata.columnsPerPacket(); c++) {
            int at = udp.payload + profile.packetHeader + c * profile.columnBytes(metadata.beams());
            if (OusterImage.column(metadata, udp.data, at) >= 0) {
                long stamp = OusterProfile.timestampNanos(udp.data, at);
                g.firstNanos = Math.min(g.firstNanos, stamp);
                g.lastNanos = Math.max(g.lastNanos, stamp);
                g.columns++;
            }
        }
    }

    private void finish(@Nullable Growing g) {
        if (g != null && g.columns > 0) {
            index.add(
                    new SweepPlace(
                            g.first,
                            g.lastOffset,
                            g.seq,
                            g.firstNanos,
                            g.lastNanos + configuredPeriod() / metadata.columns(),
                            0,
                            g.columns,
                            g.frameId));
        }
    }

    private long configuredPeriod() {
        return (long) (1e9 / metadata.rateHz());
    }

    /** The rotation as it came, for those who compare it with other decoders. */
    OusterImage image(int sweep) throws IOException {
        SweepPlace place = index.get(sweep);
        image.clear();
        udp.seek(place.first());
        while (udp.next() && udp.first.offset() <= place.lastOffset()) {
            if (udp.length == metadata.packetBytes()
                    && udp.source == source
                    && metadata.profile().frameId(udp.data, udp.payload) == (int) place.tag()) {
                image.add(udp.data, udp.payload);
            }
            if (udp.lastOffset() >= place.lastOffset()) {
                break;
            }
        }
        return image;
    }

    @Override
    public long read(int sweep, PointCloud cloud) throws IOException {
        OusterImage in = image(sweep);
        SweepPlace place = index.get(sweep);
        long zero = place.startNanos() - place.clockShiftNanos();
        int beams = metadata.beams();
        cloud.clear();
        int columns = 0;
        for (int i = 0; i < metadata.columns(); i++) {
            int column = (metadata.windowFirst() + i) % metadata.columns();
            if (!in.present[column]) {
                continue;
            }
            columns++;
            long sinceStart = in.stampNanos[column] - zero;
            if (sinceStart < 0 || sinceStart > place.endNanos() - place.startNanos()) {
                continue;
            }
            int offset = (int) sinceStart;
            for (int u = 0; u < beams; u++) {
                int range = in.rangeMm[column * beams + u];
                if (range > 0) {
                    rays.point(column, u, range, xyz);
                    float intensity = (in.reflectivity[column * beams + u] & 0xff) / 255f;
                    cloud.add((float) xyz[0], (float) xyz[1], (float) xyz[2], intensity, u, offset);
                }
            }
        }
        cloud.declare(true, true);
        return (long) columns * beams;
    }

    @Override
    public String description() {
        return "%s of %s, packets %s"
                .formatted(
                        udp.records().format(),
                        metadata.product().isEmpty() ? "Ouster" : "Ouster " + metadata.product(),
                        metadata.profile().key);
    }

    @Override
    public int size() {
        return index.size();
    }

    @Override
    public long seq(int i) {
        return index.get(i).seq();
    }

    @Override
    public long startNanos(int i) {
        return index.get(i).startNanos();
    }

    @Override
    public long endNanos(int i) {
        return index.get(i).endNanos();
    }

    @Override
    public long periodNanos() {
        return index.periodNanos(configuredPeriod());
    }

    @Override
    public String intensityRule() {
        return "reflectivity / 255";
    }

    @Override
    public String timeRule() {
        return "time stamp of each column, ns, the sensor's clock";
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void close() throws IOException {
        udp.close();
    }
}
