package io.azimuth.perception.inference.tensorrt.plan;

import io.azimuth.perception.inference.tensorrt.seam.BuildRequest;
import io.azimuth.perception.inference.tensorrt.seam.TrtDevice;
import io.azimuth.perception.inference.tensorrt.seam.TrtVersions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * All that can change a plan, as lines of text. Which of several equal GPUs it is does not.
 *
 * @param text in clear, one {@code name=value} a line; stands in the file's header
 */
public record PlanKey(String text) {
    private static final int CUDA_MAJOR = 1000;

    /** The key of a plan. */
    public static PlanKey of(
            String modelSha256, BuildRequest request, TrtVersions versions, TrtDevice device) {
        StringBuilder out = new StringBuilder("kind=plan\n");
        line(out, "model", modelSha256);
        for (BuildRequest.Range range : request.profile()) {
            line(
                    out,
                    "profile",
                    range.input() + " " + range.min() + " " + range.opt() + " " + range.max());
        }
        line(out, "workspace", request.workspaceBytes());
        line(out, "level", request.optimizationLevel());
        line(out, "tf32", request.tf32());
        host(out, versions, device);
        return new PlanKey(out.toString());
    }

    /** The key of what builds learned about the host's kernels: the same for all networks. */
    public static PlanKey timing(TrtVersions versions, TrtDevice device) {
        StringBuilder out = new StringBuilder("kind=timing\n");
        host(out, versions, device);
        return new PlanKey(out.toString());
    }

    /** SHA-256 of the text, hex: the file's name. */
    public String digest() {
        return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void host(StringBuilder out, TrtVersions versions, TrtDevice device) {
        line(out, "tensorrt", versions.tensorRt());
        line(out, "parser", versions.parser());
        line(out, "cuda", versions.cudaRuntime());
        line(out, "driver", versions.cudaDriver() / CUDA_MAJOR);
        line(out, "gpu", device.name());
        line(out, "sm", device.sm());
        line(out, "multiprocessors", device.multiprocessors());
        line(out, "memory", device.memoryBytes());
    }

    private static void line(StringBuilder out, String name, Object value) {
        out.append(name).append('=').append(String.valueOf(value).replace('\n', ' ')).append('\n');
    }
}
