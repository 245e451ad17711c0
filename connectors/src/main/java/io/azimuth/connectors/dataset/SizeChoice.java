package io.azimuth.connectors.dataset;

import io.azimuth.perception.simulation.SizeRegion;

/** Where the road users' sizes are drawn from. */
public enum SizeChoice {
    EUROPE,
    UNITED_STATES,
    /** By town, half of them each. */
    MIXED;

    SizeRegion drawn(Draws draws) {
        boolean europe = draws.chance(0.5);
        return switch (this) {
            case EUROPE -> SizeRegion.EUROPE;
            case UNITED_STATES -> SizeRegion.UNITED_STATES;
            case MIXED -> europe ? SizeRegion.EUROPE : SizeRegion.UNITED_STATES;
        };
    }
}
