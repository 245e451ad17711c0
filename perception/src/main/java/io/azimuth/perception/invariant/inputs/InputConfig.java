package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.invariant.SymmetryGroup;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How tensors are made of a crop; a network works with the configuration that it was trained with
 * and with no other.
 *
 * @param points K: points that are kept
 * @param neighbours k: nearest points of each point, among those that are kept
 * @param viewpoint whether the sensor's position is used; without it, normals point away from the
 *     centroid
 * @param unitSphere whether a crop is scaled to radius 1; else lengths stay metres
 * @param denseNormals whether normals come from the {@link #DENSE_NEIGHBOURS} nearest of all
 *     points; else from the k nearest of those that are kept
 * @param wideNeighbours whether the {@code neighbour} tensor holds every third rank behind the k
 *     nearest (k + 3, k + 6, ...); else the k nearest
 * @param sceneGlobals whether the {@code glob} tensor of {@code ri-edge} tells where the sensor is,
 *     too: its distance, for YAW also its height over the crop; needs a viewpoint
 */
public record InputConfig(
        EncoderOption option,
        SymmetryGroup group,
        int points,
        int neighbours,
        boolean viewpoint,
        boolean unitSphere,
        boolean denseNormals,
        boolean wideNeighbours,
        boolean sceneGlobals) {
    /** Changes whenever a tensor's meaning does; a network of another version is refused. */
    public static final int FEATURE_VERSION = 1;

    static final int DENSE_NEIGHBOURS = 16;
    static final int WIDE_STEP = 3;

    private static final int MIN_POINTS = 8;
    private static final int MAX_POINTS = 1024;
    private static final int MAX_NEIGHBOURS = 64;

    public InputConfig {
        if (!option.groups().contains(group)) {
            throw new IllegalArgumentException(
                    "group is %s, accepted for %s: %s"
                            .formatted(group, option.label(), option.groups()));
        }
        if (points < MIN_POINTS || points > MAX_POINTS) {
            throw new IllegalArgumentException(
                    "points is %d, accepted %d to %d".formatted(points, MIN_POINTS, MAX_POINTS));
        }
        if (neighbours < 1 || neighbours > MAX_NEIGHBOURS || neighbours >= points) {
            throw new IllegalArgumentException(
                    "neighbours is %d, accepted 1 to %d and below points"
                            .formatted(neighbours, MAX_NEIGHBOURS));
        }
        if (sceneGlobals && !(viewpoint && option == EncoderOption.RI_EDGE)) {
            throw new IllegalArgumentException(
                    "globals of the scene: accepted for ri-edge with a viewpoint, found %s"
                            .formatted(viewpoint ? option.label() : "no viewpoint"));
        }
    }

    /** For crops of a sensor: metres, viewpoint, normals of the kept points. */
    public static InputConfig of(
            EncoderOption option, SymmetryGroup group, int points, int neighbours) {
        return new InputConfig(option, group, points, neighbours, true, false, false, false, false);
    }

    /** The same, with what the scene tells of the whole crop or without it. */
    public InputConfig withSceneGlobals(boolean told) {
        return new InputConfig(
                option,
                group,
                points,
                neighbours,
                viewpoint,
                unitSphere,
                denseNormals,
                wideNeighbours,
                told);
    }

    /** As a manifest's {@code preprocessing} has it. */
    public Map<String, Object> manifest() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("encoder", option.label());
        out.put("group", group.name().toLowerCase(Locale.ROOT));
        out.put("points", points);
        out.put("neighbours", neighbours);
        out.put("viewpoint", viewpoint);
        out.put("normalise", unitSphere ? "unit-sphere" : "none");
        out.put("normals", denseNormals ? "dense" : "kept");
        out.put("neighbourRanks", wideNeighbours ? "wide" : "near");
        if (sceneGlobals) { // left out where a bundle of before may not know it
            out.put("globals", "scene");
        }
        out.put("featureVersion", FEATURE_VERSION);
        return out;
    }
}
