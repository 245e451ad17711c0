package io.azimuth.connectors.drive;

import io.azimuth.connectors.drive.TextRows.Row;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Time stamps of drives, in nanoseconds. */
final class Stamps {
    /** Stands for a blank line where a data set keeps a place for a missing sweep. */
    static final long ABSENT = Long.MIN_VALUE;

    /** Taken where nothing tells: 10 Hz. */
    static final long DEFAULT_PERIOD_NANOS = 100_000_000L;

    private static final long NANOS = 1_000_000_000L;
    private static final double MOST_SECONDS = 9e9; // fits a long of nanoseconds
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,10}(\\.\\d{1,9})?");

    private Stamps() {}

    /** Rows {@code sweep seconds} of a recorded drive: stamp by sweep number. */
    static NavigableMap<Long, Long> numbered(TextRows text) {
        NavigableMap<Long, Long> out = new TreeMap<>();
        for (Row row : text.atLeastOne("rows 'sweep seconds'")) {
            String[] words = row.words();
            if (words.length != 2) {
                throw row.fault(words.length + " words, accepted are 2: 'sweep seconds'");
            }
            long seq = row.whole("sweep", words[0], 0, Long.MAX_VALUE);
            long nanos = seconds(row, words[1]);
            if (!out.isEmpty() && (seq <= out.lastKey() || nanos <= out.lastEntry().getValue())) {
                throw row.fault("sweep or time does not come after those of the row before");
            }
            out.put(seq, nanos);
        }
        return out;
    }

    /** One time in seconds a line ({@code times.txt} of KITTI odometry). */
    static long[] seconds(TextRows text) {
        List<Row> rows = text.atLeastOne("one time in seconds a line");
        long[] out = new long[rows.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = seconds(rows.get(i), rows.get(i).text());
        }
        return out;
    }

    /** One local date and time a line, taken as UTC; blank lines are {@link #ABSENT}. */
    static long[] dateTimes(TextRows text) {
        text.atLeastOne("one 'yyyy-MM-dd HH:mm:ss.fffffffff' a line");
        List<Long> out = new ArrayList<>();
        for (Row row : text.all()) {
            out.add(row.isBlank() ? ABSENT : dateTime(row));
        }
        while (out.get(out.size() - 1) == ABSENT) {
            out.remove(out.size() - 1);
        }
        return out.stream().mapToLong(Long::longValue).toArray();
    }

    private static long dateTime(Row row) {
        try {
            LocalDateTime t = LocalDateTime.parse(row.text().replaceFirst("\\s+", "T"));
            if (t.getYear() >= 1970 && t.getYear() < 2200) {
                return Math.addExact(
                        Math.multiplyExact(t.toEpochSecond(ZoneOffset.UTC), NANOS), t.getNano());
            }
        } catch (DateTimeException e) {
            // Same fault as a year out of range: reported below with the text itself.
        }
        throw row.fault(
                "'"
                        + Row.clip(row.text())
                        + "' is not a time, accepted is 'yyyy-MM-dd HH:mm:ss.fffffffff' of 1970 .. 2199");
    }

    /** Exact for plain decimals of up to nine digits behind the point. */
    private static long seconds(Row row, String word) {
        if (DECIMAL.matcher(word).matches()) {
            int dot = word.indexOf('.');
            String whole = dot < 0 ? word : word.substring(0, dot);
            String fraction = dot < 0 ? "" : word.substring(dot + 1);
            long seconds = Long.parseLong(whole);
            if (seconds <= MOST_SECONDS) {
                return seconds * NANOS + Long.parseLong((fraction + "000000000").substring(0, 9));
            }
        }
        double v = row.number("time", word);
        if (!(v >= 0 && v <= MOST_SECONDS)) {
            throw row.fault("time is " + v + " s, accepted are 0 .. " + MOST_SECONDS);
        }
        return Math.round(v * NANOS);
    }

    /** Writes nanoseconds as seconds with nine digits behind the point. */
    static String format(long nanos) {
        return "%d.%09d".formatted(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /**
     * The median time from a sweep to the next, gaps in the numbers counted as several; 10 Hz for a
     * single sweep. At most the longest rotation that a sweep may have.
     */
    static long medianPeriod(long[] seqs, long[] stamps) {
        if (stamps.length < 2) {
            return DEFAULT_PERIOD_NANOS;
        }
        long[] steps = new long[stamps.length - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (stamps[i + 1] - stamps[i]) / Math.max(1, seqs[i + 1] - seqs[i]);
        }
        Arrays.sort(steps);
        long median = steps[steps.length / 2];
        return Math.max(2, Math.min(median, Integer.MAX_VALUE));
    }
}
