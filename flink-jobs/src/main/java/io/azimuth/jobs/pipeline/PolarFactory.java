package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.polar.PolarDetector;
import io.azimuth.perception.polar.PolarDetectorConfig;
import io.azimuth.perception.polar.PolarModels;
import org.apache.flink.metrics.MetricGroup;

/**
 * Opens the polar detector: reads its bundle where it runs, and registers its network's metrics.
 */
final class PolarFactory implements DetectorFactory {
    private static final long serialVersionUID = 1L;

    private final ShippedRecord<PolarDetectorConfig> config;

    PolarFactory(PolarDetectorConfig config) {
        this.config = ShippedRecord.of(PolarDetectorConfig.class, config);
    }

    @Override
    public Detector open() {
        return polar();
    }

    @Override
    public Detector open(MetricGroup metrics) {
        PolarDetector opened = polar();
        NetworkMetrics.register(metrics, "polar", opened::networkStats);
        return opened;
    }

    private PolarDetector polar() {
        PolarDetectorConfig opened = config.open();
        return new PolarDetector(opened, PolarModels.read(opened.model()), new OrtBackend());
    }
}
