package io.azimuth.registration.pcl;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.LinkedHashMap;
import java.util.Map;

/** Clouds that PCL ends the process on, or makes nonsense of, and their neighbours. */
final class HostileClouds {
    private HostileClouds() {}

    /** By name; those whose name begins with bad hold coordinates that must be refused. */
    static Map<String, PointCloud> beside(PointCloud street) {
        Map<String, PointCloud> hostile = new LinkedHashMap<>();
        hostile.put("bad-nan", with(street, 7, Float.NaN));
        hostile.put("bad-inf", with(street, 0, Float.POSITIVE_INFINITY));
        hostile.put("bad-minus-inf", with(street, 399, Float.NEGATIVE_INFINITY));
        hostile.put("bad-max", with(street, 11, Float.MAX_VALUE));
        hostile.put("bad-1e30", with(street, 12, 1e30f));
        hostile.put("bad-all-nan", all(60, Float.NaN));
        hostile.put("empty", new PointCloud());
        for (int n : new int[] {1, 2, 3, 9, 19, 20, 21, 49}) {
            hostile.put("points-" + n, Clouds.box(n, n, 5, 5, 5));
        }
        hostile.put("identical", all(100, 3));
        hostile.put("two-places", twoPlaces());
        hostile.put("collinear", Clouds.box(2, 100, 20, 1e-30, 1e-30));
        hostile.put("coplanar", Clouds.box(3, 200, 20, 20, 1e-30));
        hostile.put("denormal", Clouds.box(4, 100, 1e-40, 1e-40, 1e-40));
        hostile.put("tiny", Clouds.box(5, 200, 1e-12, 1e-12, 1e-12));
        hostile.put("huge", Clouds.box(6, 200, 9.9e4, 9.9e4, 9.9e4));
        hostile.put("far", Clouds.moved(street, RigidTransform.translation(99e3, -99e3, 99e3)));
        hostile.put("exponential", exponential());
        hostile.put("doubled", doubled(street));
        hostile.put("disjoint", Clouds.moved(street, RigidTransform.translation(500, 500, 0)));
        return hostile;
    }

    private static PointCloud with(PointCloud cloud, int at, float value) {
        PointCloud out = cloud.copy();
        (at % 3 == 0 ? out.x() : at % 3 == 1 ? out.y() : out.z())[at] = value;
        return out;
    }

    static PointCloud all(int n, float value) {
        PointCloud out = new PointCloud(n);
        for (int i = 0; i < n; i++) {
            out.add(value, value, value, 0);
        }
        return out;
    }

    private static PointCloud twoPlaces() {
        PointCloud out = all(60, 1);
        for (int i = 0; i < 60; i++) {
            out.add(5, 5, 5, 0);
        }
        return out;
    }

    /** Each point ten times as far as the last: the deepest tree. */
    private static PointCloud exponential() {
        PointCloud out = new PointCloud();
        for (int i = 0; i < 300; i++) {
            double r = 9e4 * Math.pow(0.75, i);
            Clouds.add(out, r, r * (i % 2), -r * (i % 3));
        }
        return out;
    }

    private static PointCloud doubled(PointCloud street) {
        PointCloud out = street.copy();
        for (int i = 0; i < street.size(); i++) {
            out.add(street.x()[i], street.y()[i], street.z()[i], 0);
        }
        return out;
    }
}
