package io.azimuth.connectors.wire;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepHeadersTest {
    private static final SweepHeaders ONE =
            new SweepHeaders(
                    new Origin("id", "veh-07", "veh-07/top", "drive", 41),
                    SweepHeaders.SWEEP_TYPE,
                    1_317_042_272_000_000_001L,
                    5);

    @Test
    void headersComeBack() {
        forAll(
                200,
                rnd -> {
                    SweepHeaders headers = headers(rnd);

                    assertThat(SweepHeaders.read(written(headers)::get)).isEqualTo(headers);
                });
    }

    @Test
    void cloudEventsAttributesAreThere() {
        Map<String, String> text = new LinkedHashMap<>();
        written(ONE).forEach((k, v) -> text.put(k, new String(v, StandardCharsets.UTF_8)));

        assertThat(text)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", "id")
                .containsEntry("ce_source", "/vehicle/veh-07/lidar/veh-07/top")
                .containsEntry("ce_type", "azimuth.lidar.sweep.v1")
                .containsEntry("ce_time", "2011-09-26T13:04:32.000000001Z")
                .containsEntry("content-type", "application/protobuf");
        assertThat(text.keySet()).startsWith("ce_specversion").endsWith("az_sent_ns");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ce_id",
                "ce_type",
                "az_vehicle",
                "az_sensor",
                "az_drive",
                "az_seq",
                "az_end_ns"
            })
    void withoutANeededOneThereAreNone(String name) {
        Map<String, byte[]> headers = written(ONE);
        headers.remove(name);

        assertThat(SweepHeaders.read(headers::get)).isNull();
    }

    @Test
    void numbersOfTheWrongLengthAreNoNumbers() {
        Map<String, byte[]> headers = written(ONE);
        headers.put("az_seq", new byte[7]);

        assertThat(SweepHeaders.read(headers::get)).isNull();
    }

    @Test
    void sendingTimeMayBeMissing() {
        Map<String, byte[]> headers = written(ONE);
        headers.remove(SweepHeaders.SENT_NANOS);

        SweepHeaders back = SweepHeaders.read(headers::get);

        assertThat(back).isNotNull();
        assertThat(back.sentNanos()).isZero();
        assertThat(back.origin()).isEqualTo(ONE.origin());
    }

    @Test
    void timesBeforeTheEpochAreWrittenToo() {
        assertThat(SweepHeaders.rfc3339(-1)).isEqualTo("1969-12-31T23:59:59.999999999Z");
        assertThat(SweepHeaders.rfc3339(0)).isEqualTo("1970-01-01T00:00:00.000000000Z");
    }

    private static Map<String, byte[]> written(SweepHeaders headers) {
        Map<String, byte[]> out = new LinkedHashMap<>();
        headers.write((k, v) -> assertThat(out.put(k, v)).as(k + " twice").isNull());
        return out;
    }

    private static SweepHeaders headers(RandomGenerator rnd) {
        return new SweepHeaders(
                new Origin(
                        "e" + rnd.nextInt(),
                        "v\u00e9" + rnd.nextInt(9),
                        "s/" + rnd.nextInt(9),
                        "d" + rnd.nextInt(9),
                        rnd.nextLong()),
                SweepHeaders.TRACKS_TYPE,
                rnd.nextLong(),
                rnd.nextLong());
    }
}
