package io.azimuth.registration.ume;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What speaks for and against a pose. "Forward" judges the source's points by the target, "back"
 * the target's by the source. Shares are 0 .. 1.
 *
 * @param forward how the source's structure lies in the target
 * @param back how the target's structure lies in the source
 * @param margin lead of the mean score of both ways over the best other place
 * @param rivalOverlap largest structure overlap, the smaller of both ways, of any other place that
 *     was aligned: how much of the scans fits where they do not belong
 * @param distanceM between the sensors, in the plane
 * @param overlap share of all source voxels with a target voxel near
 * @param residualM median distance of those to the target's planes
 * @param sigmaM standard deviation of the source's place by the residuals' information
 * @param sigmaRad the same of its attitude
 * @param voteShare share of the source's key points whose match agrees with the pose
 */
public record UmeEvidence(
        Side forward,
        Side back,
        double margin,
        double rivalOverlap,
        double distanceM,
        double overlap,
        double residualM,
        double sigmaM,
        double sigmaRad,
        double voteShare) {
    /** Of a pair that has no pose. */
    static final UmeEvidence NONE = new UmeEvidence(Side.NONE, Side.NONE, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * One scan's structure seen by the other.
     *
     * @param ratio mean log-likelihood ratio
     * @param overlap share on the other's voxels
     * @param freeSpace share of what is in the other's view that stands where its rays passed
     * @param counts of points and places that agree and that contradict
     * @param relief how the grounds' shapes agree
     */
    public record Side(
            double ratio, double overlap, double freeSpace, Counts counts, Relief relief) {
        static final Side NONE = new Side(0, 0, 0, Counts.NONE, Relief.NONE);

        /** What poses are ranked by. */
        double score() {
            return ratio + overlap - freeSpace;
        }

        /** The smaller overlap of two ways. */
        static double leastOverlap(Side a, Side b) {
            return Math.min(a.overlap, b.overlap);
        }
    }

    /**
     * How the shape of one scan's ground agrees with the other's.
     *
     * @param squares of 4 m with ground of both
     * @param offM median, over these, of how far one's ground lies over or under the other's
     */
    public record Relief(int squares, double offM) {
        static final Relief NONE = new Relief(0, 0);
    }

    /**
     * How many of one scan's voxels the other confirms or contradicts; what it could not see counts
     * nowhere. Structure that is neither a wall nor a pole ("loose": crowns, hedges, parked cars)
     * and the ground's shape are counted apart: where blocks of houses repeat, they do not.
     *
     * @param met structure with a voxel of the other within 0.6 m
     * @param passed structure that stands where the other's rays passed
     * @param tight of {@code met}, those within 0.1 m of the other's plane
     * @param looseMet of {@code met}, those neither on a wall nor on a pole
     * @param loosePassed of {@code passed}, likewise
     * @param groundMet ground with a voxel of the other within 0.6 m
     * @param placesMet squares of 2 m in which more structure was met than contradicted
     * @param placesPassed squares of 2 m in which more was contradicted
     * @param clear of {@code passed}, those that the rays around passed as well: no edge of
     *     anything
     * @param poleMet of {@code met}, those on a pole
     * @param polePassed of {@code passed}, likewise
     * @param groundFine of {@code groundMet}, those within 0.05 m of the other's plane
     * @param placesTight squares of 2 m most of whose structure is tight
     * @param placesLoose other squares in which more is met than contradicted
     * @param placesEmpty squares of 2 m of which nearly all is contradicted
     */
    public record Counts(
            int met,
            int passed,
            int tight,
            int looseMet,
            int loosePassed,
            int groundMet,
            int placesMet,
            int placesPassed,
            int clear,
            int poleMet,
            int polePassed,
            int groundFine,
            int placesTight,
            int placesLoose,
            int placesEmpty) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        /** Both ways together. */
        Counts plus(Counts o) {
            return new Counts(
                    met + o.met,
                    passed + o.passed,
                    tight + o.tight,
                    looseMet + o.looseMet,
                    loosePassed + o.loosePassed,
                    groundMet + o.groundMet,
                    placesMet + o.placesMet,
                    placesPassed + o.placesPassed,
                    clear + o.clear,
                    poleMet + o.poleMet,
                    polePassed + o.polePassed,
                    groundFine + o.groundFine,
                    placesTight + o.placesTight,
                    placesLoose + o.placesLoose,
                    placesEmpty + o.placesEmpty);
        }
    }

    /** Mean of the scores of both ways. */
    public double score() {
        return 0.5 * (forward.score() + back.score());
    }

    /** By name, for tables. */
    public SortedMap<String, Double> values() {
        SortedMap<String, Double> out = new TreeMap<>();
        put(out, "f", forward);
        put(out, "b", back);
        out.put("margin", margin);
        out.put("rival", rivalOverlap);
        out.put("distance", distanceM);
        out.put("overlap", overlap);
        out.put("residual", residualM);
        out.put("sigma_m", sigmaM);
        out.put("sigma_rad", sigmaRad);
        out.put("votes", voteShare);
        return out;
    }

    private static void put(SortedMap<String, Double> out, String way, Side side) {
        Counts c = side.counts;
        out.put("ratio_" + way, side.ratio);
        out.put("overlap_" + way, side.overlap);
        out.put("free_" + way, side.freeSpace);
        out.put("met_" + way, (double) c.met);
        out.put("relief_" + way, side.relief.offM);
        out.put("relief_squares_" + way, (double) side.relief.squares);
        out.put("passed_" + way, (double) c.passed);
        out.put("tight_" + way, (double) c.tight);
        out.put("loose_met_" + way, (double) c.looseMet);
        out.put("loose_passed_" + way, (double) c.loosePassed);
        out.put("ground_met_" + way, (double) c.groundMet);
        out.put("places_met_" + way, (double) c.placesMet);
        out.put("places_passed_" + way, (double) c.placesPassed);
        out.put("clear_" + way, (double) c.clear);
        out.put("pole_met_" + way, (double) c.poleMet);
        out.put("pole_passed_" + way, (double) c.polePassed);
        out.put("ground_fine_" + way, (double) c.groundFine);
        out.put("places_tight_" + way, (double) c.placesTight);
        out.put("places_loose_" + way, (double) c.placesLoose);
        out.put("places_empty_" + way, (double) c.placesEmpty);
    }
}
