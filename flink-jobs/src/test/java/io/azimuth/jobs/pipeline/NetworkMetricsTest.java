package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class NetworkMetricsTest {
    private static final String GROUP = "azimuth.network.polar.";

    /** Keeps what is registered, under names with dots. */
    private static final class Kept extends UnregisteredMetricsGroup {
        private final String path;
        private final SortedMap<String, Gauge<?>> gauges;

        Kept(String path, SortedMap<String, Gauge<?>> gauges) {
            this.path = path;
            this.gauges = gauges;
        }

        @Override
        public MetricGroup addGroup(String name) {
            return new Kept(path + name + ".", gauges);
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return addGroup(key).addGroup(value);
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(path + name, gauge);
            return gauge;
        }
    }

    private static long value(Map<String, Gauge<?>> gauges, String name) {
        Gauge<?> gauge = gauges.get(GROUP + name);
        assertThat(gauge).as(name).isNotNull();
        return gauge == null ? 0 : (Long) gauge.getValue();
    }

    @Test
    void aFusedDetectorsNetworkCountsItsRunsInTheOperatorsGroup() {
        SortedMap<String, Gauge<?>> gauges = new TreeMap<>();
        SensorModel sensor = SensorModel.vlp16("top");
        TownDrive drive = new TownDrive(TownConfig.of(4).withSensors(sensor).withSweeps(1));
        try (Detector detector = Detectors.named("fused").open(new Kept("", gauges))) {
            long before = value(gauges, "runs_total");
            long micros = value(gauges, "run_micros_total");

            detector.detect(drive.sweep(0, 0, 0).sweep());

            assertThat(value(gauges, "runs_total")).isEqualTo(before + 1);
            assertThat(value(gauges, "run_micros_total")).isGreaterThan(micros);
            assertThat(value(gauges, "failures_total")).isZero();
            assertThat(value(gauges, "leases")).isPositive();
            assertThat(value(gauges, "native_bytes")).isGreaterThan(1_000_000);
        }
    }

    @Test
    void geometryHasNoNetworkToTellOf() {
        SortedMap<String, Gauge<?>> gauges = new TreeMap<>();
        try (Detector detector = Detectors.named("geometric").open(new Kept("", gauges))) {
            assertThat(detector).isNotNull();
            assertThat(gauges).isEmpty();
        }
    }
}
