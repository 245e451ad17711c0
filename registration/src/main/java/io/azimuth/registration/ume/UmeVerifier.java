package io.azimuth.registration.ume;

/**
 * How likely a pose is right. Each witness (overlap, agreement, ground, ...) is first compared with
 * what right poses show whose sensors stood as far apart and whose scans overlap as much: the next
 * block of a repetitive street, ten metres away by its pose, overlaps by more than a true place
 * seventy metres off, and yet by less than ten metres would make it. What is better than expected
 * counts little, what is worse counts against the pose. A logistic regression weighs these
 * deviations, the lead over the best other place and how much of the scans fits there. Few beams
 * show surfaces so coarsely that they have weights of their own, which expect less of scans with
 * fewer voxels of structure; as 64 beams see few in an empty place, such a pose is as likely as the
 * kinder of both sets has it. Weights have the signs that physics asks for and were fitted to
 * simulated towns alone, with scans brought to mid-sweep and scans that motion has bent; the
 * resources name the seeds and the command. Immutable, thread-safe.
 */
final class UmeVerifier {
    private static final double DISTANCE_UNIT_M = 50;
    private static final double MAX_DISTANCE = 3;
    private static final double LEAD_SCALE = 20;
    private static final int RELIEF_SQUARES = 4;

    /** Most scans of 32 beams and fewer have less structure than this, most of 64 more. */
    private static final double FEW_VOXELS = 6000;

    private static final double FEWEST_VOXELS = 50;
    private static final double FINE_VOXELS = 10_000;

    private static final String[] WITNESSES = {
        "log_overlap",
        "places",
        "loose",
        "tight",
        "sharpness",
        "clear",
        "pole",
        "ground",
        "empty_places",
        "count",
        "relief"
    };

    private static final UmeReason[] WITNESS_REASONS = {
        UmeReason.LOW_OVERLAP,
        UmeReason.FREE_SPACE,
        UmeReason.FREE_SPACE,
        UmeReason.BAD_FIT,
        UmeReason.BAD_FIT,
        UmeReason.FREE_SPACE,
        UmeReason.FREE_SPACE,
        UmeReason.BAD_FIT,
        UmeReason.FREE_SPACE,
        UmeReason.LOW_OVERLAP,
        UmeReason.BAD_FIT
    };

    private static final String[] PLAIN = {"log_overlap", "distance", "lead", "log_rival"};

    private static final UmeReason[] PLAIN_REASONS = {
        UmeReason.LOW_OVERLAP, UmeReason.LOW_OVERLAP, UmeReason.AMBIGUOUS, UmeReason.AMBIGUOUS
    };

    private static final UmeVerifier FITTED =
            new UmeVerifier(
                    UmeWeights.read("verifier.csv", WITNESSES, PLAIN),
                    UmeWeights.read("verifier-few.csv", WITNESSES, PLAIN));

    private final UmeWeights many;
    private final UmeWeights few;

    private UmeVerifier(UmeWeights many, UmeWeights few) {
        this.many = many;
        this.few = few;
    }

    static UmeVerifier fitted() {
        return FITTED;
    }

    /** Of all weights, 16 hexadecimal digits. */
    String digest() {
        return many.digest() + few.digest();
    }

    /** 0 .. 1. */
    double probability(UmeEvidence e) {
        double logOdds = many.logOdds(terms(e, many));
        if (isCoarse(e)) {
            logOdds = Math.max(logOdds, few.logOdds(terms(e, few)));
        }
        return 1 / (1 + StrictMath.exp(-logOdds));
    }

    /** What speaks against a pose most. */
    UmeReason weakness(UmeEvidence e) {
        double[] terms = terms(e, isCoarse(e) ? few : many);
        int worst = 0;
        for (int i = 1; i < terms.length; i++) {
            worst = terms[i] < terms[worst] ? i : worst;
        }
        int witnesses = WITNESSES.length;
        return worst < witnesses ? WITNESS_REASONS[worst] : PLAIN_REASONS[worst - witnesses];
    }

    /** Whether a scan shows so little structure that its sensor may have few beams. */
    static boolean isCoarse(UmeEvidence e) {
        return voxels(e) < FEW_VOXELS;
    }

    /** What each input adds to the log-odds. */
    private static double[] terms(UmeEvidence e, UmeWeights weights) {
        double fineness = StrictMath.log(Math.max(FEWEST_VOXELS, voxels(e)) / FINE_VOXELS);
        return weights.terms(witnesses(e), plain(e), fineness);
    }

    /** How many voxels of structure the sparser scan has. */
    private static double voxels(UmeEvidence e) {
        return Math.min(voxels(e.forward()), voxels(e.back()));
    }

    private static double voxels(UmeEvidence.Side side) {
        return side.counts().met() / Math.max(0.01, side.overlap());
    }

    /**
     * The ground's fit is told by that of the walls: noise and motion within a sweep spoil both,
     * another street with the same houses only the ground's.
     */
    private static double[] witnesses(UmeEvidence e) {
        UmeEvidence.Counts c = e.forward().counts().plus(e.back().counts());
        int squares = c.placesTight() + c.placesLoose();
        double tight =
                logit(0.5 * (tightness(e.forward().counts()) + tightness(e.back().counts())));
        return new double[] {
            logOverlap(e),
            share(c.placesMet(), c.placesPassed(), 1, 2),
            share(c.looseMet(), c.loosePassed(), 3, 4),
            tight,
            -StrictMath.log(Math.min(0.37, Math.max(0.01, e.residualM()))),
            share(c.met(), c.clear(), 3, 4),
            share(c.poleMet(), c.polePassed(), 2, 4),
            share(c.groundFine(), c.groundMet() - c.groundFine(), 2, 4) - tight,
            share(squares, c.placesEmpty(), 1, 2),
            StrictMath.log(1.0 + squares),
            relief(e)
        };
    }

    /** How closely the grounds' shapes agree; NaN where too little ground is common to tell. */
    private static double relief(UmeEvidence e) {
        UmeEvidence.Relief a = e.forward().relief();
        UmeEvidence.Relief b = e.back().relief();
        if (Math.min(a.squares(), b.squares()) < RELIEF_SQUARES) {
            return Double.NaN;
        }
        return -StrictMath.log(Math.min(0.4, Math.max(0.01, Math.max(a.offM(), b.offM()))));
    }

    /** Log-odds of a share of so many for and against, drawn towards a prior where they are few. */
    private static double share(int met, int against, double prior, double priors) {
        return logit((met + prior) / (met + against + priors));
    }

    private static double[] plain(UmeEvidence e) {
        double lead = StrictMath.log1p(LEAD_SCALE * Math.abs(e.margin()));
        return new double[] {
            logOverlap(e),
            Math.min(MAX_DISTANCE, e.distanceM() / DISTANCE_UNIT_M),
            e.margin() < 0 ? -lead : lead,
            StrictMath.log(Math.max(0.02, e.rivalOverlap()))
        };
    }

    private static double logOverlap(UmeEvidence e) {
        double least = UmeEvidence.Side.leastOverlap(e.forward(), e.back());
        return StrictMath.log(Math.max(0.01, least));
    }

    private static double tightness(UmeEvidence.Counts c) {
        return (c.tight() + 1.0) / (c.met() + 2.0);
    }

    private static double logit(double p) {
        return StrictMath.log(p / (1 - p));
    }
}
