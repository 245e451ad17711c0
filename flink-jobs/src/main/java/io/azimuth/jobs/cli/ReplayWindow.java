package io.azimuth.jobs.cli;

import io.azimuth.connectors.kafka.SweepSource;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.util.ArrayList;
import java.util.List;

/** The sweeps of a source that begin within a span of recorded time. Not thread-safe. */
final class ReplayWindow implements SweepSource {
    private static final double NANOS = 1e9;

    private final SweepSource source;
    private final List<Integer> indices = new ArrayList<>();

    /**
     * @param startSeconds after the begin of the earliest sweep
     * @param durationSeconds may be infinite
     * @throws CommandFailure if no sweep begins then
     */
    ReplayWindow(SweepSource source, double startSeconds, double durationSeconds) {
        this.source = source;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < source.size(); i++) {
            first = Math.min(first, source.entry(i).startNanos());
            last = Math.max(last, source.entry(i).startNanos());
        }
        for (int i = 0; i < source.size(); i++) {
            double seconds = (source.entry(i).startNanos() - first) / NANOS;
            if (seconds >= startSeconds && seconds - startSeconds < durationSeconds) {
                indices.add(i);
            }
        }
        if (indices.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--start %s --duration %s: no sweep begins then, expected a --start of 0 .. %s s"
                            .formatted(startSeconds, durationSeconds, (last - first) / NANOS));
        }
    }

    @Override
    public int size() {
        return indices.size();
    }

    @Override
    public Entry entry(int index) {
        return source.entry(indices.get(index));
    }

    @Override
    public Sweep read(int index, PointCloud reuse) {
        return source.read(indices.get(index), reuse);
    }
}
