package io.azimuth.perception.simulation;

/** What a point without an object lies on. New ones are appended: labels are kept in files. */
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
    MIXED(0.30),
    /** Front gardens and the ground behind them, at heights of their own. */
    LAWN(0.40),
    /** Glass of buildings, shelters and stalls, with its frames' dirt. */
    WINDOW(0.30),
    ROOF(0.25),
    STAIRS(0.35),
    /** Retro-reflective plates of signs and barriers: brighter than any diffuse surface. */
    PLATE(6.00),
    /** Bicycle racks and the bicycles in them. */
    RACK(0.30),
    /** Statues and fountain figures: as tall as people, and nobody. */
    FIGURE(0.45),
    /** Cloth of parasols, awnings and stalls. */
    CLOTH(0.50),
    /** Reflective bands of bollards: brighter than the pulse's detector can time. */
    BAND(6.00);

    private static final Surface[] ALL = values();

    private final double albedo;

    Surface(double albedo) {
        this.albedo = albedo;
    }

    /**
     * Share of the light that comes back at normal incidence before any variation; above 1 for
     * retro-reflectors.
     */
    double albedo() {
        return albedo;
    }

    /** Whether one walks or drives on it: what a ground filter should find. */
    public boolean isGround() {
        return switch (this) {
            case ROAD, KERB, SIDEWALK, GRASS, LAWN -> true;
            default -> false;
        };
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
