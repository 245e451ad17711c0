package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelBundle;

/**
 * How far two engines' answers may be apart: {@code absTol + relTol |value|}.
 *
 * @param relTol of the answer of the engine that is trusted
 */
record Agreement(double absTol, double relTol) {
    /** What other kernels, and factors rounded to 10 bits, may do to a score. */
    private static final Agreement SAME_NETWORK = new Agreement(2e-2, 2e-2);

    /** For the network with this hash against the bundle's float32 one. */
    static Agreement of(ModelBundle bundle, String sha256) {
        for (Manifest.Variant variant : bundle.manifest().variants()) {
            if (variant.onnx().sha256().equals(sha256)) {
                return new Agreement(
                        Math.max(SAME_NETWORK.absTol, variant.absTol()),
                        Math.max(SAME_NETWORK.relTol, variant.relTol()));
            }
        }
        return SAME_NETWORK;
    }

    boolean accepts(float tried, float trusted) {
        return Math.abs((double) tried - trusted) <= absTol + relTol * Math.abs(trusted);
    }
}
