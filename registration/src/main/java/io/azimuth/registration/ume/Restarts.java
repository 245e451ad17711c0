package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts beside a pose that has settled. Where scans from far apart have little in common, an
 * alignment that ends wrong ends with the source too near, for nearer scans overlap more, or with
 * its far end lifted: far ground that once has left the alignment's reach pulls no more. So the
 * source is set back along the line between the sensors, and its far end is lowered about the
 * middle of what is common.
 */
final class Restarts {
    private static final double[] BACK_M = {1.4, 2};
    private static final double[] DOWN_DEG = {1.5, 2.5};
    private static final double NEAR_M = 0.8;

    private Restarts() {}

    /** Between level frames, as the pose is. */
    static List<RigidTransform> about(RigidTransform pose, UmeScan target, UmeScan source) {
        double away = Math.max(1e-6, Math.hypot(pose.tx(), pose.ty()));
        double ux = pose.tx() / away;
        double uy = pose.ty() / away;
        List<RigidTransform> out = new ArrayList<>();
        for (double m : BACK_M) {
            out.add(RigidTransform.translation(ux * m, uy * m, 0).times(pose));
        }
        double[] middle = middle(pose, target, source);
        RigidTransform there = RigidTransform.translation(middle[0], middle[1], middle[2]);
        for (double deg : DOWN_DEG) {
            double a = Math.toRadians(deg);
            RigidTransform turn = RigidTransform.exp(new double[] {-uy * a, ux * a, 0, 0, 0, 0});
            out.add(there.times(turn).times(there.inverse()).times(pose));
        }
        return out;
    }

    /** Mean place, in the target, of the source's voxels that have one of the target's near. */
    private static double[] middle(RigidTransform pose, UmeScan target, UmeScan source) {
        NearestVoxels nearest = target.target().nearest;
        double[] sum = new double[3];
        int n = 0;
        for (int i = 0; i < source.size; i++) {
            double px = pose.mapX(source.x[i], source.y[i], source.z[i]);
            double py = pose.mapY(source.x[i], source.y[i], source.z[i]);
            double pz = pose.mapZ(source.x[i], source.y[i], source.z[i]);
            int j = nearest.rough(px, py, pz);
            if (j >= 0 && nearest.squared(j, px, py, pz) < NEAR_M * NEAR_M) {
                sum[0] += px;
                sum[1] += py;
                sum[2] += pz;
                n++;
            }
        }
        for (int k = 0; k < 3; k++) {
            sum[k] /= Math.max(1, n);
        }
        return sum;
    }
}
