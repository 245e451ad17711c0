package io.azimuth.registration.icp;

import java.util.List;
import java.util.function.LongSupplier;

/** Our refiners by name. */
public final class Refiners {
    /** Names that {@link #named} knows. */
    public static final List<String> NAMES = List.of(Vgicp.NAME, Gicp.NAME);

    private Refiners() {}

    /**
     * A refiner for one thread.
     *
     * @param nanoClock monotonic nanoseconds for {@link Refinement#nanos()}; {@code () -> 0} for a
     *     result that repeats to the last field
     * @throws IllegalArgumentException naming those that exist
     */
    public static Refiner named(String name, RefinerSettings settings, LongSupplier nanoClock) {
        return switch (name) {
            case Vgicp.NAME -> new Vgicp(settings, nanoClock);
            case Gicp.NAME -> new Gicp(settings, nanoClock);
            default ->
                    throw new IllegalArgumentException(
                            "refiner is '" + name + "', expected one of " + NAMES);
        };
    }
}
