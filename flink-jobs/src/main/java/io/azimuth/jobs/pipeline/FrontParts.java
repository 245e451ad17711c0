package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.objects.ReturnsSampler;
import io.azimuth.registration.odometry.OdometryConfig;
import io.azimuth.registration.odometry.SweepReducer;
import java.io.Serializable;
import org.apache.flink.metrics.MetricGroup;

/** What both forms of the front are made of; travels with the job. */
final class FrontParts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final DetectorFactory detector;
    private final boolean takeReturns;
    private final ShippedRecord<OdometryConfig> odometry;
    private final ResultRecords results;
    private final long watermarkBoundMillis;

    /**
     * @param takeReturns whether detections take some of their points along to the tracker
     * @param watermarkBoundMillis see {@link PartitionClock}
     */
    FrontParts(
            DetectorFactory detector,
            boolean takeReturns,
            OdometryConfig odometry,
            ResultRecords results,
            long watermarkBoundMillis) {
        this.watermarkBoundMillis = watermarkBoundMillis;
        this.detector = detector;
        this.takeReturns = takeReturns;
        this.odometry = ShippedRecord.of(OdometryConfig.class, odometry);
        this.results = results;
    }

    FrontStation station(DetectorSite site) {
        return new FrontStation(
                detector.open(site),
                takeReturns ? new ReturnsSampler() : null,
                new SweepReducer(odometry.open()),
                results);
    }

    PartitionClocks clocks() {
        return new PartitionClocks(watermarkBoundMillis);
    }

    FrontReport report(MetricGroup metrics) {
        return new FrontReport(results, SweepMetrics.register(metrics, "detect"));
    }
}
