package io.azimuth.jobs.pipeline;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * One group for several detectors of a task: what they register under one name is one metric, the
 * first one's. Counters that it makes may be counted up by any thread; histograms have to bring
 * that along. Registering is for one thread.
 */
final class SharedMetrics implements MetricGroup {
    private final MetricGroup group;
    private final Map<String, Object> metrics = new HashMap<>(); // looked up, never iterated
    private final Map<String, SharedMetrics> groups = new HashMap<>();

    SharedMetrics(MetricGroup group) {
        this.group = group;
    }

    @Override
    public Counter counter(String name) {
        return counter(name, new ThreadSafeSimpleCounter());
    }

    @Override
    public <C extends Counter> C counter(String name, C counter) {
        return first(name, counter, () -> group.counter(name, counter));
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        return first(name, gauge, () -> group.gauge(name, gauge));
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
        return first(name, histogram, () -> group.histogram(name, histogram));
    }

    @Override
    public <M extends Meter> M meter(String name, M meter) {
        return first(name, meter, () -> group.meter(name, meter));
    }

    @SuppressWarnings("unchecked") // one name, one kind of metric: they come from the same code
    private <M> M first(String name, M metric, Runnable register) {
        Object earlier = metrics.get(name);
        if (earlier != null) {
            return (M) earlier;
        }
        metrics.put(name, metric);
        register.run();
        return metric;
    }

    @Override
    public MetricGroup addGroup(String name) {
        return groups.computeIfAbsent(name, n -> new SharedMetrics(group.addGroup(n)));
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return groups.computeIfAbsent(
                key + "=" + value, n -> new SharedMetrics(group.addGroup(key, value)));
    }

    @Override
    public String[] getScopeComponents() {
        return group.getScopeComponents();
    }

    @Override
    public Map<String, String> getAllVariables() {
        return group.getAllVariables();
    }

    @Override
    public String getMetricIdentifier(String name) {
        return group.getMetricIdentifier(name);
    }

    @Override
    public String getMetricIdentifier(String name, CharacterFilter filter) {
        return group.getMetricIdentifier(name, filter);
    }
}
