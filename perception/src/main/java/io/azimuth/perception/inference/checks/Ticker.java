package io.azimuth.perception.inference.checks;

import java.util.concurrent.locks.LockSupport;

/** Time for waits, deadlines and counters; no result depends on it. Tests bring their own. */
public interface Ticker {
    /** The machine's own. */
    Ticker SYSTEM = new SystemTicker();

    /** Nanoseconds since some moment; only differences mean something. */
    long nanos();

    /** Milliseconds since 1970, for what other processes are to read. */
    long epochMillis();

    /** Gives the processor away for about this long; returns at once if interrupted. */
    default void park(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }
}
