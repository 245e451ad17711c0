package io.azimuth.jobs.pipeline;

import org.jspecify.annotations.Nullable;

/** What the front made of a record. */
sealed interface FrontOutcome {
    /**
     * A sweep went through; all that leaves the front is made.
     *
     * @param count of the detections
     */
    record Seen(SweepProduct product, OutRecord detections, int count) implements FrontOutcome {}

    /**
     * No sweep, or one that made an algorithm fail.
     *
     * @param fault null if the record itself is at fault
     */
    record Dead(String code, @Nullable RuntimeException fault) implements FrontOutcome {}

    /** Left out because it came too old. */
    record Shed() implements FrontOutcome {}
}
