package io.azimuth.perception.simulation;

/** A stream of random numbers for building worlds; not thread-safe. */
final class Dice {
    private final long key;
    private long drawn;

    Dice(long key) {
        this.key = key;
    }

    /** Independent of what was drawn from this one. */
    Dice child(long index) {
        return new Dice(CounterHash.child(key, index));
    }

    long bits() {
        return CounterHash.child(key, drawn++);
    }

    double unit() {
        return CounterHash.unit(bits());
    }

    double between(double low, double high) {
        return low + (high - low) * unit();
    }

    /** Normal within 2.5 deviations. */
    double around(double mean, double sigma) {
        double g = CounterHash.gauss(bits());
        return mean + sigma * Math.max(-2.5, Math.min(2.5, g));
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    int below(int n) {
        return (int) (unit() * n);
    }
}
