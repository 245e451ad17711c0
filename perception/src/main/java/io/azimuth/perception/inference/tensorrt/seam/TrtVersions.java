package io.azimuth.perception.inference.tensorrt.seam;

/**
 * What is installed, as the libraries number themselves.
 *
 * @param tensorRt e.g. 110201 for 11.2.1
 * @param parser of ONNX, likewise
 * @param cudaRuntime e.g. 13030 for 13.3
 * @param cudaDriver the newest CUDA that the driver serves, likewise; 0 without a driver
 */
public record TrtVersions(int tensorRt, int parser, int cudaRuntime, int cudaDriver) {
    /** TensorRT's version as people write it: {@code 11.2.1}. */
    public String tensorRtText() {
        return tensorRt / 10_000 + "." + tensorRt / 100 % 100 + "." + tensorRt % 100;
    }

    /** A CUDA version as people write it: {@code 13.3}. */
    public static String cudaText(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }
}
