package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.checks.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when somebody waits, a test says so, or, a little, when it is asked. */
public final class ManualTicker implements Ticker {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

    @Override
    public long nanos() {
        return nanos.addAndGet(1000);
    }

    @Override
    public long epochMillis() {
        return nanos.get() / 1_000_000;
    }

    @Override
    public void park(long waited) {
        advanceNanos(waited);
    }

    public void advanceNanos(long passed) {
        nanos.addAndGet(passed);
    }
}
