package io.azimuth.connectors.dataset;

/**
 * Random numbers that are a pure function of a seed, a purpose and a position, so that a shard can
 * be made alone and in any order. Source: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
 * Not thread-safe.
 */
final class Draws {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private long state;

    /**
     * @param purpose keeps the sequences of different data sets of one seed apart
     * @param position within the data set, e.g. the number of a town
     */
    Draws(long seed, long purpose, long position) {
        state = mix(mix(mix(seed) ^ purpose) + position);
    }

    /** A seed of a town: not negative. */
    long seed() {
        return next() >>> 1;
    }

    double unit() {
        return (next() >>> 11) * 0x1p-53;
    }

    double between(double low, double high) {
        return low + (high - low) * unit();
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** A whole number below {@code n}. */
    int below(int n) {
        return (int) (unit() * n);
    }

    /** Nearly normal: twelve uniforms, at most 6 deviations from the mean. */
    double around(double mean, double sigma) {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += unit();
        }
        return mean + sigma * sum;
    }

    private long next() {
        state += GOLDEN;
        return mix(state);
    }

    private static long mix(long key) {
        long h = key;
        h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        return h ^ (h >>> 31);
    }
}
