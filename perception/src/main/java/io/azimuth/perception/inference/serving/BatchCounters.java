package io.azimuth.perception.inference.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** What the gatherings of a backend count. Thread-safe. */
final class BatchCounters {
    final LongAdder repeated = new LongAdder();
    final LongAdder waiting = new LongAdder();
    final WaitHistogram waits = new WaitHistogram();
    private final AtomicLongArray sizes;

    BatchCounters(int maxBatch) {
        sizes = new AtomicLongArray(maxBatch + 1);
    }

    void ran(int rows) {
        sizes.incrementAndGet(rows);
    }

    BatchStats stats() {
        List<Long> bySize = new ArrayList<>();
        long batches = 0;
        long rows = 0;
        for (int n = 0; n < sizes.length(); n++) {
            long count = sizes.get(n);
            bySize.add(count);
            batches += count;
            rows += n * count;
        }
        return new BatchStats(
                batches,
                rows,
                bySize,
                repeated.sum(),
                waiting.sum(),
                waits.quantile(0.5),
                waits.quantile(0.99),
                waits.max());
    }
}
