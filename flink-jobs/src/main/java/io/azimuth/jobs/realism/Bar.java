package io.azimuth.jobs.realism;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How near a simulated figure must be to the real one. */
record Bar(Kind kind, double low, double high) {
    enum Kind {
        /** Simulated over real lies between low and high. */
        RATIO,
        /** Simulated less real lies between low and high. */
        DIFFERENCE,
        /** Both figures lie between low and high. */
        BOTH_WITHIN
    }

    static Bar withinFactor(double factor) {
        return new Bar(Kind.RATIO, 1 / factor, factor);
    }

    static Bar withinShare(double share) {
        return new Bar(Kind.RATIO, 1 - share, 1 + share);
    }

    static Bar withinPoints(double points) {
        return new Bar(Kind.DIFFERENCE, -points, points);
    }

    static Bar bothWithin(double low, double high) {
        return new Bar(Kind.BOTH_WITHIN, low, high);
    }

    /** Whether the bar is met; null if one side has no figure. */
    @Nullable Boolean met(double real, double simulated) {
        if (Double.isNaN(real) || Double.isNaN(simulated)) {
            return null;
        }
        return switch (kind) {
            case RATIO -> within(simulated / real);
            case DIFFERENCE -> within(simulated - real);
            case BOTH_WITHIN -> within(real) && within(simulated);
        };
    }

    String text() {
        return switch (kind) {
            case RATIO -> String.format(Locale.ROOT, "ratio %.2f..%.2f", low, high);
            case DIFFERENCE -> String.format(Locale.ROOT, "difference %+.2f..%+.2f", low, high);
            case BOTH_WITHIN -> String.format(Locale.ROOT, "both %.3f..%.3f", low, high);
        };
    }

    private boolean within(double v) {
        return v >= low && v <= high;
    }
}
