package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.Arrays;

/**
 * What speaks for a pose in mode S. Points of every direction of surfaces count alike; a point on a
 * plane counts only as far as the planes agree. Poses map principal frames. Not thread-safe.
 */
final class SpatialCheck {
    private static final double NEAR_M = 0.6;
    private static final double MIN_SCORE = 0.40;
    private static final double MIN_MARGIN = 0.18;
    private static final double MIN_OVERLAP = 0.20;
    private static final double MAX_RESIDUAL_M = 0.08;
    private static final double MAX_FREE_SPACE_SHARE = 0.05;

    private final Surfaces target;
    private final NearestVoxels nearest;
    private final FreeSpace freeSpace;
    private final Surfaces all;
    private final Surfaces balanced;

    double overlap;
    double balancedOverlap;
    double freeSpaceShare;
    double medianResidualM;
    int inliers;

    SpatialCheck(SpatialScan target, SpatialScan source) {
        this.target = target.surfaces;
        nearest = target.nearest();
        freeSpace = target.freeSpace();
        all = source.surfaces;
        balanced = source.balanced;
    }

    /**
     * Mean closeness of the first {@code points} balanced points, 0 .. 1, less the share that
     * stands where the target's rays passed.
     */
    double score(RigidTransform pose, int points) {
        double[] r = pose.toRows();
        int n = Math.min(points, balanced.size());
        double sum = 0;
        int passed = 0;
        int met = 0;
        for (int i = 0; i < n; i++) {
            double sx = balanced.x()[i];
            double sy = balanced.y()[i];
            double sz = balanced.z()[i];
            double px = r[0] * sx + r[1] * sy + r[2] * sz + r[3];
            double py = r[4] * sx + r[5] * sy + r[6] * sz + r[7];
            double pz = r[8] * sx + r[9] * sy + r[10] * sz + r[11];
            int j = nearest.rough(px, py, pz);
            double d2 = j < 0 ? Double.MAX_VALUE : nearest.squared(j, px, py, pz);
            if (d2 < NearestVoxels.REACH_M * NearestVoxels.REACH_M) {
                double near = 1 - d2 / (NearestVoxels.REACH_M * NearestVoxels.REACH_M);
                sum += near * agreement(r, i, j);
            }
            boolean on = d2 < NEAR_M * NEAR_M;
            met += on ? 1 : 0;
            passed += !on && freeSpace.look(px, py, pz) > 0 ? 1 : 0;
        }
        balancedOverlap = met / (double) Math.max(1, n);
        freeSpaceShare = passed / (double) Math.max(1, n);
        return sum / Math.max(1, n) - freeSpaceShare;
    }

    /** 1 where no plane is concerned, the squared cosine between the normals where two are. */
    private double agreement(double[] r, int i, int j) {
        float[] sn = balanced.normals();
        float[] tn = target.normals();
        double mx = r[0] * sn[3 * i] + r[1] * sn[3 * i + 1] + r[2] * sn[3 * i + 2];
        double my = r[4] * sn[3 * i] + r[5] * sn[3 * i + 1] + r[6] * sn[3 * i + 2];
        double mz = r[8] * sn[3 * i] + r[9] * sn[3 * i + 1] + r[10] * sn[3 * i + 2];
        double dot = mx * tn[3 * j] + my * tn[3 * j + 1] + mz * tn[3 * j + 2];
        double flat = balanced.planarity()[i] * target.planarity()[j];
        return 1 - flat * (1 - dot * dot);
    }

    /** Fills overlap and residual, over all source voxels. */
    void measure(RigidTransform pose) {
        double[] residuals = new double[all.size()];
        int flat = 0;
        inliers = 0;
        for (int i = 0; i < all.size(); i++) {
            double px = pose.mapX(all.x()[i], all.y()[i], all.z()[i]);
            double py = pose.mapY(all.x()[i], all.y()[i], all.z()[i]);
            double pz = pose.mapZ(all.x()[i], all.y()[i], all.z()[i]);
            int j = nearest.near(px, py, pz);
            if (j >= 0 && nearest.squared(j, px, py, pz) < NEAR_M * NEAR_M) {
                inliers++;
                float[] n = target.normals();
                residuals[flat++] =
                        Math.abs(
                                n[3 * j] * (px - target.x()[j])
                                        + n[3 * j + 1] * (py - target.y()[j])
                                        + n[3 * j + 2] * (pz - target.z()[j]));
            }
        }
        overlap = inliers / (double) Math.max(1, all.size());
        Arrays.sort(residuals, 0, flat);
        medianResidualM = flat == 0 ? Double.MAX_VALUE : residuals[flat / 2];
    }

    UmeReason reason(double score, double margin) {
        if (!(score >= MIN_SCORE)) {
            return UmeReason.LOW_SCORE;
        }
        if (!(overlap >= MIN_OVERLAP)) {
            return UmeReason.LOW_OVERLAP;
        }
        if (!(medianResidualM <= MAX_RESIDUAL_M)) {
            return UmeReason.BAD_FIT;
        }
        if (!(freeSpaceShare <= MAX_FREE_SPACE_SHARE)) {
            return UmeReason.FREE_SPACE;
        }
        return margin >= MIN_MARGIN ? UmeReason.NONE : UmeReason.AMBIGUOUS;
    }
}
