package io.azimuth.perception.evaluation.registration;

import io.azimuth.perception.geometry.RigidTransform;
import org.jspecify.annotations.Nullable;

/**
 * What a registration says of two scans. Immutable, thread-safe.
 *
 * @param target number of the scan that the source is laid on
 * @param source number of the other scan
 * @param targetFromSource metres; null if refused
 * @param reason of the refusal, else empty
 */
public record PairEstimate(
        long target, long source, @Nullable RigidTransform targetFromSource, String reason) {

    public static PairEstimate accepted(long target, long source, RigidTransform targetFromSource) {
        return new PairEstimate(target, source, targetFromSource, "");
    }

    public static PairEstimate refused(long target, long source, String reason) {
        return new PairEstimate(target, source, null, reason);
    }

    public boolean isAccepted() {
        return targetFromSource != null;
    }
}
