package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.Sweep;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Once armed, takes its task down at sweep 30, one time in this JVM. */
record CrashingDetector(Detector inner) implements Detector {
    private static final AtomicBoolean ARMED = new AtomicBoolean();
    private static final AtomicBoolean CRASHED = new AtomicBoolean();

    static void arm() {
        CRASHED.set(false);
        ARMED.set(true);
    }

    static boolean hasCrashed() {
        return CRASHED.get();
    }

    @Override
    public List<Detection> detect(Sweep sweep) {
        if (sweep.seq() == 30 && ARMED.compareAndSet(true, false)) {
            CRASHED.set(true);
            throw new AssertionError("a crash on purpose"); // an error is no fault of the sweep
        }
        return inner.detect(sweep);
    }
}
