package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.ObjectClass;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Probability that a candidate, boxed as a class, is right: for each class a sum of small decision
 * trees over {@link ShapeFeatures}, through a logistic. Fitted to simulated towns of family A under
 * 16 to 128 beams by {@code perception/training/score_trees.py}; no recording was used. Immutable.
 *
 * <p>Source: Friedman, "Greedy function approximation: a gradient boosting machine" (2001).
 */
final class ScoreTrees {
    private static final String RESOURCE = "score-trees.txt";

    /** Splits of a tree, all of them on the same depth; its leaves are one more. */
    private static final int SPLITS = 15;

    /** Those with trees; a car's hold for every vehicle. */
    static final List<ObjectClass> CLASSES =
            List.of(ObjectClass.CAR, ObjectClass.PEDESTRIAN, ObjectClass.CYCLIST);

    private final Map<ObjectClass, Forest> forests;

    /** Trees one after another: splits in level order, then leaves from left to right. */
    private record Forest(double bias, byte[] feature, float[] threshold, float[] leaf) {
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
    }

    private ScoreTrees(Map<ObjectClass, Forest> forests) {
        this.forests = forests;
    }

    /** The trees that come with the detector. */
    static ScoreTrees load() {
        try (InputStream in = ScoreTrees.class.getResourceAsStream(RESOURCE)) {
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
     * Reads {@code features a,b,..}, then for each class {@code class NAME BIAS} and a line {@code
     * tree} each: feature numbers, thresholds, leaves.
     *
     * @throws IllegalArgumentException naming the line that is not as expected
     */
    static ScoreTrees read(List<String> lines) {
        Map<ObjectClass, Forest> forests = new EnumMap<>(ObjectClass.class);
        @Nullable ObjectClass objectClass = null;
        double bias = 0;
        List<float[]> trees = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] words = lines.get(i).split(" ", -1);
            switch (words[0]) {
                case "#" -> {}
                case "features" ->
                        require(words[1].equals(String.join(",", ShapeFeatures.NAMES)), i, lines);
                case "class" -> {
                    close(forests, objectClass, bias, trees);
                    objectClass = ObjectClass.valueOf(words[1]);
                    bias = Double.parseDouble(words[2]);
                }
                default -> {
                    require(words.length == 3 * SPLITS + 2 && words[0].equals("tree"), i, lines);
                    float[] tree = new float[words.length - 1];
                    for (int k = 0; k < tree.length; k++) {
                        tree[k] = Float.parseFloat(words[k + 1]);
                    }
                    trees.add(tree);
                }
            }
        }
        close(forests, objectClass, bias, trees);
        require(forests.keySet().containsAll(CLASSES), lines.size() - 1, lines);
        return new ScoreTrees(forests);
    }

    private static void close(
            Map<ObjectClass, Forest> forests,
            @Nullable ObjectClass objectClass,
            double bias,
            List<float[]> trees) {
        if (objectClass == null) {
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
        forests.put(objectClass, new Forest(bias, feature, threshold, leaf));
        trees.clear();
    }

    private static void require(boolean ok, int line, List<String> lines) {
        if (!ok) {
            throw new IllegalArgumentException(
                    RESOURCE
                            + " line "
                            + (line + 1)
                            + " is not of these trees: "
                            + (line < 0 ? "empty" : lines.get(line)));
        }
    }

    /** Of features as {@link ShapeFeatures#write} gives them; 0 .. 1. */
    double probability(ObjectClass objectClass, float[] features) {
        Forest forest = forests.get(objectClass);
        if (forest == null) {
            throw new IllegalArgumentException("no trees for " + objectClass);
        }
        return 1 / (1 + Math.exp(-forest.sum(features)));
    }
}
