package io.azimuth.registration.pcl;

import java.util.List;

/**
 * Whether PCL can be used here.
 *
 * @param version of PCL, such as {@code 1.13.0}; empty if it cannot be used
 * @param missing shared libraries that the loader named; empty if it named none
 * @param reason why it cannot be used; empty if it can
 */
public record PclStatus(boolean available, String version, List<String> missing, String reason) {
    public PclStatus {
        missing = List.copyOf(missing);
    }

    static PclStatus usable(String version) {
        return new PclStatus(true, version, List.of(), "");
    }

    static PclStatus unusable(String reason, List<String> missing) {
        return new PclStatus(false, "", missing, reason);
    }
}
