package io.azimuth.connectors.kafka;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The one place that reads clocks; tests put their own in. Thread-safe. */
public interface TimeSource {
    /** The machine's clocks. */
    TimeSource SYSTEM =
            new TimeSource() {
                @Override
                public long epochNanos() {
                    Instant now = Instant.now();
                    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
                }

                @Override
                public long monotonicNanos() {
                    return System.nanoTime();
                }

                @Override
                public void sleepUntil(long monotonicNanos) throws InterruptedException {
                    long left = monotonicNanos - System.nanoTime();
                    while (left > 0) {
                        TimeUnit.NANOSECONDS.sleep(left);
                        left = monotonicNanos - System.nanoTime();
                    }
                }
            };

    /** Wall clock, nanoseconds since the epoch. */
    long epochNanos();

    /** A clock that never steps; only differences mean anything. */
    long monotonicNanos();

    /** Returns at once if the instant has passed. */
    void sleepUntil(long monotonicNanos) throws InterruptedException;
}
