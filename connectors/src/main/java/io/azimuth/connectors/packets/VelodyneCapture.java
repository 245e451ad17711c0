package io.azimuth.connectors.packets;

import io.azimuth.connectors.packets.CaptureReader.Place;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Velodyne packets, cut into sweeps where the azimuth wraps (straight ahead). Of two returns the
 * one that reflects more is delivered, of equals the last. Each firing and laser has its own time
 * and azimuth.
 */
final class VelodyneCapture implements PacketCapture {
    /** Azimuth going back by more is a new sweep (0.01 deg); less is jitter. */
    private static final int WRAP = 2_000;

    /** Azimuth covered by a sweep that lacks nothing (0.01 deg). */
    private static final int WHOLE = VelodynePacket.TURN - 200;

    private static final long DEFAULT_PERIOD_NANOS = 100_000_000L;
    private static final long LAST_MICRO_OF_HOUR = 3_600_000_000L - 1;
    private static final int BLOCK_BITS = 8;

    private final UdpReader udp;
    private final SweepIndex index = new SweepIndex(WHOLE);
    private final List<String> notes = new ArrayList<>();
    private @Nullable VelodynePoints points;
    private long source;
    private int product = -1;
    private long previousNanos;
    private boolean dual;

    // The sweep that grows while the index is built.
    private @Nullable Place first;
    private int firstBlock;
    private long firstNanos;
    private long lastOffset;
    private long lastNanos;
    private int lastBlock;
    private int covered;
    private int previousAzimuth = -1;
    private long seq;
    private long anchorNanos;

    private VelodyneCapture(UdpReader udp) {
        this.udp = udp;
    }

    static VelodyneCapture open(UdpReader udp) throws IOException {
        VelodyneCapture capture = new VelodyneCapture(udp);
        capture.build();
        return capture;
    }

    private void build() throws IOException {
        long strangers = 0;
        long late = 0;
        while (udp.next()) {
            if (!VelodynePacket.looksLike(udp.data, udp.payload, udp.length)) {
                continue;
            }
            if (product < 0) {
                begin();
            }
            if (!ours()) {
                strangers++;
                continue;
            }
            long time = time(udp.stampNanos == 0 ? previousNanos : udp.stampNanos + anchorNanos);
            if (time < previousNanos) {
                late++;
                continue;
            }
            previousNanos = time;
            addPacket(time);
        }
        finish();
        if (index.size() == 0) {
            throw Captures.none(udp, "Velodyne packets, but no whole block of them");
        }
        index.dropPartialEnds();
        index.describe(notes);
        Captures.add(notes, late, "packets were late or damaged in time and were left out");
        Captures.add(notes, strangers, "packets of other senders or products were left out");
        if (dual) {
            notes.add("of two returns the one that reflects more is delivered");
        }
        Captures.describeLosses(udp, notes);
    }

    private void begin() {
        source = udp.source;
        product = VelodynePacket.product(udp.data, udp.payload);
        if (VelodynePacket.isHdl64(udp.data, udp.payload)) {
            throw udp.records()
                    .malformed(
                            udp.first.offset(),
                            "packets of an HDL-64, whose angles are calibrated unit by unit; convert the capture to PCD or KITTI .bin with the calibration file of that sensor");
        }
        points = new VelodynePoints(model());
        long micros = VelodynePacket.microsOfHour(udp.data, udp.payload);
        previousNanos =
                VelodynePacket.nearest(Math.min(micros, LAST_MICRO_OF_HOUR), udp.stampNanos);
        anchorNanos = previousNanos - udp.stampNanos;
    }

    private VelodyneModel model() {
        return switch (product) {
            case 0x21 -> VelodyneModel.HDL_32E;
            case 0x22, 0x23 -> VelodyneModel.VLP_16;
            case 0x24 -> VelodyneModel.PUCK_HI_RES;
            default ->
                    throw udp.records()
                            .malformed(
                                    udp.first.offset(),
                                    "Velodyne product 0x%02x%s, accepted are 0x21 (HDL-32E), 0x22 (VLP-16), 0x23 (Puck LITE), 0x24 (Puck Hi-Res); convert other captures to PCD or KITTI .bin"
                                            .formatted(
                                                    product,
                                                    product == 0x28
                                                            ? " (VLP-32C)"
                                                            : product == 0xa1 ? " (VLS-128)" : ""));
        };
    }

    private VelodynePoints points() {
        if (points == null) {
            throw new IllegalStateException("the index was not built");
        }
        return points;
    }

    private boolean ours() {
        return udp.source == source
                && VelodynePacket.product(udp.data, udp.payload) == product
                && VelodynePacket.microsOfHour(udp.data, udp.payload) <= LAST_MICRO_OF_HOUR;
    }

    private long time(long near) {
        return VelodynePacket.nearest(VelodynePacket.microsOfHour(udp.data, udp.payload), near);
    }

    /** Puts the blocks of a packet into the growing sweep, or begins a new one. */
    private void addPacket(long time) {
        boolean packetDual = VelodynePacket.isDual(udp.data, udp.payload);
        dual |= packetDual;
        int step = packetDual ? 2 : 1;
        for (int block = 0; block < VelodynePacket.BLOCKS; block += step) {
            int azimuth = VelodynePacket.azimuth(udp.data, udp.payload, block);
            if (azimuth < 0) {
                continue;
            }
            long blockTime = time + points().blockNanos(block / step);
            if (first == null || azimuth < previousAzimuth - WRAP) {
                finish();
                first = udp.first;
                firstBlock = block;
                firstNanos = blockTime;
                covered = 0;
            }
            previousAzimuth = azimuth;
            covered += Math.max(0, VelodynePacket.gap(udp.data, udp.payload, block, step));
            lastNanos = blockTime + points().blockNanos(1);
            lastOffset = udp.lastOffset();
            lastBlock = block + step;
        }
    }

    private void finish() {
        if (first != null) {
            long tag = (long) firstBlock << BLOCK_BITS | lastBlock;
            index.add(
                    new SweepPlace(
                            first, lastOffset, seq++, firstNanos, lastNanos, 0, covered, tag));
        }
    }

    @Override
    public long read(int sweep, PointCloud cloud) throws IOException {
        SweepPlace place = index.get(sweep);
        long zero = place.startNanos() - place.clockShiftNanos();
        int from = (int) (place.tag() >> BLOCK_BITS);
        int end = (int) (place.tag() & (1 << BLOCK_BITS) - 1);
        cloud.clear();
        udp.seek(place.first());
        long looked = 0;
        long previous = Long.MIN_VALUE;
        while (udp.next()) {
            boolean last = udp.lastOffset() >= place.lastOffset();
            if (VelodynePacket.looksLike(udp.data, udp.payload, udp.length) && ours()) {
                long time = time(zero);
                if (time >= previous && time - zero < place.endNanos() - place.startNanos()) {
                    previous = time;
                    looked +=
                            points().add(
                                            udp.data,
                                            udp.payload,
                                            from,
                                            last ? end : VelodynePacket.BLOCKS,
                                            time - zero,
                                            cloud);
                    from = 0;
                }
            }
            if (last) {
                break;
            }
        }
        cloud.declare(true, true);
        return looked;
    }

    @Override
    public String description() {
        return "%s of Velodyne %s%s"
                .formatted(
                        udp.records().format(), points().model().key, dual ? ", dual returns" : "");
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
        return index.periodNanos(DEFAULT_PERIOD_NANOS);
    }

    @Override
    public String intensityRule() {
        return "reflectivity / 255";
    }

    @Override
    public String timeRule() {
        return "microseconds of the hour in each packet, the hour by the capture's clock; firing times of the model";
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
