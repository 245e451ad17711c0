package io.azimuth.connectors.dataset;

import java.util.Locale;

/**
 * What pairs of scans are alike in. Overlap is the share of the source's 0.3 m voxels with a voxel
 * centre of the target nearer than 0.6 m under the truth, ground left out. Except for {@link
 * #SIM_10M} the source scan is turned about its sensor's axis so that the whole rotation becomes
 * what was drawn: a spinning sensor sees the same whichever way it is mounted.
 */
public enum PairProfile {
    /** Rotation uniform in 30 .. 180 degrees, distance uniform in 4.5 .. 51 m. */
    SIM_ROT(4.5, 51, 30, 180, 0.05, 1),
    /** Little in common: distance 20 .. 75 m, rotation below 90 degrees, overlap 8 .. 30 %. */
    SIM_LO(20, 75, 0, 90, 0.08, 0.30),
    /** Consecutive: the first sweep that is at least 10 m from the other. */
    SIM_10M(10, 14, 0, 180, 0.05, 1),
    /** Another sensor: the target has 64 beams, the source 32 or 16; 2 .. 20 m, any rotation. */
    SIM_CROSS(2, 20, 0, 180, 0.05, 1),
    /** Different places: far apart in one town, and in every other pair in two towns. */
    SIM_NEG(120, 1000, 0, 180, 0, 0.05),
    /**
     * Different places of one town, 60 .. 150 m apart, with next to nothing in common. The hardest
     * negatives: where blocks repeat, the next one looks alike.
     */
    SIM_APART(60, 150, 0, 180, 0, 0.02);

    final double leastM;
    final double mostM;
    final double leastDeg;
    final double mostDeg;
    final double leastOverlap;
    final double mostOverlap;

    PairProfile(
            double leastM,
            double mostM,
            double leastDeg,
            double mostDeg,
            double leastOverlap,
            double mostOverlap) {
        this.leastM = leastM;
        this.mostM = mostM;
        this.leastDeg = leastDeg;
        this.mostDeg = mostDeg;
        this.leastOverlap = leastOverlap;
        this.mostOverlap = mostOverlap;
    }

    /** As it stands on the command line and in files, e.g. {@code sim-rot}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether registering such a pair is wrong. */
    boolean negative() {
        return this == SIM_NEG || this == SIM_APART;
    }

    boolean accepts(double distanceM, double angleDeg, double overlap) {
        return distanceM >= leastM
                && distanceM <= mostM
                && angleDeg >= leastDeg
                && angleDeg <= mostDeg
                && overlap >= leastOverlap
                && overlap <= mostOverlap;
    }
}
