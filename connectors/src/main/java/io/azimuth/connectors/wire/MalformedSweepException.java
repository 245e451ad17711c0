package io.azimuth.connectors.wire;

import org.jspecify.annotations.Nullable;

/**
 * A record value that is no usable sweep. The message says where, what was found and what was
 * expected; {@link #fault()} is the code for dead letters and counters.
 */
public final class MalformedSweepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SweepFault fault;
    private final transient @Nullable Origin origin;

    public MalformedSweepException(SweepFault fault, String message) {
        this(fault, message, null);
    }

    MalformedSweepException(SweepFault fault, String message, @Nullable Origin origin) {
        super(message);
        this.fault = fault;
        this.origin = origin;
    }

    public SweepFault fault() {
        return fault;
    }

    /**
     * Which sweep it was as the value itself says (with an empty event id), or null if not even
     * that could be read; the record's headers may know more.
     */
    public @Nullable Origin origin() {
        return origin;
    }
}
