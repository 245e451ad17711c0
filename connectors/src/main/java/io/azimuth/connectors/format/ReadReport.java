package io.azimuth.connectors.format;

import java.util.ArrayList;
import java.util.List;

/** What a reader found and decided on one file; reused from file to file. Not thread-safe. */
public final class ReadReport {
    /** {@link #startNanos()} of a file without absolute times. */
    public static final long NO_START = Long.MIN_VALUE;

    private String format = "";
    private long pointsInFile;
    private long nonFinite;
    private String intensityRule = "";
    private String timeRule = "";
    private long startNanos = NO_START;
    private final List<String> notes = new ArrayList<>(4);

    /**
     * Starts over, as every reader does.
     *
     * @param points in the file or what stands in its place
     */
    public void begin(String formatName, long points) {
        format = formatName;
        pointsInFile = points;
        nonFinite = 0;
        intensityRule = "";
        timeRule = "no time column";
        startNanos = NO_START;
        notes.clear();
    }

    /** Says how many points were dropped because a number was not finite. */
    public void dropped(long count) {
        nonFinite = count;
    }

    /** Says how intensity came to [0, 1]. */
    public void intensity(String rule) {
        intensityRule = rule;
    }

    /**
     * Says where times came from.
     *
     * @param firstNanos absolute time of offset 0, or {@link #NO_START}
     */
    public void time(String rule, long firstNanos) {
        timeRule = rule;
        startNanos = firstNanos;
    }

    /** Adds a remark for people. */
    public void note(String text) {
        notes.add(text);
    }

    public String format() {
        return format;
    }

    /** Points that the file holds, those that were dropped included. */
    public long pointsInFile() {
        return pointsInFile;
    }

    /** Points dropped because a coordinate, intensity, ring or time was not finite. */
    public long nonFinite() {
        return nonFinite;
    }

    /** How intensity came to [0, 1]. */
    public String intensityRule() {
        return intensityRule;
    }

    /** Which column the time came from and in which unit, or why there is none. */
    public String timeRule() {
        return timeRule;
    }

    /** Absolute time of offset 0 in nanoseconds, or {@link #NO_START}. */
    public long startNanos() {
        return startNanos;
    }

    /** Further remarks for people; a copy. */
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
