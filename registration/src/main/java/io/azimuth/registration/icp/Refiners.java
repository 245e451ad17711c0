package io.azimuth.registration.icp;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.LongSupplier;

/** Refiners by name: ours, and those of other back-ends that {@link ServiceLoader} finds. */
public final class Refiners {
    /** Names of ours. */
    public static final List<String> NAMES = List.of(Vgicp.NAME, Gicp.NAME);

    private Refiners() {}

    /** Another back-end's refiners. Stateless, thread-safe. */
    public interface Provider {
        List<String> names();

        /**
         * One of {@link #names()}, for one thread.
         *
         * @throws RuntimeException if the back-end cannot be used here, with what to install
         */
        Refiner named(String name, RefinerSettings settings);
    }

    /** All names that {@link #named} knows, ours first. */
    public static List<String> all() {
        List<String> out = new ArrayList<>(NAMES);
        for (Provider provider : providers()) {
            out.addAll(provider.names());
        }
        return List.copyOf(out);
    }

    private static ServiceLoader<Provider> providers() {
        return ServiceLoader.load(Provider.class, Refiners.class.getClassLoader());
    }

    /**
     * A refiner for one thread.
     *
     * @param nanoClock monotonic nanoseconds for {@link Refinement#nanos()}; {@code () -> 0} for a
     *     result that repeats to the last field
     * @throws IllegalArgumentException naming those that exist
     * @throws RuntimeException of a back-end that cannot be used here, with what to install
     */
    public static Refiner named(String name, RefinerSettings settings, LongSupplier nanoClock) {
        if (name.equals(Vgicp.NAME)) {
            return new Vgicp(settings, nanoClock);
        }
        if (name.equals(Gicp.NAME)) {
            return new Gicp(settings, nanoClock);
        }
        for (Provider provider : providers()) {
            if (provider.names().contains(name)) {
                return provider.named(name, settings);
            }
        }
        throw new IllegalArgumentException("refiner is '" + name + "', expected one of " + all());
    }
}
