package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.ObjectClass;

/** Scores a {@link Shape} as each class; holds the best. */
final class ClassScores {
    ObjectClass best = ObjectClass.UNKNOWN;
    double score;

    /** Cheap bound: whether any class could take these extents. */
    static boolean plausible(Shape s) {
        return s.longM() <= 13 && s.shortM() <= 3.2 && s.longM() >= 0.15;
    }

    void rate(Shape s) {
        best = ObjectClass.UNKNOWN;
        score = 0;
        take(vehicleClass(s), vehicle(s));
        take(ObjectClass.PEDESTRIAN, pedestrian(s));
        take(ObjectClass.CYCLIST, cyclist(s));
    }

    private void take(ObjectClass c, double value) {
        if (value > score) {
            score = value;
            best = c;
        }
    }

    private static ObjectClass vehicleClass(Shape s) {
        if (s.longM() > 6.2) {
            return s.longM() > 9.5 ? ObjectClass.BUS : ObjectClass.TRUCK;
        }
        return s.topM > 1.85 ? ObjectClass.VAN : ObjectClass.CAR;
    }

    private static double vehicle(Shape s) {
        if (s.longM() < 1.2 || s.shortM() > 2.7 || s.topM < 0.9 || s.bottomM > 0.8) {
            return 0;
        }
        double v = 0.9;
        v *= window(s.longM(), 1.3, 2.2, 5.6, 9);
        v *= s.longM() > 2.3 ? window(s.shortM(), -1, 0, 2.1, 2.7) : 1;
        v *= window(s.topM, 0.9, 1.3, 2.2, 3.2);
        v *= window(s.onEdges, 0.3, 0.75, 2, 3);
        v *= window(s.roughnessM, -1, 0, 0.04, 0.15);
        v *= window(s.crowding, -1, 0, 0.1, 0.8);
        return v;
    }

    private static double pedestrian(Shape s) {
        if (s.longM() > 1.3 || s.topM < 1.0 || s.topM > 2.2 || s.bottomM > 0.7) {
            return 0;
        }
        double v = 0.8;
        v *= window(s.longM(), 0.15, 0.4, 0.9, 1.3);
        v *= window(s.shortM(), -1, 0, 0.7, 1.0);
        v *= window(s.topM, 1.0, 1.45, 1.95, 2.2);
        v *= window(s.crowding, -1, 0, 0.1, 0.6);
        v *= window(s.overhead, -1, 0, 1, 6);
        return v;
    }

    private static double cyclist(Shape s) {
        if (s.longM() < 0.9 || s.longM() > 2.4 || s.shortM() > 1.1 || s.topM < 1.2 || s.topM > 2.3) {
            return 0;
        }
        double v = 0.8;
        v *= window(s.longM(), 0.9, 1.3, 1.95, 2.4);
        v *= window(s.shortM(), 0.1, 0.3, 0.8, 1.1);
        v *= window(s.topM, 1.2, 1.5, 2.0, 2.3);
        v *= window(s.crowding, -1, 0, 0.1, 0.6);
        v *= window(s.overhead, -1, 0, 1, 6);
        return v;
    }

    /** 0 outside [a, d], 1 inside [b, c], linear between. */
    private static double window(double v, double a, double b, double c, double d) {
        if (v <= a || v >= d) {
            return 0;
        }
        return v < b ? (v - a) / (b - a) : v > c ? (d - v) / (d - c) : 1;
    }
}
