package io.azimuth.perception.inference.serving;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The engine that a configuration asks for. */
public enum EngineChoice {
    /** ONNX Runtime on the task's own thread. */
    CPU,
    /**
     * TensorRT and nothing else: a job is refused where it cannot run, and stops where it fails.
     */
    TENSORRT,
    /**
     * TensorRT where it runs, with the CPU behind it. Results then may differ in their last digits
     * from those of either engine alone, and between runs.
     */
    AUTO;

    /** As configurations write it: {@code cpu}, {@code tensorrt}, {@code auto}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What {@link #of} accepts. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(EngineChoice::label).toList();
    }

    /**
     * The choice of this label.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static EngineChoice of(String label) {
        for (EngineChoice choice : values()) {
            if (choice.label().equals(label)) {
                return choice;
            }
        }
        throw new IllegalArgumentException(
                "engine is '" + label + "', expected one of " + labels());
    }
}
