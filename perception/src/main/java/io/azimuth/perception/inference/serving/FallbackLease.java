package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.ModelSignature;
import io.azimuth.perception.inference.bundle.TensorSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Two leases over one set of buffers: whichever engine runs, the caller reads the same memory. */
final class FallbackLease implements Lease {
    private final FallbackBackend backend;
    private final ModelSignature signature;
    private final Agreement agreement;
    private final Lease first;
    private final Lease second;

    FallbackLease(
            FallbackBackend backend,
            ModelSignature signature,
            Agreement agreement,
            Lease first,
            Lease second) {
        this.agreement = agreement;
        this.backend = backend;
        this.signature = signature;
        this.first = first;
        this.second = second;
        for (TensorSpec spec : signature.inputs()) {
            second.bind(spec.name(), first.input(spec.name()).duplicate().clear());
        }
        for (TensorSpec spec : signature.outputs()) {
            second.bind(spec.name(), first.output(spec.name()).duplicate().clear());
        }
    }

    @Override
    public FloatBuffer input(String name) {
        return first.input(name);
    }

    @Override
    public FloatBuffer output(String name) {
        return first.output(name);
    }

    @Override
    public void bind(String name, FloatBuffer buffer) {
        first.bind(name, buffer);
        second.bind(name, buffer);
    }

    @Override
    public void run(int batch) {
        switch (backend.breaker().ask()) {
            case CLOSED -> runFirst(batch);
            case HALF_OPEN -> runTrial(batch);
            case OPEN -> runSecond(batch);
        }
    }

    private void runFirst(int batch) {
        try {
            first.run(batch);
            backend.breaker().report(true);
        } catch (InferenceFailed e) {
            runSecond(batch); // if this fails too, the input is at fault, not the engine
            if (backend.breaker().report(false)) {
                backend.tellOpened(String.valueOf(e.getMessage()));
            }
        }
    }

    private void runSecond(int batch) {
        second.run(batch);
        backend.fallbacks.increment();
    }

    /** The first engine's answer is compared, the second's is used. */
    private void runTrial(int batch) {
        Trial trial;
        try {
            trial = tryFirst(batch);
            runSecond(batch);
        } catch (InferenceFailed e) { // no engine can answer this input
            backend.breaker().trialSaidNothing();
            throw e;
        } catch (RuntimeException | Error e) {
            backend.breaker().trial(false);
            throw e;
        }
        String fault = trial.failure.isEmpty() ? disagreement(trial.outputs) : trial.failure;
        backend.breaker().trial(fault.isEmpty());
        if (!fault.isEmpty()) {
            backend.tellOpened("again: " + fault);
        }
    }

    /**
     * @param failure why there are no outputs; empty if there are
     */
    private record Trial(List<float[]> outputs, String failure) {}

    private Trial tryFirst(int batch) {
        try {
            first.run(batch);
        } catch (InferenceFailed e) {
            return new Trial(List.of(), String.valueOf(e.getMessage()));
        }
        List<float[]> outputs = new ArrayList<>();
        for (TensorSpec spec : signature.outputs()) {
            float[] values = new float[batch * spec.rowElements()];
            first.output(spec.name()).duplicate().clear().get(0, values);
            outputs.add(values);
        }
        return new Trial(outputs, "");
    }

    private String disagreement(List<float[]> tried) {
        for (int o = 0; o < tried.size(); o++) {
            FloatBuffer safe = first.output(signature.outputs().get(o).name());
            float[] values = tried.get(o);
            for (int i = 0; i < values.length; i++) {
                if (!agreement.accepts(values[i], safe.get(i))) {
                    return "its answer differs from the other engine's";
                }
            }
        }
        return "";
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
