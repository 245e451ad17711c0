package io.azimuth.perception.inference.tensorrt.seam;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** The calls of a device, in order, and which of them are to fail with what code. Thread-safe. */
final class CallLog {
    private final List<String> calls = new ArrayList<>();
    private IntUnaryOperator failure = k -> 0;

    /** By the call's number, from 1: the code that it fails with, 0 if it does not. */
    synchronized void fail(IntUnaryOperator codes) {
        failure = codes;
    }

    /** Notes a call; the code that it is to fail with, 0 if it is not. */
    synchronized int code(String call) {
        calls.add(call);
        return failure.applyAsInt(calls.size());
    }

    /** A call of CUDA: what fails throws. */
    void step(String call) {
        int code = code(call);
        if (code != 0) {
            throw new TrtFailure(call, code, "scripted");
        }
    }

    /** A call of TensorRT: what fails says no; errors of CUDA surface in calls of CUDA. */
    boolean refused(String call) {
        return code(call) != 0;
    }

    synchronized List<String> calls() {
        return new ArrayList<>(calls);
    }
}
