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
    private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;

    private final UdpReader udp;
    private final SweepIndex index = new SweepIndex(WHOLE);
    private final List<String> notes = new ArrayList<>();
    private final VelodyneSensor sensor;
    private final VelodyneTiming timing;
    private long previousNanos;
    private boolean dual;

    // The sweep that grows while the index is built.
    private @Nullable Place first;
    private int firstBlock;
    private long firstNanos;
    private long gaps;
    private long lastOffset;
    private long lastNanos;
    private int lastBlock;
    private int covered;
    private int previousAzimuth = -1;
    private long seq;
    private long anchorNanos;

    private VelodyneCapture(UdpReader udp, VelodyneSensor sensor) {
        this.udp = udp;
        this.sensor = sensor;
        timing = sensor.points().timing();
    }

    static VelodyneCapture open(UdpReader udp, @Nullable VelodyneCalibration calibration)
            throws IOException {
        VelodyneCapture capture = new VelodyneCapture(udp, VelodyneSensor.of(udp, calibration));
        capture.build();
        return capture;
    }

    private void build() throws IOException {
        long strangers = 0;
        long late = 0;
        boolean begun = false;
        while (udp.next()) {
            if (!VelodynePacket.looksLike(udp.data, udp.payload, udp.length)) {
                continue;
            }
            if (!begun) {
                begun = true;
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
        long micros = VelodynePacket.microsOfHour(udp.data, udp.payload);
        previousNanos =
                VelodynePacket.nearest(Math.min(micros, LAST_MICRO_OF_HOUR), udp.stampNanos);
        anchorNanos = previousNanos - udp.stampNanos;
    }

    private boolean ours() {
        return sensor.sent(udp)
                && VelodynePacket.microsOfHour(udp.data, udp.payload) <= LAST_MICRO_OF_HOUR;
    }

    private long time(long near) {
        return VelodynePacket.nearest(VelodynePacket.microsOfHour(udp.data, udp.payload), near);
    }

    /** Puts the blocks of a packet into the growing sweep, or begins a new one. */
    private void addPacket(long time) {
        boolean packetDual = VelodynePacket.isDual(udp.data, udp.payload, timing);
        dual |= packetDual;
        int step = timing.step(packetDual);
        int groups = timing.groups(packetDual);
        for (int block = 0; block < groups * step; block += step) {
            int azimuth = VelodynePacket.azimuth(udp.data, udp.payload, block);
            if (azimuth < 0) {
                continue;
            }
            long blockTime = time + timing.groupStartNanos(block / step);
            if (first == null || azimuth < previousAzimuth - WRAP) {
                finish();
                first = udp.first;
                firstBlock = block;
                firstNanos = blockTime;
                covered = 0;
                gaps = 0;
            } else if (groups == 1) {
                cover(VelodynePacket.gap(previousAzimuth, azimuth));
            }
            cover(VelodynePacket.gap(udp.data, udp.payload, block, step));
            previousAzimuth = azimuth;
            lastNanos = blockTime + Math.round(timing.groupNanos());
            lastOffset = udp.lastOffset();
            lastBlock = block + step;
        }
    }

    private void cover(int gap) {
        covered += Math.max(0, gap);
        gaps += gap < 0 ? 0 : 1;
    }

    private void finish() {
        if (first != null) {
            long perSecond =
                    gaps == 0 ? 0 : Math.round(1e9 * covered / (gaps * timing.groupNanos()));
            long tag = perSecond << 2 * BLOCK_BITS | (long) firstBlock << BLOCK_BITS | lastBlock;
            index.add(
                    new SweepPlace(
                            first, lastOffset, seq++, firstNanos, lastNanos, 0, covered, tag));
        }
    }

    @Override
    public long read(int sweep, PointCloud cloud) throws IOException {
        SweepPlace place = index.get(sweep);
        long zero = place.startNanos() - place.clockShiftNanos();
        int from = (int) (place.tag() >> BLOCK_BITS) & BLOCK_MASK;
        int end = (int) place.tag() & BLOCK_MASK;
        long unitsPerSecond = place.tag() >> 2 * BLOCK_BITS;
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
                            sensor.points()
                                    .add(
                                            udp.data,
                                            udp.payload,
                                            from,
                                            last ? end : VelodynePacket.BLOCKS,
                                            time - zero,
                                            unitsPerSecond,
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
                .formatted(udp.records().format(), sensor.name(), dual ? ", dual returns" : "");
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
