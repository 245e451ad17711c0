package io.azimuth.perception.inference.serving;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * Durations in buckets whose bounds grow by a quarter of a power of two from one microsecond: a
 * quantile is right to a fifth, at any load, in a kilobyte. Thread-safe.
 */
final class WaitHistogram {
    private static final int A_DOUBLING = 4;
    private static final int BUCKETS = 32 * A_DOUBLING; // up to over an hour
    private static final double NANOS_A_MICRO = 1e3;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final LongAccumulator most = new LongAccumulator(Math::max, 0);

    void add(long nanos) {
        double micros = Math.max(1, nanos / NANOS_A_MICRO);
        int bucket = (int) (A_DOUBLING * Math.log(micros) / Math.log(2));
        counts.incrementAndGet(Math.min(bucket, BUCKETS - 1));
        most.accumulate(nanos);
    }

    /** The longest, in nanoseconds. */
    long max() {
        return most.get();
    }

    /**
     * What at most this share of the durations exceeds, in nanoseconds: the upper bound of a
     * bucket, or the longest if that is less; 0 if there is none.
     */
    long quantile(double share) {
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            all += counts.get(i);
        }
        long rank = (long) Math.ceil(share * all);
        long seen = 0;
        for (int i = 0; i < BUCKETS && all > 0; i++) {
            seen += counts.get(i);
            if (seen >= rank) {
                double bound = NANOS_A_MICRO * Math.pow(2, (i + 1.0) / A_DOUBLING);
                return Math.min(max(), (long) bound);
            }
        }
        return max();
    }
}
