package io.azimuth.perception.inference.tensorrt.seam;

/**
 * A GPU.
 *
 * @param smMajor compute capability, first part
 * @param memoryBytes in all
 * @param pciId {@code domain:bus:device}; where it is plugged in
 */
public record TrtDevice(
        int index,
        String name,
        int smMajor,
        int smMinor,
        int multiprocessors,
        long memoryBytes,
        String pciId) {
    /** Compute capability as one number: 75 for 7.5. */
    public int sm() {
        return 10 * smMajor + smMinor;
    }
}
