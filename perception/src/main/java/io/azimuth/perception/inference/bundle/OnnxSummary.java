package io.azimuth.perception.inference.bundle;

/**
 * What a network that passed the scan consists of.
 *
 * @param weights number of values in initialisers and constants
 * @param weightBytes what they take up
 * @param runElements values that one run of the largest batch makes at most, over all nodes, with
 *     the largest working space of one
 * @param runMultiplies multiplications of that run at most
 */
public record OnnxSummary(
        int irVersion,
        int opset,
        int nodes,
        long weights,
        long weightBytes,
        long runElements,
        long runMultiplies) {}
