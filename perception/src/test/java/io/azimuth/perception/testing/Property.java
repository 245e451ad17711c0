package io.azimuth.perception.testing;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Runs a property over many seeded cases; a failure names the seed to rerun alone. */
public final class Property {
    private static final long FIRST_SEED = Long.getLong("azimuth.seed", 20260101L);

    private Property() {}

    /**
     * Runs {@code body} with consecutive seeds.
     *
     * @throws AssertionError naming the case and its seed if {@code body} throws
     */
    public static void forAll(int cases, Consumer<RandomGenerator> body) {
        for (int i = 0; i < cases; i++) {
            try {
                body.accept(RandomGeneratorFactory.of("L64X128MixRandom").create(FIRST_SEED + i));
            } catch (Throwable t) {
                throw new AssertionError(
                        "case " + i + ": rerun with -Dazimuth.seed=" + (FIRST_SEED + i), t);
            }
        }
    }
}
