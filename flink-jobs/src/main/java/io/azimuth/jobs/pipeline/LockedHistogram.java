package io.azimuth.jobs.pipeline;

import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** A histogram of the last values that several threads may fill. */
final class LockedHistogram extends DescriptiveStatisticsHistogram {
    private static final long serialVersionUID = 1L;

    LockedHistogram(int window) {
        super(window);
    }

    @Override
    public synchronized void update(long value) {
        super.update(value);
    }

    @Override
    public synchronized long getCount() {
        return super.getCount();
    }

    @Override
    public synchronized HistogramStatistics getStatistics() {
        return super.getStatistics();
    }
}
