package io.azimuth.jobs.cli;

import org.jspecify.annotations.Nullable;

/**
 * Positions of sweeps from {@code from} to before {@code to}.
 *
 * @param from at least 0
 * @param to after {@code from}
 */
record SweepRange(int from, int to) {
    boolean contains(long sweep) {
        return sweep >= from && sweep < to;
    }

    int size() {
        return to - from;
    }

    /**
     * Reads {@code A:B}, {@code A:}, {@code :B} or {@code A}; null is everything.
     *
     * @throws CommandFailure if it is none of these or names no sweep
     */
    static SweepRange parse(@Nullable String text, int sweeps) {
        if (text == null) {
            return new SweepRange(0, sweeps);
        }
        String[] ends = text.split(":", -1);
        try {
            int from = ends[0].isEmpty() ? 0 : Integer.parseInt(ends[0]);
            int to = ends.length == 1 ? from + 1 : end(ends[1], sweeps);
            if (ends.length <= 2 && from >= 0 && from < to && to <= sweeps) {
                return new SweepRange(from, to);
            }
        } catch (NumberFormatException e) {
            // Same fault as a range that names no sweep.
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "--sweeps is '%s', expected A:B with 0 <= A < B <= %d".formatted(text, sweeps));
    }

    private static int end(String text, int sweeps) {
        return text.isEmpty() ? sweeps : Integer.parseInt(text);
    }
}
