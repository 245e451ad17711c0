package io.azimuth.jobs.pipeline;

import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.serving.BatchStats;
import io.azimuth.perception.inference.serving.BatchingBackend;
import io.azimuth.perception.inference.serving.FallbackBackend;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a network tells about itself, in the group {@code azimuth.network.<name>}: {@code
 * runs_total}, {@code failures_total}, {@code run_micros_total} (inside the engine and the check of
 * its results; its rate over that of the runs is the mean time), {@code leases} and {@code
 * native_bytes}. A network is shared by all detectors of the JVM, and so are its numbers: take the
 * largest over the tasks of a JVM, not the sum.
 */
final class NetworkMetrics {
    private static final long NANOS_A_MICRO = 1000;

    private NetworkMetrics() {}

    static void register(MetricGroup operator, String network, Supplier<InferenceStats> stats) {
        MetricGroup group = operator.addGroup("azimuth").addGroup("network", network);
        gauge(group, "runs_total", stats, InferenceStats::runs);
        gauge(group, "failures_total", stats, InferenceStats::failures);
        gauge(group, "run_micros_total", stats, s -> s.runNanos() / NANOS_A_MICRO);
        gauge(group, "leases", stats, InferenceStats::leases);
        gauge(group, "native_bytes", stats, InferenceStats::nativeBytes);
    }

    /**
     * In the same group, of the engine: {@code engine} (its name); where threads share runs {@code
     * batches_total}, {@code batch_rows_total}, {@code batches_total} by {@code rows} (how full
     * they were), {@code repeated_rows_total}, {@code waiting_rows}, {@code batch_wait_p50_micros},
     * {@code batch_wait_p99_micros} (from a row's arrival to its run, since the start); where a
     * second engine stands behind the first {@code fallbacks_total}, {@code breaker_opened_total},
     * {@code breaker_closed} (1 while the first is used).
     */
    static void registerEngine(MetricGroup operator, String network, InferenceBackend engine) {
        MetricGroup group = operator.addGroup("azimuth").addGroup("network", network);
        group.gauge("engine", (Gauge<String>) engine::name);
        if (engine instanceof BatchingBackend batching) {
            registerBatches(group, batching::stats);
        }
        InferenceBackend runs =
                engine instanceof BatchingBackend batching ? batching.engine() : engine;
        if (runs instanceof FallbackBackend two) {
            group.gauge("fallbacks_total", (Gauge<Long>) () -> two.stats().fallbacks());
            group.gauge("breaker_opened_total", (Gauge<Long>) () -> two.stats().opened());
            group.gauge("breaker_closed", (Gauge<Integer>) () -> two.stats().usingFirst() ? 1 : 0);
        }
    }

    private static void registerBatches(MetricGroup group, Supplier<BatchStats> stats) {
        group.gauge("batches_total", (Gauge<Long>) () -> stats.get().batches());
        group.gauge("batch_rows_total", (Gauge<Long>) () -> stats.get().rows());
        group.gauge("repeated_rows_total", (Gauge<Long>) () -> stats.get().repeated());
        group.gauge("waiting_rows", (Gauge<Long>) () -> stats.get().waiting());
        group.gauge(
                "batch_wait_p50_micros",
                (Gauge<Long>) () -> stats.get().waitP50Nanos() / NANOS_A_MICRO);
        group.gauge(
                "batch_wait_p99_micros",
                (Gauge<Long>) () -> stats.get().waitP99Nanos() / NANOS_A_MICRO);
        for (int n = 1; n < stats.get().sizes().size(); n++) {
            int rows = n;
            group.addGroup("rows", Integer.toString(rows))
                    .gauge("batches_total", (Gauge<Long>) () -> stats.get().sizes().get(rows));
        }
    }

    private static void gauge(
            MetricGroup group,
            String name,
            Supplier<InferenceStats> stats,
            ToLongFunction<InferenceStats> value) {
        group.gauge(name, (Gauge<Long>) () -> value.applyAsLong(stats.get()));
    }
}
