package io.azimuth.perception.invariant.places;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;

/** Sweeps of points, for descriptors that look at nothing else. */
final class WholeSweeps {
    private WholeSweeps() {}

    static Sweep of(PointCloud cloud) {
        return new Sweep(
                "v",
                "v/top",
                "drive",
                0,
                0,
                100_000_000,
                Sweep.Sector.WHOLE,
                RigidTransform.IDENTITY,
                null,
                cloud);
    }
}
