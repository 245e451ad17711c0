package io.azimuth.perception.simulation;

/**
 * What the streets of a world lie on: a smooth base, raised by a kerb wherever there is no road.
 * Implementations are immutable and thread-safe.
 */
interface Ground {
    /** Height of the road surface extended over the whole world, metres. */
    double base(double x, double y);

    /** Signed distance to the kerb, about exact near it: negative on the road, metres. */
    double kerbDistance(double x, double y);

    /** How far everything beside the road lies above {@link #base}, metres. */
    double kerbM();

    /** How far from the kerb the sidewalk reaches; grass begins there. */
    double sidewalkM();

    /** What lies at a distance from the kerb, beside the road. */
    default Surface beside(double kerbDistance) {
        return kerbDistance > sidewalkM() ? Surface.GRASS : Surface.SIDEWALK;
    }

    /** Height of what one stands on. */
    default double ground(double x, double y) {
        return base(x, y) + (kerbDistance(x, y) > 0 ? kerbM() : 0);
    }
}
