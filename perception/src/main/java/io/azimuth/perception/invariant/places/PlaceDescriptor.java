package io.azimuth.perception.invariant.places;

import io.azimuth.perception.geometry.Sweep;

/**
 * Describes the place where a sweep was taken by a vector of length 1, whose inner product with
 * another sweep's is the larger the more alike the places look, whatever way the vehicle faced. A
 * pure function of the sweep. One instance a thread.
 */
public interface PlaceDescriptor {
    /** The option, e.g. {@code concentric}. */
    String id();

    /** Numbers of a descriptor. */
    int length();

    /** The descriptor of a sweep, of length 1 (all 0 if nothing stands around); the caller's. */
    float[] describe(Sweep sweep);

    /**
     * The descriptor of a sweep whose place is looked for among those that {@link #describe} made:
     * the same, unless the option tells the two apart.
     */
    default float[] describeQuery(Sweep sweep) {
        return describe(sweep);
    }
}
