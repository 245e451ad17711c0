package io.azimuth.perception.inference;

import org.jspecify.annotations.Nullable;

/**
 * A run that failed: the engine refused it, or an input or result holds what is no number. The
 * lease stays usable, unless the engine is lost.
 */
public final class InferenceFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean engineLost;

    public InferenceFailed(String message) {
        this(message, null, false);
    }

    public InferenceFailed(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private InferenceFailed(String message, @Nullable Throwable cause, boolean engineLost) {
        super(message, cause);
        this.engineLost = engineLost;
    }

    /** A failure after which the engine answers nothing more in this process. */
    public static InferenceFailed ofLostEngine(String message, @Nullable Throwable cause) {
        return new InferenceFailed(message, cause, true);
    }

    /** Whether no later run of the engine can succeed in this process, whatever its input. */
    public boolean isEngineLost() {
        return engineLost;
    }
}
