package io.azimuth.perception.inference;

/**
 * Whether an engine can run here.
 *
 * @param version of the engine; empty if it cannot run
 * @param reason why not; empty if it can
 */
public record Capability(boolean available, String version, String reason) {
    public static Capability available(String version) {
        return new Capability(true, version, "");
    }

    public static Capability unavailable(String reason) {
        return new Capability(false, "", reason);
    }
}
