package io.azimuth.jobs.cli;

import io.azimuth.connectors.kafka.SweepSource;
import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;

/** Counts the points that go by, and says now and then how far it is. Not thread-safe. */
final class CountingSource implements SweepSource {
    private static final long SAY_NANOS = 5_000_000_000L;

    private final SweepSource source;
    private final Talk talk;
    private long saidNanos = TimeSource.SYSTEM.monotonicNanos();
    private long points;
    private long sweeps;

    CountingSource(SweepSource source, Talk talk) {
        this.source = source;
        this.talk = talk;
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
        long now = TimeSource.SYSTEM.monotonicNanos();
        if (now - saidNanos >= SAY_NANOS) {
            saidNanos = now;
            talk.note("%d of %d sweeps sent".formatted(sweeps, size()));
        }
        return sweep;
    }
}
