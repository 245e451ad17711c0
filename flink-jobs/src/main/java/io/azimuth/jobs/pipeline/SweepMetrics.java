package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.wire.proto.Contract;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The metrics of the stations, all under the group {@code azimuth}: {@code sweeps_total} by fate,
 * {@code detections_total}, {@code missing_total}, {@code failed_searches_total} (for a passed
 * place, by an exception), {@code stage_ms} by stage. One instance per operator; not thread-safe.
 */
final class SweepMetrics {
    private static final int WINDOW = 1024;

    private final MetricGroup group;
    private final Map<Contract.Fate, Counter> sweeps = new EnumMap<>(Contract.Fate.class);
    private final Counter detections;
    private final Counter missing;
    private final Counter failedSearches;
    private final Histogram stage;

    private SweepMetrics(MetricGroup group, String stageName) {
        this.group = group;
        detections = group.counter("detections_total");
        missing = group.counter("missing_total");
        failedSearches = group.counter("failed_searches_total");
        stage =
                group.addGroup("stage", stageName)
                        .histogram("stage_ms", new DescriptiveStatisticsHistogram(WINDOW));
    }

    static SweepMetrics register(MetricGroup operatorGroup, String stageName) {
        return new SweepMetrics(operatorGroup.addGroup("azimuth"), stageName);
    }

    void fate(Contract.Fate fate) {
        sweeps.computeIfAbsent(
                        fate,
                        f ->
                                group.addGroup("fate", f.name().toLowerCase(Locale.ROOT))
                                        .counter("sweeps_total"))
                .inc();
    }

    void detections(int count) {
        detections.inc(count);
    }

    void missing(long count) {
        missing.inc(count);
    }

    void failedSearches(long count) {
        failedSearches.inc(count);
    }

    /** A histogram holds whole numbers: microseconds would hide behind the name, so rounded up. */
    void stageMillis(float millis) {
        stage.update((long) Math.ceil(millis));
    }
}
