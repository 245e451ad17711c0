package io.azimuth.jobs.pairs;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;

/** A way to register two scans. Reuses buffers: one instance per thread. */
public interface PairMethod {
    /** As on the command line. */
    String name();

    /** All that its answers depend on beside the scans, in words: other words, other answers. */
    default String settings() {
        return name();
    }

    /** Whether it needs to be told roughly where the source lies. */
    boolean needsGuess();

    /**
     * @param target a scan as measured, in its sensor's frame, metres
     * @param source another, in its own
     * @param targetFromSourceGuess where to start; a global method may ignore it
     */
    PairOutcome register(
            PointCloud target, PointCloud source, RigidTransform targetFromSourceGuess);

    /**
     * Does what can be done with a target before a source is known, for a method that keeps such
     * work; valid until the method is used again otherwise.
     *
     * @param target not to be changed while the answer is in use
     */
    default Prepared prepare(PointCloud target) {
        return (source, guess) -> register(target, source, guess);
    }

    /** A target that sources are laid on. */
    interface Prepared {
        PairOutcome register(PointCloud source, RigidTransform targetFromSourceGuess);
    }
}
