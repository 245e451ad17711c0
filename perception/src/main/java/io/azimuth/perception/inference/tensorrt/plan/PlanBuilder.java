package io.azimuth.perception.inference.tensorrt.plan;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import io.azimuth.perception.inference.checks.Ticker;
import io.azimuth.perception.inference.tensorrt.seam.BuildOutcome;
import io.azimuth.perception.inference.tensorrt.seam.BuildRequest;
import io.azimuth.perception.inference.tensorrt.seam.TrtDevice;
import io.azimuth.perception.inference.tensorrt.seam.TrtVersions;
import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * Gets a plan: from the store, or built. A build without result is tried once more with half the
 * workspace; if that fails too, or the build crashes or hangs, it is not tried again for an hour,
 * by no process of this user. Thread-safe.
 */
public final class PlanBuilder {
    private static final long HOUR_MILLIS = 3_600_000;

    private final PlanStore store;
    private final Ticker ticker;
    private final Function<BuildRequest, BuildOutcome> build;

    public PlanBuilder(PlanStore store, Ticker ticker, Function<BuildRequest, BuildOutcome> build) {
        this.store = store;
        this.ticker = ticker;
        this.build = build;
    }

    /**
     * The plan of a network.
     *
     * @param name of the network, for messages
     * @param request without a timing cache: the store has it
     * @throws ModelRejected with code {@code SESSION} if the parser does not accept the network
     * @throws BackendUnavailable if there is no plan for it on this device
     */
    public byte[] plan(
            String name,
            String modelSha256,
            BuildRequest request,
            TrtVersions versions,
            TrtDevice device) {
        PlanKey key = PlanKey.of(modelSha256, request, versions, device);
        PlanKey timing = PlanKey.timing(versions, device);
        return store.get(key, () -> build(name, key, timing, request));
    }

    /** A stored plan that the runtime did not take after all: built anew. */
    public byte[] rebuild(
            String name,
            String modelSha256,
            BuildRequest request,
            TrtVersions versions,
            TrtDevice device) {
        PlanKey key = PlanKey.of(modelSha256, request, versions, device);
        byte[] plan = build(name, key, PlanKey.timing(versions, device), request);
        store.write(key, plan);
        return plan;
    }

    private byte[] build(String name, PlanKey key, PlanKey timing, BuildRequest request) {
        PlanKey failed = new PlanKey("kind=failed\n" + key.text());
        requireNoRecentFailure(name, failed);
        byte[] known = store.read(timing);
        BuildRequest first =
                new BuildRequest(
                        request.onnx(),
                        request.profile(),
                        request.workspaceBytes(),
                        request.optimizationLevel(),
                        request.tf32(),
                        known == null ? new byte[0] : known);
        BuildOutcome outcome;
        try {
            outcome = parsed(name, build.apply(first));
            if (outcome.plan().length == 0) {
                BuildRequest smaller = first.withWorkspaceBytes(first.workspaceBytes() / 2);
                outcome = parsed(name, build.apply(smaller));
            }
        } catch (BuildDied e) { // what crashed or hung once would do so at every start of a job
            store.write(failed, stamp());
            throw new BackendUnavailable(
                    "TensorRT built no plan of network '%s': %s".formatted(name, e.getMessage()));
        }
        if (outcome.plan().length == 0) {
            store.write(failed, stamp());
            throw new BackendUnavailable(
                    "TensorRT built no plan of network '%s', neither with %d nor with half the bytes of workspace: %s"
                            .formatted(name, request.workspaceBytes(), outcome.log()));
        }
        if (outcome.timingCache().length > 0) {
            store.write(timing, outcome.timingCache());
        }
        return outcome.plan();
    }

    private static BuildOutcome parsed(String name, BuildOutcome outcome) {
        if (!outcome.parseErrors().isEmpty()) {
            throw new ModelRejected(
                    Code.SESSION,
                    "TensorRT's parser does not accept network '%s': %s"
                            .formatted(name, String.join("; ", outcome.parseErrors())));
        }
        return outcome;
    }

    private void requireNoRecentFailure(String name, PlanKey failed) {
        byte[] found = store.read(failed);
        if (found == null || found.length != Long.BYTES) {
            return;
        }
        long age = ticker.epochMillis() - ByteBuffer.wrap(found).getLong();
        if (age >= 0 && age < HOUR_MILLIS) {
            throw new BackendUnavailable(
                    "TensorRT built no plan of network '%s' %d minutes ago; the next try is after an hour, or when %s is removed"
                            .formatted(name, age / 60_000, store.path(failed)));
        }
    }

    private byte[] stamp() {
        return ByteBuffer.allocate(Long.BYTES).putLong(ticker.epochMillis()).array();
    }
}
