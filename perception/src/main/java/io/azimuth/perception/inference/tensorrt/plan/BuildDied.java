package io.azimuth.perception.inference.tensorrt.plan;

/** A build that came to no outcome: its process crashed, hung, or said nothing that can be read. */
public final class BuildDied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened, and what to do
     */
    public BuildDied(String message) {
        super(message);
    }
}
