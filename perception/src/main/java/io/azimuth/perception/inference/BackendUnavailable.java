package io.azimuth.perception.inference;

/** An engine that cannot run here; the message says what is missing and what to do. */
public final class BackendUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BackendUnavailable(String message) {
        super(message);
    }
}
