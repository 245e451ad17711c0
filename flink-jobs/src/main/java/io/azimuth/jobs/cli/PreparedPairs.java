package io.azimuth.jobs.cli;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Gicp;
import io.azimuth.registration.icp.RefinerSettings;
import io.azimuth.registration.icp.Vgicp;
import io.azimuth.registration.neighbours.SurfaceCloud;
import io.azimuth.registration.neighbours.SurfaceVoxels;
import io.azimuth.registration.pcl.NativeCloud;
import io.azimuth.registration.pcl.PclRefiner;
import java.util.function.LongSupplier;

/** A pair with trees and covariances ready, so that the alignment alone can be timed. */
interface PreparedPairs {
    /** Aligns from the identity; processor time of the alignment alone, nanoseconds. */
    long align(PointCloud target, PointCloud source);

    /** Of ours: with the conclusion (inliers, error, information). */
    final class Ours implements PreparedPairs {
        private final SurfaceCloud target;
        private final SurfaceCloud source;
        private final SurfaceVoxels voxels;
        private final Gicp gicp;
        private final Vgicp vgicp;
        private final boolean voxelised;
        private final LongSupplier cpuNanos;

        Ours(String name, RefinerSettings settings, LongSupplier cpuNanos) {
            target = new SurfaceCloud(settings.neighbours());
            source = new SurfaceCloud(settings.neighbours());
            voxels = new SurfaceVoxels(settings.voxelM());
            gicp = new Gicp(settings, () -> 0);
            vgicp = new Vgicp(settings, () -> 0);
            voxelised = name.equals(Vgicp.NAME);
            this.cpuNanos = cpuNanos;
        }

        @Override
        public long align(PointCloud targetPoints, PointCloud sourcePoints) {
            target.load(targetPoints, "target");
            source.load(sourcePoints, "source");
            voxels.load(target);
            long begun = cpuNanos.getAsLong();
            if (voxelised) {
                vgicp.align(target, voxels, source, RigidTransform.IDENTITY);
            } else {
                gicp.align(target, source, RigidTransform.IDENTITY);
            }
            return cpuNanos.getAsLong() - begun;
        }
    }

    /** Of PCL: its align() alone, as its own side of the call measures it. */
    record Pcl(PclRefiner refiner) implements PreparedPairs {
        @Override
        public long align(PointCloud target, PointCloud source) {
            try (NativeCloud onto = NativeCloud.of(target);
                    NativeCloud from = NativeCloud.of(source)) {
                return refiner.align(onto, from, RigidTransform.IDENTITY).alignNanos();
            }
        }
    }
}
