package io.azimuth.perception.inference.onnxruntime;

/** Measures how long runs take, for metrics; no result depends on it. */
final class RunClock {
    private RunClock() {}

    static long nanos() {
        return System.nanoTime();
    }
}
