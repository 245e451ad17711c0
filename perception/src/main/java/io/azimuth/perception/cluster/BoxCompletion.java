package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;

/**
 * Turns a partly seen rectangle into a whole box of its class: the edges that face the sensor stay,
 * the far ones move out to the class's mean size. Where something nearer hides one end of a lone
 * face, the other end stays.
 */
final class BoxCompletion {
    /** Less depth than this is one face, not two. */
    private static final double LONE_FACE_M = 0.6;

    private BoxCompletion() {}

    static OrientedBox complete(Shape s, ObjectClass c) {
        double meanLength = meanLength(c);
        double meanWidth = meanWidth(c);
        double low1 = s.low1;
        double high1 = s.high1;
        double low2 = s.low2;
        double high2 = s.high2;
        double yaw = s.yaw;
        boolean vehicle = c.isVehicle();
        if (vehicle && s.longM() < 2.2 && facesSensor(s)) {
            // only the front or rear is seen: the long side points away from the sensor
            low1 = s.low2;
            high1 = s.high2;
            low2 = -s.high1;
            high2 = -s.low1;
            yaw += Math.PI / 2;
        }
        double length = Math.max(high1 - low1, meanLength);
        double width = Math.max(high2 - low2, meanWidth);
        double c1 = place(low1, high1, length);
        if (vehicle && high2 - low2 < LONE_FACE_M) {
            c1 = placeFace(s, low1, high1, 0.5 * (low2 + high2), length);
        }
        double c2 = place(low2, high2, width);
        double cos = Math.cos(yaw);
        double sin = Math.sin(yaw);
        double height = height(s, c);
        return new OrientedBox(
                c1 * cos - c2 * sin,
                c1 * sin + c2 * cos,
                s.groundZ + 0.5 * height,
                length,
                width,
                height,
                yaw);
    }

    /** Whether the long extent lies across the line of sight rather than along it. */
    private static boolean facesSensor(Shape s) {
        double m1 = 0.5 * (s.low1 + s.high1);
        double m2 = 0.5 * (s.low2 + s.high2);
        return Math.abs(m2) > Math.abs(m1);
    }

    /** Centre of an interval widened to {@code extent} away from the sensor (at 0). */
    private static double place(double low, double high, double extent) {
        if (low > 0.3) {
            return low + 0.5 * extent;
        }
        if (high < -0.3) {
            return high - 0.5 * extent;
        }
        return 0.5 * (low + high);
    }

    /** Centre of a lone face seen from the side of {@code across}: visible ends stay. */
    private static double placeFace(
            Shape s, double low, double high, double across, double extent) {
        // seen from the sensor (at 0), the axis runs to the left where the face lies at its right
        boolean lowHidden = across < 0 ? s.hiddenRight : s.hiddenLeft;
        boolean highHidden = across < 0 ? s.hiddenLeft : s.hiddenRight;
        if (lowHidden == highHidden) {
            return lowHidden ? 0.5 * (low + high) : place(low, high, extent);
        }
        return lowHidden ? high - 0.5 * extent : low + 0.5 * extent;
    }

    /** As high as seen, or as its class where the top is hidden. */
    static double height(Shape s, ObjectClass c) {
        double mean = meanHeight(c);
        return s.topM > 0.8 * mean ? s.topM : mean;
    }

    static double meanLength(ObjectClass c) {
        return switch (c) {
            case CAR -> 4.2;
            case VAN -> 4.9;
            case TRUCK -> 8;
            case BUS -> 11;
            case CYCLIST -> 1.76;
            default -> 0.75;
        };
    }

    static double meanWidth(ObjectClass c) {
        return switch (c) {
            case CAR -> 1.75;
            case VAN -> 1.9;
            case TRUCK -> 2.5;
            case BUS -> 2.7;
            case CYCLIST -> 0.6;
            default -> 0.6;
        };
    }

    static double meanHeight(ObjectClass c) {
        return switch (c) {
            case CAR -> 1.55;
            case VAN -> 2.1;
            case TRUCK, BUS -> 3.2;
            default -> 1.73;
        };
    }
}
