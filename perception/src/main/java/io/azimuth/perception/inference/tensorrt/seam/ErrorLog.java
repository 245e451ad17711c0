package io.azimuth.perception.inference.tensorrt.seam;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.tensorrt.nvinfer.ILogger;

/** Keeps what TensorRT says: errors only, the last few. Called by native threads. */
final class ErrorLog extends ILogger {
    private static final int KEPT = 20;

    private final Deque<String> last = new ArrayDeque<>();

    @Override
    public void log(Severity severity, String message) {
        if (severity == Severity.kERROR || severity == Severity.kINTERNAL_ERROR) {
            synchronized (last) {
                if (last.size() == KEPT) {
                    last.removeFirst();
                }
                last.addLast(message);
            }
        }
    }

    List<String> lines() {
        synchronized (last) {
            return new ArrayList<>(last);
        }
    }

    void forget() {
        synchronized (last) {
            last.clear();
        }
    }
}
