package io.azimuth.connectors.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Record headers: CloudEvents 1.0 in Kafka's binary mode plus ours ({@code az_*}). They tell which
 * sweep a record is about without touching its body. Knows no Kafka type: headers are written to
 * and read from functions.
 *
 * @param origin the sweep and this event's id ({@code ce_id})
 * @param type {@code ce_type}, one of the constants here
 * @param endNanos end of the sweep ({@code ce_time}, {@code az_end_ns})
 * @param sentNanos wall clock when the producer sent it; left out of comparisons
 */
public record SweepHeaders(Origin origin, String type, long endNanos, long sentNanos) {
    public static final String SWEEP_TYPE = "azimuth.lidar.sweep.v1";
    public static final String DETECTIONS_TYPE = "azimuth.lidar.detections.v1";
    public static final String POSE_TYPE = "azimuth.lidar.pose.v1";
    public static final String TRACKS_TYPE = "azimuth.lidar.tracks.v1";
    public static final String FATE_TYPE = "azimuth.lidar.fate.v1";

    /** The one header whose value differs between two runs on the same input. */
    public static final String SENT_NANOS = "az_sent_ns";

    private static final String SOURCE = "ce_source";

    /** Adds the headers in a fixed order. */
    public void write(BiConsumer<String, byte[]> add) {
        add.accept("ce_specversion", utf8("1.0"));
        add.accept("ce_id", utf8(origin.eventId()));
        add.accept(SOURCE, utf8("/vehicle/" + origin.vehicleId() + "/lidar/" + origin.sensorId()));
        add.accept("ce_type", utf8(type));
        add.accept("ce_time", utf8(rfc3339(endNanos)));
        add.accept("content-type", utf8("application/protobuf"));
        add.accept("az_vehicle", utf8(origin.vehicleId()));
        add.accept("az_sensor", utf8(origin.sensorId()));
        add.accept("az_drive", utf8(origin.driveId()));
        add.accept("az_seq", int64(origin.seq()));
        add.accept("az_end_ns", int64(endNanos));
        add.accept(SENT_NANOS, int64(sentNanos));
    }

    /**
     * Reads them back.
     *
     * @param valueOf the last header of a name, or null
     * @return null if a needed one is absent or malformed; then only the body can tell
     */
    public static @Nullable SweepHeaders read(Function<String, byte @Nullable []> valueOf) {
        byte[] id = valueOf.apply("ce_id");
        byte[] type = valueOf.apply("ce_type");
        byte[] vehicle = valueOf.apply("az_vehicle");
        byte[] sensor = valueOf.apply("az_sensor");
        byte[] drive = valueOf.apply("az_drive");
        byte[] seq = valueOf.apply("az_seq");
        byte[] end = valueOf.apply("az_end_ns");
        byte[] sent = valueOf.apply(SENT_NANOS);
        if (id == null || type == null || vehicle == null || sensor == null || drive == null) {
            return null;
        }
        if (seq == null || seq.length != Long.BYTES || end == null || end.length != Long.BYTES) {
            return null;
        }
        boolean timed = sent != null && sent.length == Long.BYTES;
        return new SweepHeaders(
                new Origin(text(id), text(vehicle), text(sensor), text(drive), int64(seq)),
                text(type),
                int64(end),
                timed && sent != null ? int64(sent) : 0);
    }

    /** UTC with nine digits of a second. */
    static String rfc3339(long epochNanos) {
        long second = Math.floorDiv(epochNanos, 1_000_000_000L);
        long nanos = Math.floorMod(epochNanos, 1_000_000_000L);
        String whole = Instant.ofEpochSecond(second).toString(); // no fraction: ends in "Z"
        String digits = Long.toString(1_000_000_000L + nanos).substring(1);
        return whole.substring(0, whole.length() - 1) + "." + digits + "Z";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static byte[] int64(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static long int64(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }
}
