package io.azimuth.jobs.cli;

import io.azimuth.connectors.kafka.ReplayOptions;

/** The value of {@code --rate}. */
final class Rate {
    private Rate() {}

    /** A number above 0, or {@code max}. */
    static double parse(String text) {
        if (text.equals("max")) {
            return ReplayOptions.MAX_RATE;
        }
        try {
            double rate = Double.parseDouble(text);
            if (rate > 0 && rate < Double.POSITIVE_INFINITY) {
                return rate;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new CommandFailure(
                ExitCode.USAGE, "--rate " + text + ": expected a number above 0, or max");
    }
}
