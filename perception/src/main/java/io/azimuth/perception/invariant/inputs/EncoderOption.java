package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.invariant.SymmetryGroup;
import java.util.ArrayList;
import java.util.List;

/** The families of crop encoders that can be chosen, with the groups each can be built for. */
public enum EncoderOption {
    /** Features of edges in local frames, over neighbours: the default. */
    RI_EDGE("ri-edge", true, SymmetryGroup.YAW, SymmetryGroup.SO3, SymmetryGroup.O3),
    /** Points in the crop's principal axes (classical scaling), signs by the third moment. */
    MDS_CANON("mds-canon", true, SymmetryGroup.YAW, SymmetryGroup.SO3, SymmetryGroup.O3),
    /** Points in all signed principal frames, averaged (Frame Averaging). */
    FRAME_AVG("frame-avg", true, SymmetryGroup.YAW, SymmetryGroup.SO3, SymmetryGroup.O3),
    /** Points, turned by a frame that the network itself finds. */
    LEARNED_CANON("learned-canon", true, SymmetryGroup.SO3),
    /** Steerable spherical neurons, then vector neurons (TetraSphere). */
    TETRA_VN("tetra-vn", true, SymmetryGroup.SO3, SymmetryGroup.O3),
    /** Attention over products of pairs (geometric algebra). */
    GA_ATTN("ga-attn", true, SymmetryGroup.SO3, SymmetryGroup.O3),
    /** Messages over distances (E(n)-equivariant graph network). */
    EGNN("egnn", true, SymmetryGroup.SO3, SymmetryGroup.O3),
    /** Weights shared over positions and orientations, one orientation a point: its normal. */
    PONITA("ponita", true, SymmetryGroup.SO3),
    /** Densities on concentric spheres; turns are exact by whole bins of azimuth. */
    CONCENTRIC("concentric", false, SymmetryGroup.YAW),
    /** Points as they lie: the baseline, which no rotation leaves alone. */
    POINTNET("pointnet", false, SymmetryGroup.NONE);

    private final String label;
    private final boolean exact;
    private final List<SymmetryGroup> groups;

    EncoderOption(String label, boolean exact, SymmetryGroup... groups) {
        this.label = label;
        this.exact = exact;
        this.groups = List.of(groups);
    }

    /** The name in configurations and manifests. */
    public String label() {
        return label;
    }

    /** Whether the group leaves the results alone up to rounding. */
    public boolean exact() {
        return exact;
    }

    /** Groups it can be built for; the first is the usual one. */
    public List<SymmetryGroup> groups() {
        return groups;
    }

    /** All names, in order. */
    public static List<String> labels() {
        List<String> out = new ArrayList<>();
        for (EncoderOption option : values()) {
            out.add(option.label);
        }
        return out;
    }

    /**
     * The option of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static EncoderOption ofLabel(String label) {
        for (EncoderOption option : values()) {
            if (option.label.equals(label)) {
                return option;
            }
        }
        throw new IllegalArgumentException(
                "encoder is '%s', accepted %s".formatted(label, String.join(", ", labels())));
    }
}
