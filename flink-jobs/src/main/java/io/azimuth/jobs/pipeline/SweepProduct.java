package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.odometry.ReducedSweep;
import java.util.List;

/**
 * What the front makes of a sweep: all that travels on, at most {@link #MAX_BYTES} when serialized.
 *
 * @param detections in the detector's order; the best {@link #MAX_DETECTIONS} of them
 */
record SweepProduct(
        SweepTag tag,
        RigidTransform egoFromSensor,
        ReducedSweep reduced,
        List<Detection> detections) {

    /**
     * Bound of the only edge that carries points. 64 beams stay below half of it; 128 beams need
     * the rest, or their first sweeps are too thin to be registered on each other. A tenth is for
     * what a recogniser says if it looks at every detection.
     */
    static final int MAX_BYTES = 288 << 10;

    /** Detections that travel to the tracker; more than a street holds, few enough for the edge. */
    static final int MAX_DETECTIONS = 192;

    SweepProduct {
        detections =
                List.copyOf(detections.subList(0, Math.min(detections.size(), MAX_DETECTIONS)));
    }

    String sensorId() {
        return tag.origin().sensorId();
    }
}
