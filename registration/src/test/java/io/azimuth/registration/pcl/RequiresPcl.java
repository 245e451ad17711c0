package io.azimuth.registration.pcl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test where PCL cannot be used, with the reason; fails it where {@code
 * -Dazimuth.pcl.required=true} says that it must be.
 */
final class RequiresPcl implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
        PclStatus status = PclRuntime.probe();
        if (!status.available() && Boolean.getBoolean("azimuth.pcl.required")) {
            throw new AssertionError("PCL is required but not usable: " + status.reason());
        }
        assumeTrue(status.available(), () -> "PCL is not usable here: " + status.reason());
    }
}
