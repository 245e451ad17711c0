package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.checks.Ticker;

/**
 * Keeps calls from an engine that fails: opens after three failures in a row, or more than a fifth
 * of the last fifty; lets one trial through after 10 s, twice as long after each that fails, 5 min
 * at most. Thread-safe.
 */
final class CircuitBreaker {
    /** Whether the engine is used. */
    enum State {
        /** It is. */
        CLOSED,
        /** It is not. */
        OPEN,
        /** One trial is under way. */
        HALF_OPEN
    }

    private static final int IN_A_ROW = 3;
    private static final int WINDOW = 50;
    private static final int OF_WINDOW = 10;
    private static final long FIRST_PAUSE_NANOS = 10_000_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 300_000_000_000L;

    private final Ticker ticker;
    private final boolean[] failed = new boolean[WINDOW];
    private int at;
    private int failures;
    private int inARow;
    private State state = State.CLOSED;
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long openedNanos;

    CircuitBreaker(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Whether the next call may go to the engine, and as what: {@code CLOSED} in earnest, {@code
     * HALF_OPEN} as the one trial, which must be reported by {@link #trial} or {@link
     * #trialSaidNothing}, {@code OPEN} not at all.
     */
    synchronized State ask() {
        if (state == State.OPEN && ticker.nanos() - openedNanos >= pauseNanos) {
            state = State.HALF_OPEN;
            return State.HALF_OPEN;
        }
        return state == State.HALF_OPEN ? State.OPEN : state; // one trial at a time
    }

    synchronized State state() {
        return state;
    }

    /**
     * What became of a call in earnest.
     *
     * @return whether this one opened the breaker
     */
    synchronized boolean report(boolean success) {
        failures += (success ? 0 : 1) - (failed[at] ? 1 : 0);
        failed[at] = !success;
        at = (at + 1) % WINDOW;
        inARow = success ? 0 : inARow + 1;
        if (state == State.CLOSED && (inARow >= IN_A_ROW || failures > OF_WINDOW)) {
            open(FIRST_PAUSE_NANOS);
            return true;
        }
        return false;
    }

    /** What became of the trial. */
    synchronized void trial(boolean success) {
        if (!success) {
            open(Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos));
            return;
        }
        java.util.Arrays.fill(failed, false);
        failures = 0;
        inARow = 0;
        state = State.CLOSED;
    }

    /** The trial's input was at fault: the next call is the trial. */
    synchronized void trialSaidNothing() {
        state = State.OPEN; // its pause is over, and stays so
    }

    private void open(long pause) {
        state = State.OPEN;
        pauseNanos = pause;
        openedNanos = ticker.nanos();
    }
}
