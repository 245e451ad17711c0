package io.azimuth.registration.pcl;

/** PCL cannot be used here; the message says what is missing and what to install. */
public final class PclUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PclUnavailable(String message) {
        super(message);
    }
}
