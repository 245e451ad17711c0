package io.azimuth.connectors.format;

import io.azimuth.connectors.format.PcdHeader.Field;
import io.azimuth.perception.geometry.MalformedDataException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which field of a PCD plays which part; the first name of a list that exists wins. */
record PcdRoles(
        Field x,
        Field y,
        Field z,
        @Nullable Field intensity,
        @Nullable Field ring,
        @Nullable Field time,
        String timeRule) {

    private static final List<String> INTENSITY = List.of("intensity", "reflectivity", "i");
    private static final List<String> RING = List.of("ring", "laser");
    private static final List<String> TIME =
            List.of("t", "time", "timestamp", "time_stamp", "offset_time");

    static PcdRoles of(CloudBytes bytes, PcdHeader header) {
        Field time = find(header, TIME);
        String rule = time == null ? "no time column" : timeRule(time);
        boolean unitKnown = time != null && rule.startsWith("field");
        return new PcdRoles(
                need(bytes, header, "x"),
                need(bytes, header, "y"),
                need(bytes, header, "z"),
                find(header, INTENSITY),
                find(header, RING),
                unitKnown ? time : null,
                rule);
    }

    /**
     * The unit by what drivers write: Ouster {@code t} and Livox {@code offset_time} are whole
     * nanoseconds, {@code time} and {@code timestamp} as floats are seconds (Velodyne, Hesai), a
     * whole number of eight bytes is nanoseconds.
     */
    private static String timeRule(Field f) {
        boolean whole = f.type() != 'F';
        boolean nanos = f.name().equals("t") || f.name().equals("offset_time") || f.size() == 8;
        if (whole && !nanos) {
            return "no time: the unit of whole numbers in field '" + f.name() + "' is not known";
        }
        return "field '%s' in %s".formatted(f.name(), whole ? "nanoseconds" : "seconds");
    }

    boolean timeInNanos() {
        return time != null && time.type() != 'F';
    }

    private static Field need(CloudBytes bytes, PcdHeader header, String name) {
        Field f = find(header, List.of(name));
        if (f == null) {
            throw MalformedDataException.at(
                    bytes.name(),
                    0,
                    "FIELDS has no '"
                            + name
                            + "', accepted are fields x, y, z in any order and others beside them");
        }
        return f;
    }

    private static @Nullable Field find(PcdHeader header, List<String> names) {
        for (String name : names) {
            for (Field f : header.fields()) {
                if (f.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return f;
                }
            }
        }
        return null;
    }
}
