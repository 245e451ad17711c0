package io.azimuth.jobs.pipeline;

import io.azimuth.perception.fusion.FusedDetector;
import io.azimuth.perception.fusion.FusionConfig;
import io.azimuth.perception.geometry.Detector;
import org.apache.flink.metrics.MetricGroup;

/** Opens the detector that weighs what a network found with what geometry saw. */
final class FusedFactory implements DetectorFactory {
    private static final long serialVersionUID = 1L;

    private final ShippedRecord<FusionConfig> config;
    private final DetectorFactory learned;
    private final DetectorFactory classic;

    FusedFactory(FusionConfig config, DetectorFactory learned, DetectorFactory classic) {
        this.config = ShippedRecord.of(FusionConfig.class, config);
        this.learned = learned;
        this.classic = classic;
    }

    @Override
    public Detector open() {
        Detector seen = classic.open(); // holds nothing native: nothing leaks if the next fails
        return new FusedDetector(config.open(), learned.open(), seen);
    }

    @Override
    public Detector open(MetricGroup metrics) {
        Detector seen = classic.open(metrics);
        return new FusedDetector(config.open(), learned.open(metrics), seen);
    }
}
