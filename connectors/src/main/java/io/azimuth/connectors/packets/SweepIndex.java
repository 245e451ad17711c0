package io.azimuth.connectors.packets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The sweeps of a capture in time order: built once, then only read. */
final class SweepIndex {
    /** What times of points can express (2.1 s); no LiDAR turns slower than once in a second. */
    private static final long MOST_DURATION_NANOS = Integer.MAX_VALUE;

    private final List<SweepPlace> places = new ArrayList<>();
    private final int wholeColumns;
    private long clockShift;
    private long clockSteps;
    private long tooLong;
    private int droppedEnds;

    /**
     * @param wholeColumns columns of a sweep that lacks nothing
     */
    SweepIndex(int wholeColumns) {
        this.wholeColumns = wholeColumns;
    }

    /**
     * Adds a sweep. A clock that stepped back (a time server took over) is shifted so that sweeps
     * stay in order; sweeps longer than any rotation are left out. Both are counted.
     */
    void add(SweepPlace place) {
        long duration = place.endNanos() - place.startNanos();
        if (duration <= 0 || duration > MOST_DURATION_NANOS) {
            tooLong++;
            return;
        }
        long start = place.startNanos() + clockShift;
        if (!places.isEmpty()) {
            SweepPlace last = places.get(places.size() - 1);
            if (start <= last.startNanos() || start + duration <= last.endNanos()) {
                clockSteps++;
                clockShift += last.endNanos() - start;
                start = last.endNanos();
            }
        }
        places.add(
                new SweepPlace(
                        place.first(),
                        place.lastOffset(),
                        place.seq(),
                        start,
                        start + duration,
                        clockShift,
                        place.columns(),
                        place.tag()));
    }

    /** Drops a first and last sweep of less than half the columns if a better one stays. */
    void dropPartialEnds() {
        boolean whole = places.stream().anyMatch(p -> 2 * p.columns() >= wholeColumns);
        if (!whole) {
            return;
        }
        if (2 * places.get(places.size() - 1).columns() < wholeColumns) {
            places.remove(places.size() - 1);
            droppedEnds++;
        }
        if (2 * places.get(0).columns() < wholeColumns) {
            places.remove(0);
            droppedEnds++;
        }
    }

    int size() {
        return places.size();
    }

    SweepPlace get(int index) {
        return places.get(index);
    }

    /** Median of the times from sweep to sweep with none lost between. */
    long periodNanos(long otherwise) {
        long[] periods = new long[Math.max(0, places.size() - 1)];
        int n = 0;
        for (int i = 1; i < places.size(); i++) {
            if (places.get(i).seq() == places.get(i - 1).seq() + 1
                    && 2 * places.get(i - 1).columns() >= wholeColumns) {
                periods[n++] = places.get(i).startNanos() - places.get(i - 1).startNanos();
            }
        }
        if (n == 0) {
            return otherwise;
        }
        Arrays.sort(periods, 0, n);
        return periods[n / 2];
    }

    void describe(List<String> notes) {
        Captures.add(
                notes,
                clockSteps,
                "times the sensor's clock stepped back; later times were shifted");
        Captures.add(notes, tooLong, "sweeps without a sane duration were left out");
        Captures.add(
                notes,
                droppedEnds,
                "partial sweeps at the capture's ends were left out (below half)");
        long partial = places.stream().filter(p -> p.columns() < wholeColumns).count();
        Captures.add(notes, partial, "sweeps lack columns");
    }
}
