package io.azimuth.perception.inference.tensorrt;

/** The device did not finish in time: nothing of this run may be freed. */
final class Hung extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Hung(String message) {
        super(message);
    }
}
