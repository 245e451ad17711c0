package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.checks.Ticker;
import io.azimuth.perception.inference.tensorrt.plan.PlanBuilder;
import io.azimuth.perception.inference.tensorrt.plan.PlanStore;
import io.azimuth.perception.inference.tensorrt.seam.BuildOutcome;
import io.azimuth.perception.inference.tensorrt.seam.BuildRequest;
import io.azimuth.perception.inference.tensorrt.seam.TrtFailure;
import io.azimuth.perception.inference.tensorrt.seam.TrtNative;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One device of this process: its runtime, the plans loaded on it, and whether it still works. A
 * device that has hung, or has had an error after which CUDA refuses all calls, is lost for this
 * process. Thread-safe.
 */
public final class TrtHost implements AutoCloseable {
    private record Key(String digest) {}

    private final TrtNative trt;
    private final PlanStore store;
    private final PlanLoader loader;
    private final Ticker ticker;
    private final TrtOptions options;
    private final Counted counted = new Counted();
    private final Map<Key, SharedPlan> loaded = new HashMap<>();
    private long runtime;
    private volatile @Nullable String lost;

    /**
     * Builds plans in this process.
     *
     * @param trt used from now on for this device; calls nothing yet
     */
    public TrtHost(TrtNative trt, PlanStore store, Ticker ticker, TrtOptions options) {
        this(trt, store, ticker, options, trt::build);
    }

    /**
     * @param build what makes plans, in this process or another
     */
    TrtHost(
            TrtNative trt,
            PlanStore store,
            Ticker ticker,
            TrtOptions options,
            Function<BuildRequest, BuildOutcome> build) {
        this.trt = trt;
        this.store = store;
        this.ticker = ticker;
        this.options = options;
        this.loader = new PlanLoader(this, new PlanBuilder(store, ticker, build));
    }

    /** A share of the bundle's plan, loaded if the device has none. One load after another. */
    SharedPlan share(ModelBundle bundle) {
        requireAliveToLoad();
        synchronized (loaded) {
            Key key = new Key(bundle.digest());
            SharedPlan found = loaded.get(key);
            if (found != null) {
                found.retain();
                return found;
            }
            try {
                select();
                SharedPlan made = loader.load(bundle, runtime());
                loaded.put(key, made);
                return made;
            } catch (TrtFailure e) {
                noticeLoss(e);
                throw new BackendUnavailable(
                        "TensorRT cannot load network '%s' on GPU %d: %s"
                                .formatted(
                                        bundle.manifest().name(),
                                        options.device(),
                                        e.getMessage()));
            }
        }
    }

    void retain(SharedPlan shared) {
        synchronized (loaded) {
            shared.retain();
        }
    }

    void release(SharedPlan shared) {
        synchronized (loaded) {
            if (shared.release()) {
                loaded.values().remove(shared);
                shared.unload();
            }
        }
    }

    /** What the device did so far. */
    public TrtStats stats() {
        PlanStore.Counts plans = store.counts();
        String why = lost;
        return new TrtStats(
                counted.graphLaunches.sum(),
                counted.graphRefusals.sum(),
                counted.late.sum(),
                counted.discarded.sum(),
                counted.abandoned.sum(),
                plans.hits(),
                plans.builds(),
                plans.refusals(),
                why == null ? "" : why);
    }

    /**
     * Memory that the device has left, for all processes.
     *
     * @throws TrtFailure if the device fails
     */
    public long freeDeviceBytes() {
        select();
        return trt.freeMemory();
    }

    /** Closes the runtime; all models and leases must be closed before. */
    @Override
    public void close() {
        synchronized (loaded) {
            if (!loaded.isEmpty()) {
                throw new IllegalStateException(loaded.size() + " plans are still loaded");
            }
            if (runtime != 0 && !isLost()) {
                long at = runtime;
                destroyQuietly(() -> trt.destroyRuntime(at));
            }
            runtime = 0;
        }
    }

    private long runtime() {
        if (runtime == 0) {
            runtime = trt.createRuntime();
            if (runtime == 0) {
                throw new TrtFailure(
                        "createInferRuntime", TrtFailure.NULL_OBJECT, trt.log().toString());
            }
        }
        return runtime;
    }

    void destroyEngine(long engine) {
        destroyQuietly(() -> trt.destroyEngine(engine));
    }

    private void destroyQuietly(Runnable destroy) {
        try {
            destroy.run();
        } catch (TrtFailure e) {
            noticeLoss(e);
        }
    }

    /** The device is chosen for each thread anew. */
    void select() {
        trt.selectDevice(options.device());
    }

    void selectQuietly() {
        destroyQuietly(this::select);
    }

    void clearError() {
        destroyQuietly(trt::clearError);
    }

    void noticeLoss(TrtFailure failure) {
        if (failure.isSticky()) {
            lose(String.valueOf(failure.getMessage()));
        }
    }

    void lose(String why) {
        if (lost == null) {
            lost = why;
        }
    }

    boolean isLost() {
        return lost != null;
    }

    void requireAlive() {
        String why = lost;
        if (why != null) {
            throw InferenceFailed.ofLostEngine(lostMessage(why), null);
        }
    }

    private void requireAliveToLoad() {
        String why = lost;
        if (why != null) {
            throw new BackendUnavailable(lostMessage(why));
        }
    }

    private String lostMessage(String why) {
        return "GPU %d is lost for this process (%s): restart it, and look at nvidia-smi"
                .formatted(options.device(), why);
    }

    TrtNative trt() {
        return trt;
    }

    Ticker ticker() {
        return ticker;
    }

    TrtOptions options() {
        return options;
    }

    Counted counted() {
        return counted;
    }
}
