package io.azimuth.connectors.ros;

import org.jspecify.annotations.Nullable;

/**
 * What the time field of a recording means, decided once for all its sweeps. The unit follows from
 * the field's type, as drivers write it (floats are seconds: Velodyne {@code time}, Hesai and
 * RoboSense {@code timestamp}; whole numbers are nanoseconds: Ouster {@code t}, Livox {@code
 * offset_time}), and is checked by the span of a sweep. Where that cannot be, the one unit that
 * makes it a sweep is taken, and the reason says so.
 *
 * @param field null if the points have no times that can be used
 * @param nanosPerUnit 1e9 for seconds
 * @param base what the times count from
 * @param reason for people: field, unit, span, what the stamp is; or why there are no times
 * @param firstNanos of the surveyed sweep's first point, from the stamp
 * @param spanNanos of the surveyed sweep
 */
record PointTime(
        @Nullable PointField field,
        double nanosPerUnit,
        Base base,
        String reason,
        long firstNanos,
        long spanNanos) {

    /** What the times of the points count from. */
    enum Base {
        /** The header's stamp. */
        STAMP,
        /** The epoch, on the stamp's clock. */
        EPOCH,
        /** Something that the message does not tell; the stamp is taken for the first point. */
        UNKNOWN
    }

    /** The sweep of the survey with the longest span: times in the field's unit, stamp. */
    record Span(double low, double high, long stampNanos) {
        double length() {
            return high - low;
        }
    }

    private static final String[] UNITS = {
        "seconds", "milliseconds", "microseconds", "nanoseconds"
    };
    private static final double[] NANOS = {1e9, 1e6, 1e3, 1};

    /** A sweep at 5 to 100 Hz, with a tenth of tolerance. */
    private static final double SHORTEST_NANOS = 9e6;

    private static final double LONGEST_NANOS = 220e6;

    /** Three years: no sensor counts that long from its start. */
    private static final double EPOCH_NANOS = 1e17;

    /** Farther than this from the stamp, the points' clock is another one. */
    private static final double SAME_CLOCK_NANOS = 1e9;

    private static final double NEARLY = 0.25;

    static PointTime none(String reason) {
        return new PointTime(null, 1, Base.UNKNOWN, reason, 0, 0);
    }

    /** Decides from the longest of the first sweeps. */
    static PointTime of(PointField field, Span span, int surveyed) {
        int declared = field.isFloat() ? 0 : 3;
        int unit = plausible(span.length(), declared) ? declared : -1;
        for (int u = 0; u < UNITS.length && unit < 0; u++) {
            unit = plausible(span.length(), u) ? u : -1;
        }
        String what = "field '%s' (%s)".formatted(field.name(), field.type());
        if (unit < 0) {
            return none(
                    "%s spans %s in the longest of the first %d sweeps, which is 9 .. 220 ms in no unit"
                            .formatted(what, number(span.length()), surveyed));
        }
        String in = what + " in " + UNITS[unit];
        if (unit != declared) {
            in +=
                    " (by its type it would be %s, but then a sweep lasts %s s)"
                            .formatted(
                                    UNITS[declared],
                                    number(span.length() * NANOS[declared] * 1e-9));
        }
        return based(field, span, NANOS[unit], in);
    }

    private static boolean plausible(double span, int unit) {
        double nanos = span * NANOS[unit];
        return nanos >= SHORTEST_NANOS && nanos <= LONGEST_NANOS;
    }

    private static PointTime based(PointField field, Span span, double unit, String in) {
        double length = span.length() * unit;
        String spans = ", a sweep spans %.1f ms".formatted(length * 1e-6);
        if (Math.abs(span.low() * unit) >= EPOCH_NANOS) {
            double first = wholeNanos(span.low(), unit) - span.stampNanos();
            boolean same = Math.abs(first) <= SAME_CLOCK_NANOS;
            String clock =
                    same
                            ? ", since the epoch; " + place(-first, length)
                            : ", since the epoch on another clock, %s s off the stamps, which are taken for the start"
                                    .formatted(number(first * 1e-9));
            return made(
                    field,
                    unit,
                    same ? Base.EPOCH : Base.UNKNOWN,
                    in + spans + clock,
                    first,
                    length);
        }
        double low = span.low() * unit;
        double high = span.high() * unit;
        if (Math.max(Math.abs(low), Math.abs(high)) > SAME_CLOCK_NANOS) {
            String own =
                    ", on the sensor's own clock from %s s; the stamps are taken for the start"
                            .formatted(number(low * 1e-9));
            return made(field, unit, Base.UNKNOWN, in + spans + own, 0, length);
        }
        String sign = low < 0 ? ", negative" : ", relative";
        return made(
                field,
                unit,
                Base.STAMP,
                in + spans + sign + "; " + place(-low, length),
                low,
                length);
    }

    private static PointTime made(
            PointField field, double unit, Base base, String reason, double first, double length) {
        long firstNanos = base == Base.UNKNOWN ? 0 : Math.round(first);
        return new PointTime(
                field, unit, base, reason, firstNanos, Math.max(1, Math.round(length)));
    }

    /** Where the stamp lies, {@code after} nanoseconds after the first point. */
    private static String place(double after, double length) {
        if (Math.abs(after) <= NEARLY * length) {
            return "the stamp is the start of the sweep";
        }
        if (Math.abs(after - length) <= NEARLY * length) {
            return "the stamp is the end of the sweep";
        }
        return Math.abs(after - length / 2) <= NEARLY * length
                ? "the stamp is the middle of the sweep"
                : "the stamp is %.1f ms %s the first point"
                        .formatted(Math.abs(after) * 1e-6, after > 0 ? "after" : "before");
    }

    /** Nanoseconds of a time; whole units and their fraction apart, or 256 ns would be lost. */
    static long wholeNanos(double time, double nanosPerUnit) {
        long whole = (long) time;
        return whole * (long) nanosPerUnit + Math.round((time - whole) * nanosPerUnit);
    }

    /** Whether a later sweep's field is the surveyed one, wherever in the point it lies. */
    boolean fits(@Nullable PointField other) {
        return field != null
                && other != null
                && field.name().equals(other.name())
                && field.datatype() == other.datatype();
    }

    private static String number(double v) {
        return "%.6g".formatted(v);
    }
}
