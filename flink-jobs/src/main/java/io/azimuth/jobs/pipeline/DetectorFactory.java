package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.Detector;
import java.io.Serializable;
import org.apache.flink.metrics.MetricGroup;

/** Makes a detector where it is to run; travels there with the job. */
@FunctionalInterface
public interface DetectorFactory extends Serializable {
    /** A detector for one thread; the caller closes it. */
    Detector open();

    /**
     * As {@link #open()}, for a detector that tells more about itself than the time it takes.
     *
     * @param metrics group that its metrics are registered in
     */
    default Detector open(MetricGroup metrics) {
        return open();
    }
}
