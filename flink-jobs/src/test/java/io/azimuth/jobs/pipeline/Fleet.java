package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.wire.EventIds;
import io.azimuth.connectors.wire.Origin;
import io.azimuth.connectors.wire.SweepCodec;
import io.azimuth.connectors.wire.SweepEncoding;
import io.azimuth.connectors.wire.SweepHeaders;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of two vehicles with two LiDARs each, in the order in which they are sent; optionally
 * with everything in between that can go wrong.
 */
final class Fleet {
    static final int POISON_DETECTOR_SEQ = 17;
    private static final int POINTS = 400;
    private static final String[] SENSORS = {"v1/a", "v1/b", "v2/a", "v2/b"};

    private final SweepCodec codec = new SweepCodec();
    private final List<Sent> records = new ArrayList<>();
    private final int partitions;

    private Fleet(int partitions) {
        this.partitions = partitions;
    }

    /** A record and when it is due, by event time. */
    record Sent(long endNanos, ProducerRecord<byte[], byte[]> record) {}

    /** Clean drives of {@code sweeps} sweeps a sensor. */
    static List<Sent> clean(int sweeps, int partitions) {
        Fleet fleet = new Fleet(partitions);
        for (int s = 0; s < SENSORS.length; s++) {
            for (int seq = 0; seq < sweeps; seq++) {
                fleet.send(s, seq, end(s, seq), null);
            }
        }
        return fleet.inOrder();
    }

    /** As {@link #clean} with poison, duplicates, gaps, stragglers and a clock jump. */
    static List<Sent> troubled(int sweeps, int partitions) {
        Fleet fleet = new Fleet(partitions);
        for (int s = 0; s < SENSORS.length; s++) {
            for (int seq = 0; seq < sweeps; seq++) {
                fleet.troubledSweep(s, seq);
            }
        }
        return fleet.inOrder();
    }

    private void troubledSweep(int s, int seq) {
        long end = end(s, seq);
        switch (seq) {
            case 5 -> send(s, seq, end, new byte[] {1, 2, 3, 4});
            case 7 -> {
                send(s, seq, end, null);
                send(s, seq, end, null); // twice
            }
            case 9 -> {
                byte[] whole = codec.encode(sweep(s, seq, end), SweepEncoding.XYZ_F32, 1);
                send(s, seq, end, Arrays.copyOf(whole, whole.length / 2));
            }
            case 11 -> {} // a gap
            case 13 -> raw(s, end, null, null);
            case 14 -> raw(s, end, "garbage".getBytes(StandardCharsets.UTF_8), null);
            case 15 -> {
                byte[] whole = codec.encode(sweep(s, seq, end), SweepEncoding.XYZ_F32, 1);
                whole[whole.length - 5] ^= 0x10; // checksum
                send(s, seq, end, whole);
            }
            case 20 -> send(s, 21, end, null); // overtaken by its successor
            case 21 -> send(s, 20, end, null);
            case 24 -> send(s, seq, end(s, 14), null);
            default -> send(s, seq, end, null);
        }
    }

    private void send(int s, int seq, long end, byte @Nullable [] value) {
        Sweep sweep = sweep(s, seq, end);
        byte[] bytes = value == null ? codec.encode(sweep, SweepEncoding.XYZ_F32, 1) : value;
        String id = EventIds.sweep(sweep.driveId(), sweep.sensorId(), seq);
        SweepHeaders headers =
                new SweepHeaders(Origin.of(id, sweep), SweepHeaders.SWEEP_TYPE, end, 1);
        raw(s, seq == 24 ? end(s, seq) : end, bytes, headers); // a stamp far back, sent in turn
    }

    private void raw(int s, long due, byte @Nullable [] value, @Nullable SweepHeaders headers) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        Topics.SWEEPS,
                        s % partitions,
                        SENSORS[s].getBytes(StandardCharsets.UTF_8),
                        value);
        if (headers != null) {
            headers.write((name, bytes) -> record.headers().add(name, bytes));
        }
        records.add(new Sent(due, record));
    }

    private List<Sent> inOrder() {
        records.sort(Comparator.comparingLong(Sent::endNanos)); // stable
        return List.copyOf(records);
    }

    /** The sensors turn 13 ms apart. */
    private static long end(int s, int seq) {
        return Samples.EPOCH + seq * Samples.PERIOD + s * 13_000_000L;
    }

    private static Sweep sweep(int s, int seq, long end) {
        Random rnd = new Random(1000L * s + seq);
        PointCloud cloud = new PointCloud(POINTS);
        for (int i = 0; i < POINTS; i++) {
            cloud.add(
                    5 + 20 * rnd.nextFloat(),
                    10 * rnd.nextFloat() - 5,
                    2 * rnd.nextFloat() - 1,
                    rnd.nextFloat());
        }
        return new Sweep(
                SENSORS[s].substring(0, 2),
                SENSORS[s],
                "drive-1",
                seq,
                end - Samples.PERIOD,
                end,
                Sweep.Sector.WHOLE,
                RigidTransform.ofYaw(s, 1, s, 1.8),
                null,
                cloud);
    }
}
