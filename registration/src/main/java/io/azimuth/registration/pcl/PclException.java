package io.azimuth.registration.pcl;

/**
 * PCL failed at something that was well asked: out of memory, or an exception of its own. What is
 * badly asked is an {@link IllegalArgumentException}, a closed cloud an {@link
 * IllegalStateException}.
 */
public final class PclException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PclException(String message, Throwable cause) {
        super(message, cause);
    }
}
