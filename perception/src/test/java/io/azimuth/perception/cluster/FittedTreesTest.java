package io.azimuth.perception.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FittedTreesTest {
    private static final int SPLITS = 15;
    private static final String FEATURES = "features " + String.join(",", ShapeFeatures.NAMES);

    /** Full tree that splits feature 0 at 1, 2 .. 15 in level order; leaf k is worth k / 10. */
    private static String tree() {
        return "tree "
                + "0 ".repeat(SPLITS)
                + IntStream.rangeClosed(1, SPLITS)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" "))
                + " "
                + IntStream.rangeClosed(0, SPLITS)
                        .mapToObj(k -> Double.toString(k / 10.0))
                        .collect(Collectors.joining(" "));
    }

    private static List<String> file(String... carTrees) {
        List<String> lines = new ArrayList<>(List.of("# a comment", FEATURES, "forest car -1"));
        lines.addAll(List.of(carTrees));
        lines.add("forest pedestrian 0");
        lines.add("forest cyclist 2");
        return lines;
    }

    private static double logit(double probability) {
        return Math.log(probability / (1 - probability));
    }

    private static float[] features(float first) {
        float[] f = new float[ShapeFeatures.NAMES.size()];
        f[0] = first;
        return f;
    }

    @Test
    void bitsOfThePathChooseTheLeaf() {
        FittedTrees one = FittedTrees.read(file(tree()));
        // thresholds met on the way down: 1, then 3 (right), 7, 15: all smaller than 99
        assertThat(logit(one.forest("car").probability(features(99))))
                .isCloseTo(-1 + 1.5, within(1e-6));
        assertThat(logit(one.forest("car").probability(features(0)))).isCloseTo(-1, within(1e-6));
        // 2.5 > 1, then 2.5 <= 3, 2.5 <= 6, 2.5 <= 13: right, left, left, left
        assertThat(logit(one.forest("car").probability(features(2.5f))))
                .isCloseTo(-1 + 0.8, within(1e-6));
        // a value on the threshold goes left, as where the trees were fitted
        assertThat(one.forest("car").probability(features(1)))
                .isEqualTo(one.forest("car").probability(features(0)));
    }

    @Test
    void treesAddUpAndForestsAreApart() {
        FittedTrees two = FittedTrees.read(file(tree(), tree()));

        assertThat(logit(two.forest("car").probability(features(99))))
                .isCloseTo(-1 + 3, within(1e-6));
        assertThat(two.forest("pedestrian").probability(features(99))).isEqualTo(0.5);
        assertThat(logit(two.forest("cyclist").probability(features(99))))
                .isCloseTo(2, within(1e-6));
    }

    @Test
    void treesOfOtherMeasuresOrOfAnotherShapeAreRefusedByLine() {
        List<String> otherMeasures = file(tree());
        otherMeasures.set(1, "features long_m,short_m");
        assertThatThrownBy(() -> FittedTrees.read(otherMeasures))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> FittedTrees.read(file(tree() + " 1")))
                .hasMessageContaining("line 4");
        assertThatThrownBy(() -> FittedTrees.read(file(tree())).forest("axis"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("axis");
    }

    @Test
    void shippedTreesTellACarFromAThinWall() {
        FittedTrees shipped = FittedTrees.load();
        Shape s = new Shape();
        s.points = 600;
        s.high1 = 4.2;
        s.low2 = 8;
        s.high2 = 9.7;
        s.fullHigh1 = 4.3;
        s.fullLow2 = 8;
        s.fullHigh2 = 9.75;
        s.bottomM = 0.2;
        s.topM = 1.5;
        s.topBoundM = 1.6;
        s.meanHeightM = 0.8;
        s.lowShare = 0.35;
        s.upperShare = 0.25;
        s.upperLongM = 1.8;
        s.upperShortM = 1.2;
        s.setbackM = 0.6;
        s.depth90M = 0.9;
        s.roughnessM = 0.02;
        s.onEdges = 0.97;
        s.fill = 0.68;
        s.density = 2;
        s.aspectRad = 1.2;
        float[] f = new float[ShapeFeatures.NAMES.size()];
        ShapeFeatures.write(s, f);
        double car = shipped.forest("car").probability(f);
        s.high2 = 8.1;
        s.fullHigh2 = 8.15;
        s.depth90M = 0.1;
        s.setbackM = 0.05;
        s.upperLongM = 4.2;
        s.upperShortM = 0.1;
        ShapeFeatures.write(s, f);

        assertThat(car).isGreaterThan(0.8);
        assertThat(shipped.forest("car").probability(f)).isLessThan(0.2);
    }
}
