package io.azimuth.perception.inference.tensorrt.seam;

import java.util.List;

/**
 * What a plan is built from.
 *
 * @param onnx bytes of the network; not to be changed
 * @param profile the range of shapes of every input with a free dimension
 * @param workspaceBytes memory that a layer may use
 * @param optimizationLevel 0 (fast to build) to 5 (fast to run)
 * @param tf32 whether float32 layers may round their factors to 10 bits
 * @param timingCache of an earlier build; empty to start anew
 */
public record BuildRequest(
        byte[] onnx,
        List<Range> profile,
        long workspaceBytes,
        int optimizationLevel,
        boolean tf32,
        byte[] timingCache) {
    /** Shapes of one input: smallest, the one to be fast at, largest. */
    public record Range(String input, List<Long> min, List<Long> opt, List<Long> max) {
        public Range {
            min = List.copyOf(min);
            opt = List.copyOf(opt);
            max = List.copyOf(max);
        }
    }

    public BuildRequest {
        profile = List.copyOf(profile);
    }

    /** The same with less memory for a layer. */
    public BuildRequest withWorkspaceBytes(long bytes) {
        return new BuildRequest(onnx, profile, bytes, optimizationLevel, tf32, timingCache);
    }
}
