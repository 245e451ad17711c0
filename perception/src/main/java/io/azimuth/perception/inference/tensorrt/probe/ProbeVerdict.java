package io.azimuth.perception.inference.tensorrt.probe;

import io.azimuth.perception.inference.tensorrt.seam.TrtDevice;
import io.azimuth.perception.inference.tensorrt.seam.TrtVersions;
import java.util.List;

/**
 * What a probe found.
 *
 * @param versions all zero where nothing could be asked
 * @param devices that can be used; empty if none
 * @param reason why TensorRT cannot be used and what to do; empty if it can
 * @param lasting whether the same probe would find the same again: a crash or a time-out may not
 */
public record ProbeVerdict(
        TrtVersions versions, List<TrtDevice> devices, String reason, boolean lasting) {
    private static final TrtVersions UNKNOWN = new TrtVersions(0, 0, 0, 0);

    public ProbeVerdict {
        devices = List.copyOf(devices);
    }

    public static ProbeVerdict usable(TrtVersions versions, List<TrtDevice> devices) {
        return new ProbeVerdict(versions, devices, "", true);
    }

    public static ProbeVerdict unusable(String reason) {
        return new ProbeVerdict(UNKNOWN, List.of(), reason, true);
    }

    /** A probe that came to no answer of its own. */
    public static ProbeVerdict failed(String reason) {
        return new ProbeVerdict(UNKNOWN, List.of(), reason, false);
    }

    public boolean available() {
        return reason.isEmpty();
    }
}
