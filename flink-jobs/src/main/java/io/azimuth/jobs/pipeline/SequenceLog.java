package io.azimuth.jobs.pipeline;

import java.util.Arrays;

/**
 * Which sequence numbers of a drive a sensor has delivered. Immutable.
 *
 * @param lastSeq the highest so far
 * @param gaps the numbers below it that have not come, as pairs first, last (inclusive), ascending
 */
record SequenceLog(long lastSeq, long[] gaps) {
    /** Gaps that are remembered; what lies in an older one counts as duplicate. */
    static final int MAX_GAPS = 256;

    /** What a sequence number is. */
    enum Verdict {
        NEXT,
        DUPLICATE,
        LATE
    }

    /** A log that begins with {@code firstSeq}; lower numbers count as not delivered. */
    static SequenceLog startingWith(long firstSeq) {
        return new SequenceLog(
                firstSeq, firstSeq == 0 ? new long[0] : new long[] {0, firstSeq - 1});
    }

    Verdict verdict(long seq) {
        if (seq > lastSeq) {
            return Verdict.NEXT;
        }
        return gapOf(seq) >= 0 ? Verdict.LATE : Verdict.DUPLICATE;
    }

    /** Numbers skipped if {@code seq} is next. */
    long missingBefore(long seq) {
        return Math.max(0, seq - lastSeq - 1);
    }

    /** This log after {@code seq}. */
    SequenceLog with(long seq) {
        if (seq > lastSeq) {
            return new SequenceLog(
                    seq, seq == lastSeq + 1 ? gaps : appended(gaps, lastSeq + 1, seq - 1));
        }
        int g = gapOf(seq);
        return g < 0 ? this : new SequenceLog(lastSeq, without(g, seq));
    }

    private int gapOf(long seq) {
        for (int g = 0; g < gaps.length; g += 2) {
            if (seq >= gaps[g] && seq <= gaps[g + 1]) {
                return g;
            }
        }
        return -1;
    }

    private long[] without(int g, long seq) {
        long[] out = Arrays.copyOf(gaps, 0);
        for (int i = 0; i < gaps.length; i += 2) {
            if (i != g) {
                out = appended(out, gaps[i], gaps[i + 1]);
                continue;
            }
            if (gaps[i] < seq) {
                out = appended(out, gaps[i], seq - 1);
            }
            if (seq < gaps[i + 1]) {
                out = appended(out, seq + 1, gaps[i + 1]);
            }
        }
        return out;
    }

    private static long[] appended(long[] gaps, long first, long last) {
        int drop = gaps.length >= 2 * MAX_GAPS ? 2 : 0; // the oldest
        long[] out = Arrays.copyOfRange(gaps, drop, gaps.length + 2);
        out[out.length - 2] = first;
        out[out.length - 1] = last;
        return out;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SequenceLog s && s.lastSeq == lastSeq && Arrays.equals(s.gaps, gaps);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(lastSeq) + Arrays.hashCode(gaps);
    }
}
