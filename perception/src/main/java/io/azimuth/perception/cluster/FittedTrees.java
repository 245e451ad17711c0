package io.azimuth.perception.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums of small decision trees over {@link ShapeFeatures}, by name: {@code car}, {@code pedestrian}
 * and {@code cyclist} score a candidate, {@code axis}, {@code centre1} and {@code centre2} complete
 * a vehicle that is seen in part. Fitted to simulated towns of family A under 16 to 128 beams by
 * {@code perception/training/fitted_trees.py}; no recording was used. Immutable.
 *
 * <p>Source: Friedman, "Greedy function approximation: a gradient boosting machine" (2001).
 */
final class FittedTrees {
    private static final String RESOURCE = "fitted-trees.txt";

    /** Splits of a tree, all of them on the same depth; its leaves are one more. */
    private static final int SPLITS = 15;

    private final Map<String, Forest> forests;

    /** Trees one after another: splits in level order, then leaves from left to right. */
    record Forest(double bias, byte[] feature, float[] threshold, float[] leaf) {
        /** Of features as {@link ShapeFeatures#write} gives them. */
        double sum(float[] x) {
            double sum = bias;
            for (int t = 0, l = 0; t < feature.length; t += SPLITS, l += SPLITS + 1) {
                int n = 0;
                while (n < SPLITS) {
                    n = 2 * n + (x[feature[t + n]] <= threshold[t + n] ? 1 : 2);
                }
                sum += leaf[l + n - SPLITS];
            }
            return sum;
        }

        /** The sum through a logistic, 0 .. 1. */
        double probability(float[] x) {
            return 1 / (1 + Math.exp(-sum(x)));
        }
    }

    private FittedTrees(Map<String, Forest> forests) {
        this.forests = forests;
    }

    /** The trees that come with the detector. */
    static FittedTrees load() {
        try (InputStream in = FittedTrees.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return read(
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                            .lines()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads {@code features a,b,..}, then for each forest {@code forest NAME BIAS} and a line
     * {@code tree} each: feature numbers, thresholds, leaves.
     *
     * @throws IllegalArgumentException naming the line that is not as expected
     */
    static FittedTrees read(List<String> lines) {
        Map<String, Forest> forests = new HashMap<>();
        @Nullable String name = null;
        double bias = 0;
        List<float[]> trees = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] words = lines.get(i).split(" ", -1);
            switch (words[0]) {
                case "#" -> {}
                case "features" ->
                        require(words[1].equals(String.join(",", ShapeFeatures.NAMES)), i, lines);
                case "forest" -> {
                    close(forests, name, bias, trees);
                    name = words[1];
                    bias = Double.parseDouble(words[2]);
                }
                default -> {
                    require(words.length == 3 * SPLITS + 2 && words[0].equals("tree"), i, lines);
                    trees.add(numbers(words));
                }
            }
        }
        close(forests, name, bias, trees);
        return new FittedTrees(forests);
    }

    private static float[] numbers(String[] words) {
        float[] tree = new float[words.length - 1];
        for (int k = 0; k < tree.length; k++) {
            tree[k] = Float.parseFloat(words[k + 1]);
        }
        return tree;
    }

    private static void close(
            Map<String, Forest> forests, @Nullable String name, double bias, List<float[]> trees) {
        if (name == null) {
            return;
        }
        byte[] feature = new byte[trees.size() * SPLITS];
        float[] threshold = new float[feature.length];
        float[] leaf = new float[trees.size() * (SPLITS + 1)];
        for (int t = 0; t < trees.size(); t++) {
            float[] tree = trees.get(t);
            for (int k = 0; k < SPLITS; k++) {
                feature[t * SPLITS + k] = (byte) tree[k];
                threshold[t * SPLITS + k] = tree[SPLITS + k];
            }
            System.arraycopy(tree, 2 * SPLITS, leaf, t * (SPLITS + 1), SPLITS + 1);
        }
        forests.put(name, new Forest(bias, feature, threshold, leaf));
        trees.clear();
    }

    private static void require(boolean ok, int line, List<String> lines) {
        if (!ok) {
            throw new IllegalArgumentException(
                    RESOURCE
                            + " line "
                            + (line + 1)
                            + " is not of these trees: "
                            + lines.get(line));
        }
    }

    /**
     * The forest of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    Forest forest(String name) {
        Forest forest = forests.get(name);
        if (forest == null) {
            throw new IllegalArgumentException(RESOURCE + " holds no trees for " + name);
        }
        return forest;
    }
}
