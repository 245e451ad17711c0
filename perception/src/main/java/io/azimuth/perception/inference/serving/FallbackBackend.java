package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.Capability;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.checks.Ticker;
import java.util.concurrent.atomic.LongAdder;

/**
 * A fast engine with a safe one behind it: what the first fails, the second answers, and every such
 * step is logged and counted. Both check their golden runs at load; a network that the first does
 * not take is served by the second alone. Thread-safe.
 */
public final class FallbackBackend implements InferenceBackend {
    static final System.Logger LOG = System.getLogger(FallbackBackend.class.getName());

    private final InferenceBackend first;
    private final InferenceBackend second;
    private final CircuitBreaker breaker;
    final LongAdder fallbacks = new LongAdder();
    final LongAdder opened = new LongAdder();

    public FallbackBackend(InferenceBackend first, InferenceBackend second, Ticker ticker) {
        this.first = first;
        this.second = second;
        this.breaker = new CircuitBreaker(ticker);
    }

    @Override
    public String name() {
        return first.name() + "+" + second.name();
    }

    @Override
    public Capability probe() {
        Capability fast = first.probe();
        return fast.available() ? fast : second.probe();
    }

    @Override
    public LoadedModel load(ModelBundle bundle, LoadOptions options) {
        LoadedModel safe = second.load(bundle, options);
        try {
            LoadedModel fast = first.load(bundle, options);
            return new FallbackModel(this, fast, safe, Agreement.of(bundle, fast.sha256()));
        } catch (BackendUnavailable | ModelRejected e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "network {0} runs on {1} alone: {2}",
                    bundle.manifest().name(),
                    second.name(),
                    e.getMessage());
            opened.increment();
            return safe;
        } catch (RuntimeException | OutOfMemoryError e) {
            safe.close();
            throw e;
        }
    }

    /** How often the second engine had to answer, over all networks. */
    public FallbackStats stats() {
        return new FallbackStats(
                fallbacks.sum(), opened.sum(), breaker.state() == CircuitBreaker.State.CLOSED);
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    void tellOpened(String why) {
        opened.increment();
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} is given up for a while, {1} answers: {2}",
                first.name(),
                second.name(),
                why);
    }
}
