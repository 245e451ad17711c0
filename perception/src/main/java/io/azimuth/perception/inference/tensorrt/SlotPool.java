package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.tensorrt.seam.TrtFailure;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The contexts of one plan for one size of batch: made when they are needed, as many as may run at
 * once, fewer if the device has no memory for them. First come, first served. Thread-safe.
 */
final class SlotPool {
    private static final int HANGS_AT = 3;

    private final TrtHost host;
    private final LoadedPlan plan;
    private final int rows;
    private final Semaphore free;
    private final Deque<TrtSlot> idle = new ArrayDeque<>();
    private int open;

    SlotPool(TrtHost host, LoadedPlan plan, int rows) {
        this.host = host;
        this.plan = plan;
        this.rows = rows;
        free = new Semaphore(host.options().contexts(), true);
    }

    /**
     * @throws InferenceFailed if no context is free in time
     * @throws TrtFailure if the device fails
     * @throws Hung if it hangs
     */
    void run(FloatBuffer[] in, FloatBuffer[] out, int batch) {
        long begun = host.ticker().nanos();
        long deadlineNanos = TimeUnit.MILLISECONDS.toNanos(host.options().deadlineMillis());
        TrtSlot slot = take();
        boolean done = false;
        try {
            slot.run(in, out, batch, HANGS_AT * deadlineNanos);
            done = true;
        } catch (TrtFailure e) {
            host.noticeLoss(e);
            throw e;
        } catch (Hung e) {
            host.lose(String.valueOf(e.getMessage()));
            throw e;
        } finally {
            if (done) {
                give(slot);
            } else {
                discard(slot, HANGS_AT * deadlineNanos);
            }
        }
        if (host.ticker().nanos() - begun > deadlineNanos) {
            host.counted().late.increment();
        }
    }

    private TrtSlot take() {
        acquire();
        synchronized (idle) {
            TrtSlot found = idle.poll();
            if (found != null) {
                return found;
            }
            open++;
        }
        try {
            return TrtSlot.open(host, plan, rows);
        } catch (TrtFailure e) {
            boolean last;
            synchronized (idle) {
                open--;
                last = open == 0;
            }
            host.noticeLoss(e);
            if (!e.isOutOfMemory() || last) {
                free.release();
                throw e;
            }
            host.clearError();
            return take(); // the permit is kept: there is no memory for so many
        } catch (RuntimeException | Error e) {
            synchronized (idle) {
                open--;
            }
            free.release();
            throw e;
        }
    }

    private void acquire() {
        long millis = host.options().deadlineMillis();
        try {
            if (!free.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                throw new InferenceFailed(
                        "no context of network %s was free within %d ms; %d may run at once"
                                .formatted(plan.sha256(), millis, host.options().contexts()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InferenceFailed("interrupted while waiting for a context", e);
        }
    }

    private void give(TrtSlot slot) {
        synchronized (idle) {
            idle.push(slot);
        }
        free.release();
    }

    private void discard(TrtSlot slot, long hangNanos) {
        if (host.isLost() || !slot.isQuiet(hangNanos)) {
            slot.abandon();
            host.counted().abandoned.increment();
        } else {
            slot.close();
            host.counted().discarded.increment();
        }
        synchronized (idle) {
            open--;
        }
        free.release();
    }

    /** Closes the contexts that wait for work; a later run makes new ones. */
    void close() {
        synchronized (idle) {
            for (TrtSlot slot = idle.poll(); slot != null; slot = idle.poll()) {
                open--;
                if (host.isLost()) {
                    slot.abandon();
                    host.counted().abandoned.increment();
                } else {
                    slot.close();
                }
            }
        }
    }
}
