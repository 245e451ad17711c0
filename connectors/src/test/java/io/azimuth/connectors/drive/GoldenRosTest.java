package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of another writer ({@code golden/ros/make.py}) with their content as JSON. */
class GoldenRosTest {
    /** Intensities are divided as floats here, as doubles there. */
    private static final double TOLERANCE = 1e-6;

    /** What a double of seconds since the epoch cannot tell. */
    private static final long EPOCH_NANOS = 256;

    /** What the reason must say of each layout. */
    private static final Map<String, String> REASONS =
            Map.of(
                    "velodyne",
                            "'time' (float32) in seconds, a sweep spans 99.5 ms, relative; the stamp is the start",
                    "velodyne_end",
                            "in seconds, a sweep spans 90.5 ms, negative; the stamp is the end",
                    "ouster", "'t' (uint32) in nanoseconds, a sweep spans 99.9 ms, relative",
                    "hesai",
                            "'timestamp' (float64) in seconds, a sweep spans 99.9 ms, since the epoch; the stamp is the start",
                    "livox_nanos", "in nanoseconds (by its type it would be seconds, but",
                    "livox", "'offset_time' (uint32) in nanoseconds",
                    "padded", "'time' (float64) in seconds, a sweep spans 50.0 ms",
                    "big_endian", "'time_stamp' (float64) in seconds",
                    "bare", "the points have no time field, only x float32, y float32, z float32");

    static Path file(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(
                                    GoldenRosTest.class.getResource("/golden/ros/" + name), name)
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "layouts_none.bag",
                "layouts_bz2.bag",
                "layouts_lz4.bag",
                "layouts.mcap",
                "layouts_ros1.mcap"
            })
    void everyLayoutOfAForeignRecordingHoldsWhatItsTwinSays(String name) throws IOException {
        JsonNode twin = new ObjectMapper().readTree(Files.readAllBytes(file("ros.json")));
        for (Map.Entry<String, String> layout : REASONS.entrySet()) {
            String topic = layout.getKey();
            try (Drive drive = Drives.open(file(name), DriveOptions.ofTopic("/" + topic))) {
                assertThat(drive.size()).isEqualTo(2);
                assertThat(drive.info().deskewReason()).contains(layout.getValue());
                assertThat(drive.info().periodSeconds()).isEqualTo(0.1);
                // Backwards: no sweep may depend on the one before.
                check(topic, drive, 1, twin.get(topic).get(1));
                check(topic, drive, 0, twin.get(topic).get(0));
            }
        }
    }

    private static void check(String topic, Drive drive, int index, JsonNode twin)
            throws IOException {
        PointCloud cloud = new PointCloud();
        Sweep sweep = drive.read(index, cloud);

        assertThat(cloud.size()).as(topic).isEqualTo(twin.get("x").size());
        assertThat(drive.lastReport().nonFinite()).isEqualTo(twin.get("dropped").asLong());
        assertThat(cloud.hasRing()).as(topic).isEqualTo(twin.has("ring"));
        assertThat(cloud.hasTime()).as(topic).isEqualTo(twin.has("nanos"));
        assertThat(drive.info().deskew()).isEqualTo(twin.has("nanos"));
        int last = 0;
        for (int i = 0; i < cloud.size(); i++) {
            assertThat((double) cloud.x()[i]).as(topic).isEqualTo(value(twin, "x", i));
            assertThat((double) cloud.y()[i]).as(topic).isEqualTo(value(twin, "y", i));
            assertThat((double) cloud.z()[i]).as(topic).isEqualTo(value(twin, "z", i));
            assertThat((double) cloud.intensity()[i])
                    .as(topic)
                    .isCloseTo(value(twin, "intensity", i), within(TOLERANCE));
            if (cloud.hasRing()) {
                assertThat(cloud.ringOf(i)).as(topic).isEqualTo((int) value(twin, "ring", i));
            }
            if (cloud.hasTime()) {
                int offset = cloud.timeOffsetNanos()[i];
                assertThat(offset).as(topic).isCloseTo((int) value(twin, "nanos", i), within(1));
                last = Math.max(last, offset);
            }
        }
        long stamp = twin.get("stamp").asLong();
        long start = twin.has("start") ? twin.get("start").asLong() : stamp;
        assertThat(sweep.startNanos()).as(topic).isCloseTo(start, within(EPOCH_NANOS));
        assertThat(sweep.durationNanos())
                .as(topic)
                .isEqualTo(cloud.hasTime() ? last : 100_000_000L);
        SweepKey key = drive.key(index);
        assertThat(key.startNanos())
                .as(topic)
                .isCloseTo(sweep.startNanos(), within(2 * EPOCH_NANOS));
        assertThat(key.endNanos()).as(topic).isCloseTo(sweep.endNanos(), within(2 * EPOCH_NANOS));
    }

    private static double value(JsonNode twin, String column, int i) {
        return twin.get(column).get(i).asDouble();
    }
}
