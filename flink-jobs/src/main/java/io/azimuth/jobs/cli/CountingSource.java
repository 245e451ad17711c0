package io.azimuth.jobs.cli;

import io.azimuth.connectors.kafka.SweepSource;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;

/** Counts the points that go by. Not thread-safe. */
final class CountingSource implements SweepSource {
    private final SweepSource source;
    private long points;
    private long sweeps;

    CountingSource(SweepSource source) {
        this.source = source;
    }

    /** Mean over what was read; NaN before the first sweep. */
    double pointsPerSweep() {
        return points / (double) sweeps;
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public Entry entry(int index) {
        return source.entry(index);
    }

    @Override
    public Sweep read(int index, PointCloud reuse) {
        Sweep sweep = source.read(index, reuse);
        points += sweep.points().size();
        sweeps++;
        return sweep;
    }
}
