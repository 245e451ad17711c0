package io.azimuth.registration.ume;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * How likely a pose is right. Each witness (overlap, agreement, ground, ...) is first compared with
 * what right poses show whose sensors stood as far apart and whose scans overlap as much: the next
 * block of a repetitive street, ten metres away by its pose, overlaps by more than a true place
 * seventy metres off, and yet by less than ten metres would make it. What is better than expected
 * counts little, what is worse counts against the pose. A logistic regression weighs these
 * deviations, the lead over the best other place and how much of the scans fits there. Weights have
 * the signs that physics asks for and were fitted to simulated towns alone, with scans brought to
 * mid-sweep and scans that motion has bent; the resource names the seeds and the command.
 * Immutable, thread-safe.
 */
final class UmeVerifier {
    private static final String RESOURCE = "verifier.csv";
    private static final double BEST = 1;
    private static final double DISTANCE_UNIT_M = 50;
    private static final double MAX_DISTANCE = 3;
    private static final double LEAD_SCALE = 20;
    private static final int RELIEF_SQUARES = 4;

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

    /**
     * Deviations below these count no more. How finely surfaces meet is the sensor's and its
     * motion's doing as well as the place's, so those two may not decide alone.
     */
    private static final double[] WORST = {-6, -6, -6, -1.5, -1.5, -6, -6, -6, -6, -6, -4};

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

    private static final UmeVerifier FITTED = read();

    private final double bias;

    /** A witness's {constant, distance, its square, log overlap, standard deviation, weight}. */
    private final double[][] witness;

    /** A plain input's {mean over right poses, weight}. */
    private final double[][] plain;

    private final String digest;

    private UmeVerifier(String digest, double bias, double[][] witness, double[][] plain) {
        this.digest = digest;
        this.bias = bias;
        this.witness = witness;
        this.plain = plain;
    }

    static UmeVerifier fitted() {
        return FITTED;
    }

    /** Of all weights, 8 hexadecimal digits. */
    String digest() {
        return digest;
    }

    /** 0 .. 1. */
    double probability(UmeEvidence e) {
        double sum = bias;
        for (double term : terms(e)) {
            sum += term;
        }
        return 1 / (1 + StrictMath.exp(-sum));
    }

    /** What speaks against a pose most. */
    UmeReason weakness(UmeEvidence e) {
        double[] terms = terms(e);
        int worst = 0;
        for (int i = 1; i < terms.length; i++) {
            worst = terms[i] < terms[worst] ? i : worst;
        }
        int witnesses = witness.length;
        return worst < witnesses ? WITNESS_REASONS[worst] : PLAIN_REASONS[worst - witnesses];
    }

    /** What each input adds to the log-odds. */
    private double[] terms(UmeEvidence e) {
        double[] values = witnesses(e);
        double[] inputs = plain(e);
        double logOverlap = inputs[0];
        double d = inputs[1];
        double[] out = new double[values.length + inputs.length];
        for (int i = 0; i < values.length; i++) {
            double[] w = witness[i];
            double expected = w[0] + w[1] * d + w[2] * d * d + w[3] * logOverlap;
            double z = (values[i] - expected) / w[4];
            out[i] = Double.isNaN(z) ? 0 : w[5] * Math.min(BEST, Math.max(WORST[i], z));
        }
        for (int i = 0; i < inputs.length; i++) {
            out[values.length + i] = plain[i][1] * (inputs[i] - plain[i][0]);
        }
        return out;
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

    private static UmeVerifier read() {
        List<String[]> rows = new ArrayList<>();
        try (InputStream in = UmeVerifier.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing");
            }
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (line != null) {
                if (!line.startsWith("#")) {
                    rows.add(line.split(",", -1));
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int expected = 1 + WITNESSES.length + PLAIN.length;
        if (rows.size() != expected || !rows.get(0)[0].equals("bias")) {
            throw new IllegalStateException("resource " + RESOURCE + " has other rows");
        }
        return new UmeVerifier(
                digest(rows),
                Double.parseDouble(rows.get(0)[1]),
                numbers(rows, 1, WITNESSES, 6),
                numbers(rows, 1 + WITNESSES.length, PLAIN, 2));
    }

    private static String digest(List<String[]> rows) {
        CRC32 sum = new CRC32();
        for (String[] row : rows) {
            sum.update(String.join(",", row).concat("\n").getBytes(StandardCharsets.UTF_8));
        }
        return "%08x".formatted(sum.getValue());
    }

    private static double[][] numbers(List<String[]> rows, int from, String[] names, int columns) {
        double[][] out = new double[names.length][columns];
        for (int i = 0; i < names.length; i++) {
            String[] row = rows.get(from + i);
            if (!row[0].equals(names[i]) || row.length != columns + 1) {
                throw new IllegalStateException(
                        "resource %s: row %s of %d, expected %s of %d"
                                .formatted(RESOURCE, row[0], row.length, names[i], columns + 1));
            }
            for (int k = 0; k < columns; k++) {
                out[i][k] = Double.parseDouble(row[k + 1]);
            }
        }
        return out;
    }
}
