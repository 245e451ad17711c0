package io.azimuth.jobs.report;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.GroundConfig;
import io.azimuth.perception.ground.GroundProfile;
import io.azimuth.perception.ground.PolarCoordinates;

/** Heights of a sweep's points over the ground, for their colours. Reusable; not thread-safe. */
final class GroundHeights {
    private final GroundProfile profile = new GroundProfile(GroundConfig.defaults());
    private final PolarCoordinates polar = new PolarCoordinates();

    /**
     * Metres over the ground by point, NaN or unspecified where unknown; valid until the next call.
     */
    float[] of(PointCloud cloud) {
        polar.compute(cloud);
        if (polar.validCount() == 0) {
            return new float[cloud.size()];
        }
        profile.estimate(cloud, polar);
        return profile.heightsAbove(cloud, polar);
    }
}
