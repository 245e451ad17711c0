package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.checks.Ticker;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gathers rows of several threads into batches. The first row of a batch leads it: it waits until
 * the batch is full, or until its time is up and the engine is free, runs it, and wakes the others.
 * While one batch runs, the next gathers; batches run in the order in which they began. A row's
 * place follows the order of arrival, which changes no row's result.
 *
 * <p>What fails is run once more, each row alone: a row that no engine takes fails by itself, and
 * those that travelled with it do not.
 */
final class RowGathering implements AutoCloseable {
    /** A batch under way; guarded by the lock until it runs. */
    private static final class Batch {
        final long number;
        final RowLease[] rows;
        final long[] arrivedNanos;
        final @Nullable RuntimeException[] failures;
        int size;
        boolean closed;
        boolean done;

        Batch(long number, int maxBatch) {
            this.number = number;
            rows = new RowLease[maxBatch];
            arrivedNanos = new long[maxBatch];
            failures = new @Nullable RuntimeException[maxBatch];
        }

        List<RowLease> all() {
            return Arrays.asList(rows).subList(0, size);
        }
    }

    private final LoadedModel model;
    private final Lease lease;
    private final int maxBatch;
    private final long maxDelayNanos;
    private final BatchCounters counters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Batch gathering;
    private boolean busy;
    private long nextToRun;
    private int leases;

    RowGathering(LoadedModel model, int maxBatch, long maxDelayNanos, BatchCounters counters) {
        this.model = model;
        this.lease = model.acquire();
        this.maxBatch = maxBatch;
        this.maxDelayNanos = maxDelayNanos;
        this.counters = counters;
        this.gathering = new Batch(0, maxBatch);
    }

    /** One more thread whose rows may come. */
    void opened() {
        changeLeases(1);
    }

    void returned() {
        changeLeases(-1);
    }

    private void changeLeases(int by) {
        lock.lock();
        try {
            leases += by;
            closeIfFull(gathering); // the one it waited for may have gone
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the row's outputs are written. */
    void run(RowLease row) {
        Batch mine;
        int place;
        counters.waiting.increment();
        lock.lock();
        try {
            mine = gathering;
            place = mine.size;
            mine.rows[place] = row;
            mine.arrivedNanos[place] = Ticker.SYSTEM.nanos();
            mine.size++;
            closeIfFull(mine);
        } finally {
            lock.unlock();
        }
        boolean interrupted = place == 0 ? lead(mine) : follow(mine);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        RuntimeException failure = mine.failures[place];
        if (failure != null) { // each caller its own: a trace belongs to one thread
            throw failed(mine.size, failure);
        }
    }

    private static InferenceFailed failed(int together, RuntimeException failure) {
        String message =
                (together == 1
                                ? "run twice: %s"
                                : "run in a batch of " + together + ", then alone: %s")
                        .formatted(failure.getMessage());
        return isLoss(failure)
                ? InferenceFailed.ofLostEngine(message, failure)
                : new InferenceFailed(message, failure);
    }

    private static boolean isLoss(RuntimeException failure) {
        return failure instanceof BackendUnavailable
                || (failure instanceof InferenceFailed f && f.isEngineLost());
    }

    /** If nobody else can come; under the lock. */
    private void closeIfFull(Batch batch) {
        if (batch.size > 0 && batch.size >= Math.min(maxBatch, leases)) {
            close(batch);
        }
    }

    private void close(Batch batch) {
        if (!batch.closed) {
            batch.closed = true;
            gathering = new Batch(batch.number + 1, maxBatch);
            changed.signalAll();
        }
    }

    private boolean lead(Batch batch) {
        boolean interrupted = awaitTurn(batch);
        try {
            execute(batch);
        } catch (Error e) { // not this thread's alone: the others must not wait for ever
            Arrays.fill(
                    batch.failures,
                    new IllegalStateException("the batch's thread failed: " + e, e));
            throw e;
        } finally {
            finish(batch);
        }
        return interrupted;
    }

    /** Others of the batch wait for this thread: an interrupt ends no more than its patience. */
    private boolean awaitTurn(Batch batch) {
        boolean interrupted = false;
        lock.lock();
        try {
            while (true) {
                long left =
                        interrupted
                                ? 0
                                : batch.arrivedNanos[0] + maxDelayNanos - Ticker.SYSTEM.nanos();
                boolean due = batch.closed || left <= 0;
                if (due && !busy && batch.number == nextToRun) {
                    close(batch);
                    busy = true;
                    return interrupted;
                }
                try {
                    if (due) {
                        changed.await();
                    } else {
                        changed.awaitNanos(left);
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void finish(Batch batch) {
        lock.lock();
        try {
            batch.done = true;
            busy = false;
            nextToRun++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean follow(Batch batch) {
        boolean interrupted = false;
        lock.lock();
        try {
            while (!batch.done) {
                try {
                    changed.await();
                } catch (InterruptedException e) {
                    interrupted = true; // the row is in the batch: its buffers must stay
                }
            }
        } finally {
            lock.unlock();
        }
        return interrupted;
    }

    private void execute(Batch batch) {
        long now = Ticker.SYSTEM.nanos();
        counters.waiting.add(-batch.size);
        for (int i = 0; i < batch.size; i++) {
            counters.waits.add(now - batch.arrivedNanos[i]);
        }
        try {
            runTogether(batch.all());
        } catch (RuntimeException e) {
            runAlone(batch, e);
        }
    }

    private void runAlone(Batch batch, RuntimeException together) {
        for (int i = 0; i < batch.size; i++) {
            if (isLoss(together)) {
                batch.failures[i] = together;
                continue;
            }
            counters.repeated.increment();
            try {
                runTogether(batch.all().subList(i, i + 1));
            } catch (RuntimeException e) {
                batch.failures[i] = e;
            }
        }
    }

    private void runTogether(List<RowLease> together) {
        for (TensorSpec spec : model.signature().inputs()) {
            FloatBuffer to = lease.input(spec.name());
            for (int i = 0; i < together.size(); i++) {
                FloatBuffer from = together.get(i).input(spec.name()).duplicate().clear();
                to.put(i * spec.rowElements(), from, 0, spec.rowElements());
            }
        }
        lease.run(together.size());
        counters.ran(together.size());
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
