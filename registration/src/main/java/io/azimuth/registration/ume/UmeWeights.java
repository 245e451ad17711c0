package io.azimuth.registration.ume;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * One set of {@link UmeVerifier}'s weights, as {@code fit_verifier.py} writes it. Immutable,
 * thread-safe.
 *
 * @param bias log-odds of a pose that is just as right ones are
 * @param witness a witness's {constant, distance, its square, fineness, its square, log overlap,
 *     standard deviation, weight}
 * @param plain a plain input's {mean over right poses, weight}
 * @param digest of all of it, 8 hexadecimal digits
 */
record UmeWeights(double bias, double[][] witness, double[][] plain, String digest) {
    private static final double BEST = 1;

    /**
     * Deviations below these count no more. How finely surfaces meet is the sensor's and its
     * motion's doing as well as the place's, so those two may not decide alone.
     */
    private static final double[] WORST = {-6, -6, -6, -1.5, -1.5, -6, -6, -6, -6, -6, -4};

    private static final int WITNESS_COLUMNS = 8;
    private static final int PLAIN_COLUMNS = 2;

    /**
     * What each input adds to the log-odds: the witnesses, then the plain inputs, of which the
     * first two are the log of the overlap and the distance.
     *
     * @param fineness log of how many voxels of structure there are, of a usual number
     */
    double[] terms(double[] values, double[] inputs, double fineness) {
        double logOverlap = inputs[0];
        double d = inputs[1];
        double[] out = new double[values.length + inputs.length];
        for (int i = 0; i < values.length; i++) {
            double[] w = witness[i];
            double expected =
                    w[0]
                            + w[1] * d
                            + w[2] * d * d
                            + w[3] * fineness
                            + w[4] * fineness * fineness
                            + w[5] * logOverlap;
            double z = (values[i] - expected) / w[6];
            out[i] = Double.isNaN(z) ? 0 : w[7] * Math.min(BEST, Math.max(WORST[i], z));
        }
        for (int i = 0; i < inputs.length; i++) {
            out[values.length + i] = plain[i][1] * (inputs[i] - plain[i][0]);
        }
        return out;
    }

    /** Of a pose whose inputs add these. */
    double logOdds(double[] terms) {
        double sum = bias;
        for (double term : terms) {
            sum += term;
        }
        return sum;
    }

    /**
     * Reads a resource beside this class.
     *
     * @throws IllegalStateException if it is missing or of another form
     */
    static UmeWeights read(String resource, String[] witnesses, String[] plain) {
        List<String[]> rows = rows(resource);
        int expected = 1 + witnesses.length + plain.length;
        if (rows.size() != expected || !rows.get(0)[0].equals("bias")) {
            throw new IllegalStateException("resource " + resource + " has other rows");
        }
        return new UmeWeights(
                Double.parseDouble(rows.get(0)[1]),
                numbers(resource, rows.subList(1, rows.size()), witnesses, WITNESS_COLUMNS),
                numbers(
                        resource,
                        rows.subList(1 + witnesses.length, rows.size()),
                        plain,
                        PLAIN_COLUMNS),
                digest(rows));
    }

    private static List<String[]> rows(String resource) {
        try (InputStream in = UmeWeights.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(List<String[]> rows) {
        CRC32 sum = new CRC32();
        for (String[] row : rows) {
            sum.update(String.join(",", row).concat("\n").getBytes(StandardCharsets.UTF_8));
        }
        return "%08x".formatted(sum.getValue());
    }

    private static double[][] numbers(
            String resource, List<String[]> rows, String[] names, int columns) {
        double[][] out = new double[names.length][columns];
        for (int i = 0; i < names.length; i++) {
            String[] row = rows.get(i);
            if (!row[0].equals(names[i]) || row.length != columns + 1) {
                throw new IllegalStateException(
                        "resource %s: row %s of %d, expected %s of %d"
                                .formatted(resource, row[0], row.length, names[i], columns + 1));
            }
            for (int k = 0; k < columns; k++) {
                out[i][k] = Double.parseDouble(row[k + 1]);
            }
        }
        return out;
    }
}
