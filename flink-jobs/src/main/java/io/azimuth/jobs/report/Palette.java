package io.azimuth.jobs.report;

import io.azimuth.perception.geometry.ObjectClass;
import java.awt.Color;

/** Colours of classes and heights. */
final class Palette {
    /** Heights above this share the last colour, metres. */
    static final double TOP_M = 4;

    /** Points lower than this are drawn as ground, metres. */
    static final double GROUND_M = 0.25;

    private static final int[] STOPS = {
        0x2b5c8a, 0x1f8f9c, 0x35b58a, 0x9fcf5a, 0xf2d45c, 0xf59a4a, 0xe8604c
    };
    private static final int[] RAMP = ramp(256);

    private Palette() {}

    static Color of(ObjectClass c) {
        return switch (c) {
            case CAR -> new Color(0x3fc1ff);
            case VAN -> new Color(0x6f9bff);
            case TRUCK -> new Color(0xb18cff);
            case BUS -> new Color(0xe08bff);
            case PEDESTRIAN -> new Color(0xff5f8f);
            case CYCLIST -> new Color(0xffc93c);
            case UNKNOWN -> new Color(0xa8b2c1);
        };
    }

    /** What stands beside a box of this class. */
    static String letter(ObjectClass c) {
        return switch (c) {
            case CAR -> "C";
            case VAN -> "V";
            case TRUCK -> "T";
            case BUS -> "B";
            case PEDESTRIAN -> "P";
            case CYCLIST -> "Y";
            case UNKNOWN -> "?";
        };
    }

    /** Colour of a point so many metres over the ground, as 0xRRGGBB. */
    static int height(double metres) {
        double share = (metres - GROUND_M) / (TOP_M - GROUND_M);
        return RAMP[(int) (255 * Math.max(0, Math.min(1, share)))];
    }

    /** A colour between two, component by component. */
    static int mix(int a, int b, double share) {
        int red = between(a >> 16 & 255, b >> 16 & 255, share);
        int green = between(a >> 8 & 255, b >> 8 & 255, share);
        return red << 16 | green << 8 | between(a & 255, b & 255, share);
    }

    private static int between(int a, int b, double share) {
        return (int) Math.round(a + (b - a) * share);
    }

    private static int[] ramp(int size) {
        int[] out = new int[size];
        for (int i = 0; i < size; i++) {
            double place = i * (STOPS.length - 1) / (double) (size - 1);
            int low = Math.min((int) place, STOPS.length - 2);
            out[i] = mix(STOPS[low], STOPS[low + 1], place - low);
        }
        return out;
    }
}
