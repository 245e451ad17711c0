package io.azimuth.perception.inference.bundle;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What numbers a network computes in; its inputs and outputs are float32 always. */
public enum Precision {
    /** The network as it was trained. */
    FLOAT32,
    /** Weights and activations rounded to 11 bits. */
    FLOAT16,
    /** Layers with weights in whole numbers from -128 to 127, the rest in float32. */
    INT8;

    /** As manifests and configurations write it: {@code float32}, {@code float16}, {@code int8}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What {@link #of} accepts. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Precision::label).toList();
    }

    /**
     * The precision of this label.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static Precision of(String label) {
        for (Precision precision : values()) {
            if (precision.label().equals(label)) {
                return precision;
            }
        }
        throw new IllegalArgumentException(
                "precision is '" + label + "', expected one of " + labels());
    }
}
