package io.azimuth.perception.cluster;

import java.util.List;

/** The measures of a {@link Shape} that {@link FittedTrees} judge it by, in a fixed order. */
final class ShapeFeatures {
    /** Names by index; part of the trees' file. */
    static final List<String> NAMES =
            List.of(
                    "long_m",
                    "short_m",
                    "full_long_m",
                    "full_short_m",
                    "top_m",
                    "unseen_m",
                    "bottom_m",
                    "mean_height_m",
                    "low_share",
                    "upper_share",
                    "upper_long_m",
                    "upper_short_m",
                    "setback_m",
                    "depth90_m",
                    "roughness_m",
                    "on_edges",
                    "crowding",
                    "overhead",
                    "hidden_ends",
                    "hidden_below",
                    "cut_above",
                    "fill",
                    "gap_m",
                    "density",
                    "aspect_rad",
                    "hidden_left",
                    "hidden_right",
                    "near1_m",
                    "near2_m");

    /** So many tell what a shape is; the others, where its unseen part lies. */
    static final int OF_CLASS = 25;

    private ShapeFeatures() {}

    /** Writes the features of {@code s} into {@code out}. */
    static void write(Shape s, float[] out) {
        int n = 0;
        out[n++] = (float) s.longM();
        out[n++] = (float) s.shortM();
        out[n++] = (float) s.fullLongM();
        out[n++] = (float) s.fullShortM();
        out[n++] = (float) s.topM;
        out[n++] = (float) s.unseenM();
        out[n++] = (float) s.bottomM;
        out[n++] = (float) s.meanHeightM;
        out[n++] = (float) s.lowShare;
        out[n++] = (float) s.upperShare;
        out[n++] = (float) s.upperLongM;
        out[n++] = (float) s.upperShortM;
        out[n++] = (float) s.setbackM;
        out[n++] = (float) s.depth90M;
        out[n++] = (float) s.roughnessM;
        out[n++] = (float) s.onEdges;
        out[n++] = (float) Math.min(3, s.crowding);
        out[n++] = (float) Math.min(3, s.overhead / (double) s.points);
        out[n++] = (s.hiddenLeft ? 1 : 0) + (s.hiddenRight ? 1 : 0);
        out[n++] = s.hiddenBelow ? 1 : 0;
        out[n++] = s.cutAbove ? 1 : 0;
        out[n++] = (float) s.fill;
        out[n++] = (float) s.gapM;
        out[n++] = (float) Math.min(99, s.density);
        out[n++] = (float) s.aspectRad;
        boolean flip = mirrored1(s) != mirrored2(s);
        out[n++] = (flip ? s.hiddenRight : s.hiddenLeft) ? 1 : 0;
        out[n++] = (flip ? s.hiddenLeft : s.hiddenRight) ? 1 : 0;
        out[n++] = (float) (mirrored1(s) ? -s.high1 : s.low1);
        out[n] = (float) (mirrored2(s) ? -s.high2 : s.low2);
    }

    /**
     * Whether the shape lies on the negative half of its long axis; it is then looked at mirrored.
     */
    static boolean mirrored1(Shape s) {
        return s.low1 + s.high1 < 0;
    }

    static boolean mirrored2(Shape s) {
        return s.low2 + s.high2 < 0;
    }
}
