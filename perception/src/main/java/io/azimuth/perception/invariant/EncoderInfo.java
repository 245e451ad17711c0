package io.azimuth.perception.invariant;

import java.util.List;

/**
 * What an encoder is.
 *
 * @param id the option, e.g. {@code ri-edge}
 * @param group rotations that leave its results as they are
 * @param exact whether they do so up to rounding; else only roughly
 * @param points K: points of a crop that the network sees
 * @param classes names of the logits, in order
 * @param dimensions usable lengths of the embedding, rising: each prefix is an embedding of its own
 * @param digest SHA-256 of the bundle's manifest, hex
 */
public record EncoderInfo(
        String id,
        SymmetryGroup group,
        boolean exact,
        int points,
        List<String> classes,
        List<Integer> dimensions,
        String digest) {
    public EncoderInfo {
        classes = List.copyOf(classes);
        dimensions = List.copyOf(dimensions);
    }
}
