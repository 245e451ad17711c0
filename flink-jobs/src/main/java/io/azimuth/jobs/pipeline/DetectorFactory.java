package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.Detector;
import java.io.Serializable;

/** Makes a detector where it is to run; travels there with the job. */
@FunctionalInterface
public interface DetectorFactory extends Serializable {
    /** A detector for one thread; the caller closes it. */
    Detector open();
}
