package io.azimuth.jobs.pipeline;

import io.azimuth.perception.recognition.Recogniser;
import java.io.Serializable;

/** Makes a recogniser where it is to run; travels there with the job. */
@FunctionalInterface
public interface RecogniserFactory extends Serializable {
    /**
     * A recogniser for one thread; the caller closes it.
     *
     * @param site whose device it takes
     */
    Recogniser open(DetectorSite site);
}
