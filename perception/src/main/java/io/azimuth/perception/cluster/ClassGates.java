package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.ObjectClass;

/**
 * How plausible a {@link Shape} is as a class: a product of soft windows on size, height, outline,
 * depth, roughness and surroundings, set by hand from what road users look like. Zero rules a class
 * out. All static, thread-safe.
 */
final class ClassGates {
    private static final double LOWEST_TOP_M = 0.9;
    private static final double HIGHEST_BOTTOM_M = 0.8;

    /** No gate is wider open. */
    private static final double WIDEST = 0.92;

    /** Less sure between two nearer things: a vehicle parked in a row, or a strip of a wall. */
    private static final double PARKED_STRIP = 0.7;

    /** What would tell a vehicle's cabin lies between the sensor's rows. */
    private static final double UNSEEN = 0.7;

    /** A low thing with something over it: a car beneath a tree, or a hedge. */
    private static final double SHADED = 0.7;

    private ClassGates() {}

    /** Of a car (which stands for every vehicle), a pedestrian or a cyclist; 0 .. 1. */
    static double of(ObjectClass c, Shape s) {
        return switch (c) {
            case PEDESTRIAN -> pedestrian(s);
            case CYCLIST -> cyclist(s);
            default -> Math.max(vehicle(s), highVehicle(s));
        };
    }

    /** The widest gate of all classes; surroundings that were not measured count as free. */
    static double widest(Shape s) {
        return Math.max(
                of(ObjectClass.CAR, s),
                Math.max(of(ObjectClass.PEDESTRIAN, s), of(ObjectClass.CYCLIST, s)));
    }

    /** No gate is wider, by what is known from the outline alone. */
    static double ofOutline(Shape s) {
        boolean small = s.longM() <= 2.3 && s.shortM() <= 1.4;
        boolean high = s.longM() >= 4.5 && s.shortM() >= 1.8;
        if (small || high) {
            return WIDEST;
        }
        return s.longM() < 1.2 || s.shortM() > 2.7 ? 0 : WIDEST * vehicleOutline(s);
    }

    /** Factors of a vehicle's score that depend on its outline only. */
    private static double vehicleOutline(Shape s) {
        double joined = 1 - 0.2 * s.gapM;
        if (s.longM() < 2.2) {
            // one face: as wide as a vehicle, and broadside to the sensor
            return 0.8
                    * joined
                    * window(s.longM(), 1.2, 1.5, 2.1, 2.5)
                    * window(s.onEdges, 0, 0.4, 2, 3)
                    * window(s.shortM(), -1, 0, 1.4, 3);
        }
        return joined
                * window(s.longM(), 1.8, 3, 5.6, 9)
                * window(s.onEdges, 0.1, 0.5, 2, 3)
                * window(s.shortM(), -1, 0, 2.1, 2.7);
    }

    private static double vehicle(Shape s) {
        if (s.longM() < 1.2 || s.shortM() > 2.7 || s.bottomM > HIGHEST_BOTTOM_M) {
            return 0;
        }
        // depth all along: no strip of a wall, whatever its height
        boolean tallAndFree = s.topM > 1.85 && !s.hiddenLeft && !s.hiddenRight;
        boolean solid = s.longM() >= 2.2 && (s.fullShortM() >= 1.2 || tallAndFree);
        double v = WIDEST;
        v *= top(s);
        // glass returns little: in walls and hedges most points are above the window line
        v *=
                solid
                        ? window(s.upperShare, -1, 0, 0.6, 0.8)
                        : window(s.upperShare, -1, 0, 0.45, 0.75);
        v *= window(s.roughnessM, -1, 0, 0.06, 0.16);
        v *= window(s.crowding, -1, 0, 0.4, 1.5);
        // what leaves the image at its upper edge above a car's roof is a house or a tree
        boolean under = s.overhead >= 3 && s.topM > 1.85;
        v *= under || (s.cutAbove && s.topM > 1.85 && !solid) ? 0.3 : s.overhead >= 3 ? SHADED : 1;
        // cabins stand back from the body; hedges and fences rise from their edge
        double setback = s.longM() < 2.2 ? 0.1 : 0.25;
        v *=
                s.upperShare == 0
                        ? UNSEEN
                        : solid && s.topM > 1.85 ? 1 : window(s.setbackM, -0.1, setback, 9, 10);
        v *= s.hiddenLeft && s.hiddenRight ? PARKED_STRIP : 1;
        // one face must be as wide up to the window line, two must not be hollow
        v *=
                s.longM() < 2.2
                        ? s.upperShare > 0
                                ? window(s.upperLongM / s.longM(), 0.3, 0.7, 2, 3)
                                : UNSEEN
                        : window(s.depth90M, solid && tallAndFree ? -0.1 : 0.05, 0.25, 1.6, 2.6);
        return v * vehicleOutline(s);
    }

