package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.kafka.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The lanes of one task and the threads that run them, as many as there are lanes: those that wait
 * for a batch use no core. Called by the task's thread alone.
 */
final class FrontLanes implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FrontLanes.class.getName());

    /** Longer than an engine takes to notice that its device hangs. */
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final List<FrontLane> all = new ArrayList<>();
    private final Deque<FrontLane> free = new ArrayDeque<>();
    private final ExecutorService threads;

    FrontLanes(int lanes, int subtask, ClassLoader loader) {
        threads = Executors.newFixedThreadPool(lanes, named(subtask, loader));
    }

    private static ThreadFactory named(int subtask, ClassLoader loader) {
        AtomicInteger next = new AtomicInteger();
        return work -> {
            Thread thread =
                    new Thread(work, "front-" + subtask + "-lane-" + next.getAndIncrement());
            thread.setDaemon(true);
            thread.setContextClassLoader(loader); // engines are looked up through it
            return thread;
        };
    }

    void add(FrontLane lane) {
        all.add(lane);
        free.push(lane);
    }

    /** A lane that has nothing to do; there must be one. */
    FrontLane take() {
        return free.pop();
    }

    void start(FrontLane lane) {
        threads.execute(lane);
    }

    void give(FrontLane lane) {
        free.push(lane);
    }

    /**
     * Waits for the sweeps under way, then closes the stations. A lane that does not come back
     * keeps its memory: something native may still write there.
     */
    @Override
    public void close() {
        threads.shutdown();
        if (awaitEnd()) {
            all.forEach(FrontLane::close);
        } else {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "sweeps are still under way after {0} s; their memory is left to them",
                    TimeUnit.NANOSECONDS.toSeconds(CLOSE_NANOS));
        }
        all.clear();
    }

    /** A task that is cancelled is interrupted; what is under way does not end by that. */
    private boolean awaitEnd() {
        long until = TimeSource.SYSTEM.monotonicNanos() + CLOSE_NANOS;
        boolean interrupted = false;
        boolean ended = false;
        try {
            long left = CLOSE_NANOS;
            while (!ended && left > 0) {
                try {
                    ended = threads.awaitTermination(left, TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = until - TimeSource.SYSTEM.monotonicNanos();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return ended;
    }
}
