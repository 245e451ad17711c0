package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A scan prepared for mode S, where nothing tells which way is up: thinned, turned into the axes of
 * its own spread (which keeps the grids below small), its surfaces described without a vertical.
 * Holds no state but what is computed at first use; safe for use by several threads.
 */
final class SpatialScan {
    /** Points that score and align, chosen so that no direction of surfaces dominates. */
    static final int BALANCED = 2000;

    final UmeConfig config;
    final Surfaces surfaces;
    final SpatialFeatures features;

    /** Evenly spread over the directions of normals, first the fewest that score. */
    final Surfaces balanced;

    final RigidTransform principalFromSensor;
    private final PointCloud cloud;
    private @Nullable SpatialDescriptors sourceDescriptors;
    private @Nullable SpatialDescriptors targetDescriptors;
    private @Nullable NearestVoxels nearest;
    private @Nullable FreeSpace freeSpace;

    /**
     * @param cloud finite points, not all on one line or plane; kept
     */
    SpatialScan(PointCloud cloud, UmeConfig config) {
        this.cloud = cloud;
        this.config = config;
        VoxelMeans v =
                VoxelMeans.of(cloud, config.voxelM(), config.minRangeM(), config.maxRangeM());
        principalFromSensor = principal(v);
        int n = v.size();
        double[] x = new double[n];
        double[] y = new double[n];
        double[] z = new double[n];
        boolean[] standing = new boolean[n];
        for (int i = 0; i < n; i++) {
            x[i] = principalFromSensor.mapX(v.x()[i], v.y()[i], v.z()[i]);
            y[i] = principalFromSensor.mapY(v.x()[i], v.y()[i], v.z()[i]);
            z[i] = principalFromSensor.mapZ(v.x()[i], v.y()[i], v.z()[i]);
            standing[i] = true;
        }
        features = new SpatialFeatures(x, y, z, n, config.maxRangeM());
        surfaces = new Surfaces(x, y, z, features.normals, features.planarity, standing, n);
        balanced =
                surfaces.chosen(
                        NormalBuckets.evenly(
                                features, n, BALANCED, new SplittableRandom(config.seed())));
    }

    /** Turns the axes of the least, middle and largest spread to z, y and x; no shift. */
    private static RigidTransform principal(VoxelMeans v) {
        Covariance3 spread = new Covariance3();
        for (int i = 0; i < v.size(); i++) {
            spread.add(v.x()[i], v.y()[i], v.z()[i]);
        }
        spread.decompose();
        double[] a = spread.axes();
        double[] r = {
            a[6],
            a[7],
            a[8],
            a[1] * a[8] - a[2] * a[7],
            a[2] * a[6] - a[0] * a[8],
            a[0] * a[7] - a[1] * a[6],
            a[0],
            a[1],
            a[2]
        };
        return RigidTransform.of(r, 0, 0, 0);
    }

    synchronized SpatialDescriptors descriptorsOfSource() {
        SpatialDescriptors known = sourceDescriptors;
        if (known == null) {
            known = SpatialDescriptors.of(this, 2.0, config.sourceKeyPoints());
            sourceDescriptors = known;
        }
        return known;
    }

    synchronized SpatialDescriptors descriptorsOfTarget() {
        SpatialDescriptors known = targetDescriptors;
        if (known == null) {
            known = SpatialDescriptors.of(this, 1.2, config.targetKeyPoints());
            targetDescriptors = known;
        }
        return known;
    }

    synchronized NearestVoxels nearest() {
        NearestVoxels known = nearest;
        if (known == null) {
            known = new NearestVoxels(surfaces.x(), surfaces.y(), surfaces.z(), surfaces.size());
            nearest = known;
        }
        return known;
    }

    synchronized FreeSpace freeSpace() {
        FreeSpace known = freeSpace;
        if (known == null) {
            known = new FreeSpace(cloud, principalFromSensor);
            freeSpace = known;
        }
        return known;
    }
}
