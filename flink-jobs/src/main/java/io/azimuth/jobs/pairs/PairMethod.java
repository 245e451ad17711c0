package io.azimuth.jobs.pairs;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;

/** A way to register two scans. Reuses buffers: one instance per thread. */
public interface PairMethod {
    /** As on the command line. */
    String name();

    /** Whether it needs to be told roughly where the source lies. */
    boolean needsGuess();

    /**
     * @param target a scan as measured, in its sensor's frame, metres
     * @param source another, in its own
     * @param targetFromSourceGuess where to start; a global method may ignore it
     */
    PairOutcome register(
            PointCloud target, PointCloud source, RigidTransform targetFromSourceGuess);
}
