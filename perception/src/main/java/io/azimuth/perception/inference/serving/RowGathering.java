package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.checks.Ticker;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Gathers rows of several threads into batches. The first row of a batch leads it: it waits until
 * the batch is full or its time is up, runs it, and wakes the others. While one batch runs, the
 * next gathers. A row's place follows the order of arrival, which changes no row's result.
 */
final class RowGathering implements AutoCloseable {
    /** A batch under way. */
    private static final class Batch {
        final List<RowLease> rows = new ArrayList<>();
        boolean closed;
        boolean done;
        @Nullable RuntimeException failure;
    }

    private static final long NANOS_A_MILLI = 1_000_000;

    private final LoadedModel model;
    private final Lease lease;
    private final int maxBatch;
    private final long maxDelayNanos;
    private final Object running = new Object();
    private Batch gathering = new Batch();
    private int leases;

    final LongAdder batches = new LongAdder();
    final LongAdder rows = new LongAdder();

    RowGathering(LoadedModel model, int maxBatch, long maxDelayNanos) {
        this.model = model;
        this.lease = model.acquire();
        this.maxBatch = maxBatch;
        this.maxDelayNanos = maxDelayNanos;
    }

    /** One more thread whose rows may come. */
    synchronized void opened() {
        leases++;
    }

    synchronized void returned() {
        leases--;
    }

    /** Returns when the row's outputs are written. */
    void run(RowLease row) {
        Batch mine;
        boolean leads;
        synchronized (this) {
            mine = gathering;
            leads = mine.rows.isEmpty();
            mine.rows.add(row);
            if (mine.rows.size() >= Math.min(maxBatch, leases)) { // nobody else can come
                close(mine);
            }
        }
        boolean interrupted = leads ? lead(mine) : follow(mine);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        RuntimeException failure = mine.failure;
        if (failure != null) { // each caller its own: a trace belongs to one thread
            throw new InferenceFailed(
                    "a batch of %d rows: %s".formatted(mine.rows.size(), failure.getMessage()),
                    failure);
        }
    }

    private synchronized void close(Batch batch) {
        if (!batch.closed) {
            batch.closed = true;
            gathering = new Batch();
            notifyAll();
        }
    }

    /** Others of the batch wait for this thread: an interrupt does not end it. */
    private boolean lead(Batch batch) {
        boolean interrupted = waitUntilFull(batch);
        try {
            synchronized (running) {
                execute(batch.rows);
            }
        } catch (RuntimeException e) {
            batch.failure = e;
        } catch (Error e) { // not this thread's alone: the others must not wait for ever
            batch.failure = new IllegalStateException("the batch's thread failed: " + e, e);
            throw e;
        } finally {
            finish(batch);
        }
        return interrupted;
    }

    private synchronized void finish(Batch batch) {
        batch.done = true;
        notifyAll();
    }

    private synchronized boolean waitUntilFull(Batch batch) {
        long until = Ticker.SYSTEM.nanos() + maxDelayNanos;
        try {
            for (long left = maxDelayNanos; !batch.closed && left > 0; ) {
                wait(left / NANOS_A_MILLI, (int) (left % NANOS_A_MILLI));
                left = until - Ticker.SYSTEM.nanos(); // notices are for other batches, too
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        } finally {
            close(batch);
        }
    }

    private synchronized boolean follow(Batch batch) {
        boolean interrupted = false;
        while (!batch.done) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // the row is in the batch: its buffers must stay
            }
        }
        return interrupted;
    }

    private void execute(List<RowLease> together) {
        List<TensorSpec> inputs = model.signature().inputs();
        for (TensorSpec spec : inputs) {
            FloatBuffer to = lease.input(spec.name());
            for (int i = 0; i < together.size(); i++) {
                FloatBuffer from = together.get(i).input(spec.name()).duplicate().clear();
                to.put(i * spec.rowElements(), from, 0, spec.rowElements());
            }
        }
        lease.run(together.size());
        batches.increment();
        rows.add(together.size());
        for (TensorSpec spec : model.signature().outputs()) {
            FloatBuffer from = lease.output(spec.name());
            for (int i = 0; i < together.size(); i++) {
                FloatBuffer to = together.get(i).output(spec.name()).duplicate().clear();
                to.put(0, from, i * spec.rowElements(), spec.rowElements());
            }
        }
    }

    @Override
    public void close() {
        lease.close();
    }
}
