package io.azimuth.perception.geometry;

import java.util.List;

/**
 * Finds objects in a whole sweep. One instance per thread; buffers are reused between calls. The
 * result is a pure function of the sweep and the detector's configuration, in a total order (score
 * descending, then position).
 */
public interface Detector extends AutoCloseable {
    /**
     * @param sweep points in the sensor's frame; non-finite points are skipped
     * @return detections in the sensor's frame, never null; the list is the caller's
     */
    List<Detection> detect(Sweep sweep);

    /** Frees native memory, if any. */
    @Override
    default void close() {}
}
