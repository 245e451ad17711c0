package io.azimuth.perception.inference.serving;

/**
 * How sweeps that are under way at the same time share runs of a network. Only when a result comes
 * depends on it, never what it is.
 *
 * @param cap rows of a batch at most, 1 to {@link #MAX_CAP}; 0 for what suits the engine: 1 on the
 *     CPU, which gains nothing by batches, {@link #GPU_CAP} on a GPU
 * @param deadlineMillis that the first row of a batch waits for others while the engine is free, 0
 *     to 1000
 * @param ring sweeps that may be under way in one task, 1 to {@link #MAX_RING}; 1 means one after
 *     the other on the task's own thread. 0 for what suits the cap: 1 if that is 1, else as many as
 *     let all tasks together fill two batches
 */
public record Batching(int cap, int deadlineMillis, int ring) {
    /** Rows that travel together on a GPU: beyond, small networks are no faster a row. */
    public static final int GPU_CAP = 8;

    public static final int MAX_CAP = 64;
    public static final int MAX_RING = 256;

    private static final int MAX_DEADLINE_MILLIS = 1000;

    public Batching {
        require("cap", cap, MAX_CAP);
        require("deadlineMillis", deadlineMillis, MAX_DEADLINE_MILLIS);
        require("ring", ring, MAX_RING);
    }

    /** What suits the engine; three milliseconds. */
    public static Batching defaults() {
        return new Batching(0, 3, 0);
    }

    /** One row a run, one sweep after the other. */
    public static Batching none() {
        return new Batching(1, 0, 1);
    }

    public Batching withCap(int rows) {
        return new Batching(rows, deadlineMillis, ring);
    }

    public Batching withRing(int sweeps) {
        return new Batching(cap, deadlineMillis, sweeps);
    }

    /** Sweeps under way in each of so many tasks; a cap that is open counts as 1. */
    public int ringOf(int tasks) {
        if (ring > 0) {
            return ring;
        }
        int both = 2 * cap;
        return cap <= 1 ? 1 : Math.max(2, (both + tasks - 1) / tasks);
    }

    long deadlineNanos() {
        return deadlineMillis * 1_000_000L;
    }

    private static void require(String name, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(
                    "%s is %d, accepted 0 to %d".formatted(name, value, max));
        }
    }
}
