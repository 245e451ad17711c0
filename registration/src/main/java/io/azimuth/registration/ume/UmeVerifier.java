package io.azimuth.registration.ume;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How likely a pose is right, by logistic regression on what speaks for and against it. The weights
 * are of the signs that physics asks for (more overlap never speaks against a pose) and were fitted
 * to simulated towns alone; the resource names the seeds and the command. Immutable, thread-safe.
 */
final class UmeVerifier {
    private static final String RESOURCE = "verifier.csv";

    /** What an input says where it speaks against a pose more than any other. */
    private static final UmeReason[] REASONS = {
        UmeReason.AMBIGUOUS,
        UmeReason.LOW_SCORE,
        UmeReason.LOW_OVERLAP,
        UmeReason.FREE_SPACE,
        UmeReason.BAD_FIT,
        UmeReason.UNCERTAIN,
        UmeReason.UNCERTAIN,
        UmeReason.LOW_SCORE
    };

    private static final String[] NAMES = {
        "log_margin",
        "log_score",
        "log_overlap",
        "free_space",
        "log_residual",
        "log_sigma_m",
        "log_sigma_deg",
        "log_votes"
    };

    private static final UmeVerifier FITTED = read();

    private final double bias;
    private final double[] mean;
    private final double[] weight;

    private UmeVerifier(double bias, double[] mean, double[] weight) {
        this.bias = bias;
        this.mean = mean;
        this.weight = weight;
    }

    static UmeVerifier fitted() {
        return FITTED;
    }

    /** 0 .. 1. */
    double probability(UmeEvidence e) {
        double[] x = inputs(e);
        double sum = bias;
        for (int i = 0; i < x.length; i++) {
            sum += weight[i] * (x[i] - mean[i]);
        }
        return 1 / (1 + StrictMath.exp(-sum));
    }

    /** What speaks against a pose most. */
    UmeReason weakness(UmeEvidence e) {
        double[] x = inputs(e);
        int worst = 0;
        for (int i = 1; i < x.length; i++) {
            if (weight[i] * (x[i] - mean[i]) < weight[worst] * (x[worst] - mean[worst])) {
                worst = i;
            }
        }
        return REASONS[worst];
    }

    private static double[] inputs(UmeEvidence e) {
        return new double[] {
            log(e.margin(), 0.005),
            log(e.score(), 0.02),
            log(Math.min(e.forward().overlap(), e.back().overlap()), 0.01),
            Math.max(e.forward().freeSpace(), e.back().freeSpace()),
            log(e.residualM(), 0.01),
            log(e.sigmaM(), 0.002),
            log(Math.toDegrees(e.sigmaRad()), 0.002),
            log(e.voteShare(), 0.002)
        };
    }

    private static double log(double v, double least) {
        return StrictMath.log(Math.max(v, least));
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
        return of(rows);
    }

    private static UmeVerifier of(List<String[]> rows) {
        double[] mean = new double[NAMES.length];
        double[] weight = new double[NAMES.length];
        if (rows.size() != NAMES.length + 1 || !rows.get(0)[0].equals("bias")) {
            throw new IllegalStateException("resource " + RESOURCE + " has other rows");
        }
        for (int i = 0; i < NAMES.length; i++) {
            String[] row = rows.get(i + 1);
            if (!row[0].equals(NAMES[i])) {
                throw new IllegalStateException(
                        "resource %s: row %s, expected %s".formatted(RESOURCE, row[0], NAMES[i]));
            }
            mean[i] = Double.parseDouble(row[1]);
            weight[i] = Double.parseDouble(row[2]);
        }
        return new UmeVerifier(Double.parseDouble(rows.get(0)[2]), mean, weight);
    }
}
