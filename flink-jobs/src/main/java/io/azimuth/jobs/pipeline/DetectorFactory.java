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
     * @param metrics where it tells more about itself than the time it takes
     */
    Detector open(MetricGroup metrics);

    /** As {@link #open(MetricGroup)}, outside of a job: nobody reads its metrics. */
    default Detector open() {
        return open(new UnregisteredMetricsGroup());
    }
}
