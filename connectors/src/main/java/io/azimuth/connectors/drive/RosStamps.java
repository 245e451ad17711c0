package io.azimuth.connectors.drive;

import io.azimuth.connectors.ros.PointCloud2;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order of a topic's sweeps, by the stamps of their headers; by the times of recording only
 * where the headers have none.
 *
 * @param position of each sweep among the messages
 * @param nanos stamp of each sweep, strictly increasing
 * @param remark what was left out or replaced; empty if nothing
 * @param estimated whether the stamps are the times of recording less a delay, and only the headers
 *     of a few messages were read
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record RosStamps(int[] position, long[] nanos, String remark, boolean estimated) {
    /** Enough for a header whose frame id is short; more is not needed for its stamp. */
    private static final int HEAD_BYTES = 64;

    /** With fewer messages all headers are read. */
    private static final int FEWEST_TO_ESTIMATE = 64;

    /** Headers that are read at the recording's start, besides the last one. */
    private static final int PROBES = 5;

    /**
     * The stamps without reading each header: sweeps come in the order of recording, at a steady
     * delay behind their stamps. A few headers are read to see that this holds; if it does not, all
     * are read.
     *
     * @param file for messages
     * @throws MalformedDataException if no cloud can be read
     */
    static RosStamps atAGlance(Path file, CloudMessages messages) throws IOException {
        RosStamps out = messages.size() < FEWEST_TO_ESTIMATE ? null : estimate(messages);
        return out == null ? of(file, messages) : out;
    }

    private static @Nullable RosStamps estimate(CloudMessages messages) throws IOException {
        int n = messages.size();
        long[] log = new long[n];
        for (int i = 0; i < n; i++) {
            log[i] = messages.logNanos(i);
            if (i > 0 && log[i] <= log[i - 1]) {
                return null;
            }
        }
        long[] delays = new long[PROBES + 1];
        long previous = Long.MIN_VALUE;
        for (int k = 0; k <= PROBES; k++) {
            int i = k < PROBES ? k : n - 1;
            try {
                long stamp =
                        PointCloud2.stampNanos(messages.read(i, HEAD_BYTES), messages.encoding(i));
                if (stamp <= previous) {
                    return null;
                }
                previous = stamp;
                delays[k] = log[i] - stamp;
            } catch (MalformedDataException e) {
                return null;
            }
        }
        Arrays.sort(delays);
        if (delays[PROBES] - delays[0] > (log[n - 1] - log[0]) / (n - 1) / 2) {
            return null;
        }
        long delay = delays[PROBES / 2];
        int[] position = new int[n];
        Arrays.setAll(position, i -> i);
        return new RosStamps(
                position,
                Arrays.stream(log).map(t -> t - delay).toArray(),
                "; times of sweeps that were not read are those of recording less %.1f ms"
                        .formatted(1e-6 * delay),
                true);
    }

    /**
     * @param file for messages
     * @throws MalformedDataException if no cloud can be read
     */
    static RosStamps of(Path file, CloudMessages messages) throws IOException {
        int n = messages.size();
        long[] stamps = new long[n];
        boolean[] readable = new boolean[n];
        Set<Long> distinct = new HashSet<>();
        int bad = 0;
        String fault = "";
        for (int i = 0; i < n; i++) {
            try {
                stamps[i] =
                        PointCloud2.stampNanos(messages.read(i, HEAD_BYTES), messages.encoding(i));
                readable[i] = true;
                distinct.add(stamps[i]);
            } catch (MalformedDataException e) {
                fault = bad++ == 0 ? String.valueOf(e.getMessage()) : fault;
            }
        }
        if (bad == n) {
            throw MalformedDataException.at(
                    file.toString(),
                    0,
                    "none of the " + n + " clouds of the topic can be read: " + fault);
        }
        String remark = bad == 0 ? "" : "; %d damaged clouds left out: %s".formatted(bad, fault);
        if (n - bad > 1 && distinct.size() == 1) {
            for (int i = 0; i < n; i++) {
                stamps[i] = messages.logNanos(i);
            }
            remark += "; the headers have no stamps, times are those of recording";
        }
        return sorted(stamps, readable, remark);
    }

    private static RosStamps sorted(long[] stamps, boolean[] readable, String remark) {
        Integer[] order = new Integer[stamps.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(stamps[a], stamps[b])); // stable
        int[] position = new int[stamps.length];
        long[] nanos = new long[stamps.length];
        int size = 0;
        int twice = 0;
        for (int i : order) {
            if (!readable[i]) {
                continue;
            }
            if (size > 0 && nanos[size - 1] == stamps[i]) {
                twice++;
                continue;
            }
            position[size] = i;
            nanos[size++] = stamps[i];
        }
        String more =
                twice == 0 ? "" : "; %d clouds with the stamp of another left out".formatted(twice);
        return new RosStamps(
                Arrays.copyOf(position, size), Arrays.copyOf(nanos, size), remark + more, false);
    }

    int size() {
        return nanos.length;
    }

    /** The median time from a sweep to the next; 10 Hz for a single one. */
    long periodNanos() {
        long[] seqs = new long[nanos.length];
        Arrays.setAll(seqs, i -> i);
        return Stamps.medianPeriod(seqs, nanos);
    }
}
