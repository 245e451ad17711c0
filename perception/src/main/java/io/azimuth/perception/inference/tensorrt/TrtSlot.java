package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.checks.Ticker;
import io.azimuth.perception.inference.tensorrt.seam.TrtFailure;
import io.azimuth.perception.inference.tensorrt.seam.TrtNative;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One execution context for one size of batch, with stream, event, buffers, and the graph of its
 * run. Its shape and addresses are set once, so a recorded graph stays valid as long as it lives.
 * For one thread at a time.
 */
final class TrtSlot {
    /** A run on a fast device is over in less; asking costs less than sleeping. */
    private static final long SPIN_NANOS = 50_000;

    private static final long PARK_NANOS = 50_000;

    private final TrtHost host;
    private final TrtNative trt;
    private final Ticker ticker;
    private final Handles handles = new Handles();
    private final List<Staging> inputs = new ArrayList<>();
    private final List<Staging> outputs = new ArrayList<>();
    private long context;
    private long stream;
    private long event;
    private long graph;
    private boolean graphRefused;

    private TrtSlot(TrtHost host) {
        this.host = host;
        this.trt = host.trt();
        this.ticker = host.ticker();
        this.graphRefused = !host.options().graphs();
    }

    /**
     * @param rows of every run; a smaller batch is filled up with rows of zeros
     * @throws TrtFailure if anything of it cannot be made; nothing is left then
     */
    static TrtSlot open(TrtHost host, LoadedPlan plan, int rows) {
        TrtSlot slot = new TrtSlot(host);
        try {
            slot.make(plan, rows);
            return slot;
        } catch (RuntimeException | Error e) {
            slot.close();
            throw e;
        }
    }

    private void make(LoadedPlan plan, int rows) {
        host.select();
        context = trt.createContext(plan.engine());
        if (context == 0) {
            throw new TrtFailure(
                    "createExecutionContext", TrtFailure.OUT_OF_MEMORY, trt.log().toString());
        }
        handles.add(() -> trt.destroyContext(context));
        stream = trt.createStream();
        handles.add(() -> trt.destroyStream(stream));
        event = trt.createEvent();
        handles.add(() -> trt.destroyEvent(event));
        for (TensorSpec spec : plan.inputs()) {
            inputs.add(staging(plan, spec, rows));
            require(
                    trt.setInputShape(context, spec.name(), spec.shapeFor(rows)),
                    "setInputShape",
                    spec);
        }
        for (TensorSpec spec : plan.outputs()) {
            outputs.add(staging(plan, spec, rows));
        }
    }

    private Staging staging(LoadedPlan plan, TensorSpec spec, int rows) {
        Staging out =
                Staging.open(trt, handles, spec.name(), plan.type(spec), spec.rowElements(), rows);
        require(
                trt.setTensorAddress(context, spec.name(), out.deviceAddress()),
                "setTensorAddress",
                spec);
        return out;
    }

    /**
     * One run of the first rows.
     *
     * @throws TrtFailure if a call fails; the slot is not to be used again
     * @throws Hung if the device is not done by then; the slot is to be abandoned
     */
    void run(FloatBuffer[] in, FloatBuffer[] out, int batch, long hangNanos) {
        host.select();
        for (int i = 0; i < in.length; i++) {
            inputs.get(i).send(in[i], batch, stream);
        }
        if (graph != 0) {
            trt.launchGraph(graph, stream);
            host.counted().graphLaunches.increment();
        } else if (!trt.enqueue(context, stream)) {
            throw new TrtFailure("enqueueV3", TrtFailure.NULL_OBJECT, trt.log().toString());
        }
        for (Staging output : outputs) {
            output.fetch(batch, stream);
        }
        trt.recordEvent(event, stream);
        await(hangNanos);
        for (int i = 0; i < out.length; i++) {
            outputs.get(i).read(out[i], batch);
        }
        if (graph == 0 && !graphRefused) {
            record();
        }
    }

    /** Waits until the stream is empty, so that its buffers may be freed. */
    boolean isQuiet(long hangNanos) {
        try {
            trt.recordEvent(event, stream);
            await(hangNanos);
            return true;
        } catch (TrtFailure | Hung e) {
            return false;
        }
    }

    /** Looks, then naps: a call that blocks could not be ended. An interrupt waits with us. */
    private void await(long hangNanos) {
        long begun = ticker.nanos();
        boolean interrupted = false;
        try {
            while (!trt.isDone(event)) {
                long waited = ticker.nanos() - begun;
                if (waited > hangNanos) {
                    throw new Hung(
                            "the device is not done after %d ms".formatted(waited / 1_000_000));
                }
                if (waited > SPIN_NANOS) {
                    interrupted |= Thread.interrupted(); // else no nap would last
                    ticker.park(PARK_NANOS);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** After a run, as the first one after a change of shape must not be recorded. */
    private void record() {
        long recorded = 0;
        boolean capturing = false;
        try {
            trt.beginCapture(stream);
            capturing = true;
            boolean enqueued = trt.enqueue(context, stream);
            capturing = false;
            recorded = trt.endCapture(stream);
            require(enqueued, "enqueueV3", "while it was recorded");
            long executable = trt.instantiateGraph(recorded);
            handles.add(() -> trt.destroyGraphExecutable(executable));
            graph = executable;
        } catch (TrtFailure e) {
            refuseGraph(e, capturing);
        } finally {
            if (recorded != 0) {
                destroyRecorded(recorded);
            }
        }
    }

    /** The frame has its result already; later ones go call by call. */
    private void refuseGraph(TrtFailure failure, boolean capturing) {
        graphRefused = true;
        host.counted().graphRefusals.increment();
        try {
            if (capturing) {
                long part = trt.endCapture(stream); // a stream that records runs nothing
                if (part != 0) {
                    destroyRecorded(part);
                }
            }
            trt.clearError();
        } catch (TrtFailure e) {
            failure.addSuppressed(e);
        }
        host.noticeLoss(failure);
    }

    private void destroyRecorded(long recorded) {
        try {
            trt.destroyGraph(recorded);
        } catch (TrtFailure e) {
            host.noticeLoss(e);
        }
    }

    void close() {
        handles.destroyAll();
    }

    void abandon() {
        handles.abandon();
    }

    private static void require(boolean accepted, String call, Object of) {
        if (!accepted) {
            throw new TrtFailure(call, TrtFailure.NULL_OBJECT, "refused for " + of);
        }
    }
}
