package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.MalformedDataException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which column of a cloud file plays which part; the first name of a list that exists wins. */
record ColumnRoles(
        Column x,
        Column y,
        Column z,
        @Nullable Column intensity,
        @Nullable Column ring,
        @Nullable Column time,
        String timeRule) {

    private static final List<String> INTENSITY =
            List.of("intensity", "reflectivity", "reflectance", "i", "scalar_intensity");
    private static final List<String> RING = List.of("ring", "laser", "scalar_ring");
    private static final List<String> TIME =
            List.of("t", "time", "timestamp", "time_stamp", "offset_time");

    static ColumnRoles of(String file, String where, List<Column> columns) {
        Column time = find(columns, TIME);
        String rule = time == null ? "no time column" : timeRule(time);
        boolean unitKnown = time != null && rule.startsWith("field");
        return new ColumnRoles(
                need(file, where, columns, "x"),
                need(file, where, columns, "y"),
                need(file, where, columns, "z"),
                find(columns, INTENSITY),
                find(columns, RING),
                unitKnown ? time : null,
                rule);
    }

    /**
     * The unit by what drivers write: Ouster {@code t} and Livox {@code offset_time} are whole
     * nanoseconds, {@code time} and {@code timestamp} as floats are seconds (Velodyne, Hesai), a
     * whole number of eight bytes is nanoseconds.
     */
    private static String timeRule(Column f) {
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

    private static Column need(String file, String where, List<Column> columns, String name) {
        Column f = find(columns, List.of(name));
        if (f == null) {
            throw MalformedDataException.at(
                    file,
                    0,
                    where
                            + " has no '"
                            + name
                            + "', accepted are x, y, z in any order and others beside them");
        }
        return f;
    }

    private static @Nullable Column find(List<Column> columns, List<String> names) {
        for (String name : names) {
            for (Column f : columns) {
                if (f.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return f;
                }
            }
        }
        return null;
    }
}
