package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.Detector;
import java.io.Serializable;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Makes a detector where it is to run; travels there with the job. */
@FunctionalInterface
public interface DetectorFactory extends Serializable {
    /**
     * A detector for one thread; the caller closes it.
     *
     * @param site whose metrics and device it takes
     */
    Detector open(DetectorSite site);

    /** As {@link #open(DetectorSite)}, on the first GPU if it needs one. */
    default Detector open(MetricGroup metrics) {
        return open(new DetectorSite(metrics, 0));
    }

    /** As {@link #open(DetectorSite)}, outside of a job: nobody reads its metrics. */
    default Detector open() {
        return open(new UnregisteredMetricsGroup());
    }
}