    /** The best height between the highest point and the first row that passes over it. */
    private static double top(Shape s) {
        if (s.topM >= 1.3) {
            return window(s.topM, LOWEST_TOP_M, 1.3, 2.25, 2.55);
        }
        return window(Math.min(1.5, s.topBoundM), LOWEST_TOP_M, 1.3, 9, 10);
    }

    /** Trucks and buses go on above the roof limit; two faces must be seen, else it is a wall. */
    private static double highVehicle(Shape s) {
        if (s.longM() < 4.5 || s.shortM() < 1.8 || s.overhead < 3 || s.bottomM > HIGHEST_BOTTOM_M) {
            return 0;
        }
        return 0.7
                * window(s.longM(), 4.5, 6, 12, 13)
                * window(s.shortM(), 1.8, 2.2, 2.7, 3.2)
                * window(s.onEdges, 0.5, 0.85, 2, 3)
                * window(s.roughnessM, -1, 0, 0.04, 0.14)
                * window(s.crowding, -1, 0, 0.1, 0.5);
    }

    private static double pedestrian(Shape s) {
        double reach = Math.hypot(s.fullLongM(), s.fullShortM());
        if (reach > 1.4 || s.topM < 1.0 || s.topM > 2.2 || s.bottomM > 0.7) {
            return 0;
        }
        return 0.85
                * window(reach, 0.25, 0.55, 0.95, 1.3)
                * window(s.topM, 1.1, 1.45, 1.95, 2.2)
                * window(s.roughnessM, -1, 0, 0.05, 0.2)
                * alone(s);
    }

    private static double cyclist(Shape s) {
        double reach = Math.hypot(s.fullLongM(), s.fullShortM());
        if (reach < 0.9 || s.longM() > 2.3 || s.shortM() > 1.1 || s.bottomM > 0.7) {
            return 0;
        }
        return 0.85
                * window(reach, 0.9, 1.15, 2.1, 2.6)
                * window(s.fullShortM(), 0.1, 0.3, 1.0, 1.4)
                * window(s.upperLongM, 0.15, 0.3, 0.95, 1.4)
                * window(s.topM, 1.25, 1.5, 1.95, 2.2)
                * window(s.roughnessM, -1, 0, 0.05, 0.2)
                * alone(s);
    }

    /** People stand free; what has things beside it or above it is a stem, a post or a shelf. */
    private static double alone(Shape s) {
        double strip = s.hiddenLeft && s.hiddenRight ? 0.8 : 1;
        // a post or a stem that goes on above what the sensor sees
        strip *= s.cutAbove && s.topM > 1.75 ? 0.4 : 1;
        return strip * window(s.crowding, -1, 0, 0.4, 2) * window(s.overhead, -1, 0, 3, 20);
    }

    /** 0 outside [a, d], 1 inside [b, c], linear between. */
    private static double window(double v, double a, double b, double c, double d) {
        if (v <= a || v >= d) {
            return 0;
        }
        return v < b ? (v - a) / (b - a) : v > c ? (d - v) / (d - c) : 1;
    }
}
