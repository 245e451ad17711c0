package io.azimuth.perception.simulation;

/**
 * Random numbers by hashing a counter: the same key gives the same number in any order of calls.
 * Source: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
 */
final class CounterHash {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    /** Four 16-bit uniforms have variance 4/12 of their range squared. */
    private static final double GAUSS_SCALE = 1.7320508075688772 / 65536;

    private CounterHash() {}

    static long mix(long key) {
        long h = key + GOLDEN;
        h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        return h ^ (h >>> 31);
    }

    /** A key below {@code key}. */
    static long child(long key, long index) {
        return mix(key ^ (index * 0xD1342543DE82EF95L + 0x632BE59BD9B4E019L));
    }

    /** In [0, 1) from the upper 53 bits. */
    static double unit(long hash) {
        return (hash >>> 11) * UNIT;
    }

    /** Nearly normal (sum of four uniforms, at most 3.46 sigma): mean 0, deviation 1. */
    static double gauss(long hash) {
        long sum =
                (hash & 0xFFFF) + (hash >>> 16 & 0xFFFF) + (hash >>> 32 & 0xFFFF) + (hash >>> 48);
        return (sum - 131070) * GAUSS_SCALE;
    }
}
