package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.ModelSignature;

/** The same network on two engines. */
final class FallbackModel implements LoadedModel {
    private final FallbackBackend backend;
    private final LoadedModel first;
    private final LoadedModel second;
    private final Agreement agreement;

    FallbackModel(
            FallbackBackend backend, LoadedModel first, LoadedModel second, Agreement agreement) {
        this.agreement = agreement;
        this.backend = backend;
        this.first = first;
        this.second = second;
    }

    @Override
    public ModelSignature signature() {
        return first.signature();
    }

    @Override
    public String sha256() {
        return first.sha256();
    }

    @Override
    public Lease acquire() {
        Lease fast = first.acquire();
        try {
            return new FallbackLease(backend, signature(), agreement, fast, second.acquire());
        } catch (RuntimeException | OutOfMemoryError e) {
            fast.close();
            throw e;
        }
    }

    /** Of both engines together. */
    @Override
    public InferenceStats stats() {
        InferenceStats a = first.stats();
        InferenceStats b = second.stats();
        return new InferenceStats(
                a.runs() + b.runs(),
                a.failures() + b.failures(),
                a.runNanos() + b.runNanos(),
                Math.max(a.leases(), b.leases()),
                a.nativeBytes() + b.nativeBytes());
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
