package io.azimuth.perception.inference.serving;

import java.util.List;

/**
 * What was run together so far, for metrics; never part of a result.
 *
 * @param batches that were run with success
 * @param rows over {@code batches}: how full they were in the mean
 * @param sizes entry {@code n}: batches of {@code n} rows
 * @param repeated rows that were run again alone, after the batch that they were in had failed
 * @param waiting rows that wait now
 * @param waitP50Nanos from a row's arrival to the start of its batch
 * @param waitP99Nanos as the one before
 * @param waitMaxNanos as the one before
 */
public record BatchStats(
        long batches,
        long rows,
        List<Long> sizes,
        long repeated,
        long waiting,
        long waitP50Nanos,
        long waitP99Nanos,
        long waitMaxNanos) {
    public BatchStats {
        sizes = List.copyOf(sizes);
    }
}
