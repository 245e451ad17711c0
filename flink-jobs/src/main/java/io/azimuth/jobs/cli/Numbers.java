package io.azimuth.jobs.cli;

/** Numbers that options take. */
final class Numbers {
    private Numbers() {}

    /** Ends the command unless the option's number is at least {@code least}; NaN is not. */
    static void requireAtLeast(String option, double value, double least) {
        if (!(value >= least && value < Double.POSITIVE_INFINITY)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%s %s: expected %s or more".formatted(option, plain(value), plain(least)));
        }
    }

    private static String plain(double value) {
        return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }
}
