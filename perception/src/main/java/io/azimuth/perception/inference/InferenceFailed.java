package io.azimuth.perception.inference;

/**
 * A run that failed: the engine refused it, or an input or result holds what is no number. The
 * lease stays usable.
 */
public final class InferenceFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InferenceFailed(String message) {
        super(message);
    }

    public InferenceFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
