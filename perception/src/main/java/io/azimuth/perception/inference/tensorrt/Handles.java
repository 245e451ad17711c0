package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.tensorrt.seam.TrtFailure;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Native objects of one owner, destroyed in the reverse order of their making, each once, whatever
 * happens to the others. Not thread-safe.
 */
final class Handles {
    private final Deque<Runnable> destroy = new ArrayDeque<>();

    void add(Runnable destroyIt) {
        destroy.push(destroyIt);
    }

    /**
     * @return how many were reported as not destroyed; CUDA reports earlier failures there, too
     */
    int destroyAll() {
        int failures = 0;
        while (!destroy.isEmpty()) {
            try {
                destroy.pop().run();
            } catch (TrtFailure e) {
                failures++;
            }
        }
        return failures;
    }

    /** Leaves all as they are: the device may still write to them. */
    void abandon() {
        destroy.clear();
    }
}
