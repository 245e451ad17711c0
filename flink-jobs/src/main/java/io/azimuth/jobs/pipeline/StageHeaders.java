package io.azimuth.jobs.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Headers of results that say how long a station took for the sweep, as decimal milliseconds. They
 * are measured, so they never stand in a payload and comparisons leave them out.
 */
public final class StageHeaders {
    /** On detections, poses and tracks. */
    public static final String DECODE_MILLIS = "az_decode_ms";

    /** On detections, poses and tracks. */
    public static final String DETECT_MILLIS = "az_detect_ms";

    /** On poses and tracks. */
    public static final String ODOMETRY_MILLIS = "az_odometry_ms";

    /** On tracks. */
    public static final String TRACK_MILLIS = "az_track_ms";

    private StageHeaders() {}

    /** The value of one of these headers, or empty if it is absent or no number. */
    public static OptionalDouble millis(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(
                    Double.parseDouble(new String(header.value(), StandardCharsets.UTF_8)));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    static OutRecord.Header header(String name, float millis) {
        String text = String.format(Locale.ROOT, "%.3f", millis);
        return new OutRecord.Header(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
