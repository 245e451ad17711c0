package io.azimuth.perception.simulation;

/** What a point without an object lies on. */
public enum Surface {
    ROAD(0.10),
    KERB(0.30),
    SIDEWALK(0.25),
    GRASS(0.35),
    HOUSE(0.40),
    WALL(0.35),
    FENCE(0.30),
    HEDGE(0.40),
    POLE(0.35),
    TRUNK(0.25),
    CROWN(0.40),
    SIGN(1.00),
    FURNITURE(0.30),

    /** Nothing: a return from between two surfaces. */
    MIXED(0.30);

    private static final Surface[] ALL = values();

    private final double albedo;

    Surface(double albedo) {
        this.albedo = albedo;
    }

    /** Share of the light that comes back at normal incidence before any variation, in [0, 1]. */
    double albedo() {
        return albedo;
    }

    /** The label of points on this surface: negative. */
    public int label() {
        return -1 - ordinal();
    }

    /**
     * The surface of a negative label.
     *
     * @throws IllegalArgumentException if the label is an object's (0 or more) or unknown
     */
    public static Surface ofLabel(int label) {
        if (label >= 0 || label < -ALL.length) {
            throw new IllegalArgumentException(
                    "label is %d, expected %d .. -1 for a surface".formatted(label, -ALL.length));
        }
        return ALL[-1 - label];
    }
}
