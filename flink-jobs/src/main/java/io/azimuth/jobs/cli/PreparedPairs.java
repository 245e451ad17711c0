package io.azimuth.jobs.cli;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Gicp;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.icp.RefinerSettings;
import io.azimuth.registration.icp.Vgicp;
import io.azimuth.registration.neighbours.SurfaceCloud;
import io.azimuth.registration.neighbours.SurfaceVoxels;

/** A pair with trees and normals ready, so that the alignment alone can be timed. */
final class PreparedPairs {
    private final RefinerSettings settings = RefinerSettings.defaults();
    private final SurfaceCloud target = new SurfaceCloud(settings.neighbours());
    private final SurfaceCloud source = new SurfaceCloud(settings.neighbours());
    private final SurfaceVoxels voxels = new SurfaceVoxels(settings.voxelM());
    private final Gicp gicp = new Gicp(settings, () -> 0);
    private final Vgicp vgicp = new Vgicp(settings, () -> 0);
    private final String name;

    PreparedPairs(String name) {
        this.name = name;
    }

    void load(PointCloud targetPoints, PointCloud sourcePoints) {
        target.load(targetPoints, "target");
        source.load(sourcePoints, "source");
        voxels.load(target);
    }

    Refinement align() {
        return name.equals(Vgicp.NAME)
                ? vgicp.align(target, voxels, source, RigidTransform.IDENTITY)
                : gicp.align(target, source, RigidTransform.IDENTITY);
    }
}
