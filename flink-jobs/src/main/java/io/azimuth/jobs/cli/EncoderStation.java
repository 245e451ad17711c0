package io.azimuth.jobs.cli;

import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.invariant.network.CropEncoders;
import io.azimuth.perception.invariant.network.NetworkCropEncoder;

/** Opens crop encoders for commands. */
final class EncoderStation {
    private EncoderStation() {}

    /**
     * @param nameOrFolder as {@link CropEncoders#read} takes it
     */
    static NetworkCropEncoder open(String nameOrFolder) {
        try {
            return CropEncoders.open(nameOrFolder, new OrtBackend());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--model: " + e.getMessage());
        }
    }
}
