package io.azimuth.perception.invariant.places;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.ground.GroundConfig;
import io.azimuth.perception.ground.GroundProfile;
import io.azimuth.perception.ground.PolarCoordinates;
import io.azimuth.perception.invariant.Crop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Round pieces of what stands over the ground, 2 to 40 m away: from the nearest point outwards, a
 * point that lies 4 m or more beside all centres so far becomes the next centre, and everything
 * within 2.5 m of it a piece. No way is preferred, so a turn of the sensor leaves the pieces what
 * they are. One instance a thread; buffers are reused.
 */
final class ScenePatches {
    static final int MOST = 32;

    private static final double NEAREST_M = 2;
    private static final double FARTHEST_M = 40;
    private static final double LOWEST_M = 0.3;
    private static final double HIGHEST_M = 6;
    private static final double APART_M = 4;
    private static final double RADIUS_M = 2.5;
    private static final int MIN_POINTS = 16;

    private final PolarCoordinates polar = new PolarCoordinates();
    private final GroundProfile ground = new GroundProfile(GroundConfig.defaults());

    /** The pieces, nearest first, at most {@link #MOST}; small ones are left out. */
    List<Crop> cut(Sweep sweep) {
        PointCloud cloud = sweep.points();
        polar.compute(cloud);
        if (polar.validCount() == 0) {
            return List.of();
        }
        ground.estimate(cloud, polar);
        int[] standing = standing(cloud);
        List<Crop> out = new ArrayList<>();
        List<double[]> centres = new ArrayList<>();
        for (int i : standing) {
            double[] at = {cloud.x()[i], cloud.y()[i]};
            if (out.size() < MOST && isApart(at, centres)) {
                centres.add(at);
                int[] members = around(at, standing, cloud);
                if (members.length >= MIN_POINTS) {
                    out.add(Crop.inSensorFrame(cloud, members, members.length));
                }
            }
        }
        return out;
    }

    /**
     * Points over the ground, nearest first; equal ranges by height, then by place in the sweep.
     */
    private int[] standing(PointCloud cloud) {
        float[] above = ground.heightsAbove(cloud, polar);
        float[] range = polar.rangeM();
        Integer[] found = new Integer[polar.size()];
        int n = 0;
        for (int i = 0; i < polar.size(); i++) {
            boolean near = range[i] >= NEAREST_M && range[i] < FARTHEST_M;
            if (near && above[i] >= LOWEST_M && above[i] < HIGHEST_M) {
                found[n++] = i;
            }
        }
        Arrays.sort(
                found,
                0,
                n,
                (a, b) -> {
                    int byRange = Float.compare(range[a], range[b]);
                    return byRange != 0 ? byRange : Float.compare(cloud.z()[a], cloud.z()[b]);
                });
        int[] out = new int[n];
        for (int k = 0; k < n; k++) {
            out[k] = found[k];
        }
        return out;
    }

    private static boolean isApart(double[] at, List<double[]> centres) {
        for (double[] c : centres) {
            if (Math.hypot(at[0] - c[0], at[1] - c[1]) < APART_M) {
                return false;
            }
        }
        return true;
    }

    private static int[] around(double[] at, int[] among, PointCloud cloud) {
        int[] out = new int[among.length];
        int n = 0;
        for (int i : among) {
            double dx = cloud.x()[i] - at[0];
            double dy = cloud.y()[i] - at[1];
            if (dx * dx + dy * dy <= RADIUS_M * RADIUS_M) {
                out[n++] = i;
            }
        }
        return Arrays.copyOf(out, n);
    }
}
