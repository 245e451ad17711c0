package io.azimuth.perception.inference.bundle;

/**
 * What a network that passed the scan consists of.
 *
 * @param weights number of values in initialisers and constants
 * @param weightBytes what they take up
 */
public record OnnxSummary(int irVersion, int opset, int nodes, long weights, long weightBytes) {}
