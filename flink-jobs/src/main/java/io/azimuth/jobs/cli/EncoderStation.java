package io.azimuth.jobs.cli;

import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.network.CropEncoders;

/** Opens crop encoders for commands. */
final class EncoderStation {
    private EncoderStation() {}

    /**
     * @param nameOrFolder as {@link CropEncoders#read} takes it
     */
    static CropEncoder open(String nameOrFolder) {
        try {
            return CropEncoders.open(nameOrFolder, new OrtBackend());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--model: " + e.getMessage());
        }
    }
}
