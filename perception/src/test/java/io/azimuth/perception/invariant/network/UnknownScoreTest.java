package io.azimuth.perception.invariant.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnknownScoreTest {
    private static final int PREFIX = 64;
    private static final List<Double> MEAN = direction(0);

    private static List<Double> direction(int axis) {
        List<Double> out = new ArrayList<>();
        for (int i = 0; i < PREFIX; i++) {
            out.add(i == axis ? 1.0 : 0.0);
        }
        return out;
    }

    private static List<List<Double>> identity() {
        List<List<Double>> rows = new ArrayList<>();
        for (int i = 0; i < PREFIX; i++) {
            rows.add(direction(i));
        }
        return rows;
    }

    private static Encoding encoding(int axis, float logit) {
        float[] e = new float[128];
        e[axis] = 1;
        return new Encoding(CropStatus.OK, e, new float[] {logit}, Double.NaN, 0, 0.5);
    }

    private static UnknownScore score(Map<String, Object> fields) {
        return UnknownScore.of(new EncoderFields("postprocessing", fields), 1, 2);
    }

    @Test
    void theEnergyDecidesIfTheBundleHasAThresholdForIt() {
        UnknownScore score =
                score(
                        Map.of(
                                "energyThreshold", List.of(7.0, -2.0),
                                "classMeans", List.of(MEAN),
                                "precision", identity(),
                                "distanceThreshold", 1.0));

        // one logit: its energy is minus itself
        assertThat(score.applyAsDouble(encoding(0, 5))).isCloseTo(-3, within(1e-9));
        assertThat(score.applyAsDouble(encoding(0, 1))).isCloseTo(1, within(1e-9));
    }

    @Test
    void elseTheDistanceToTheNearestClassDoes() {
        UnknownScore score =
                score(
                        Map.of(
                                "classMeans", List.of(MEAN),
                                "precision", identity(),
                                "distanceThreshold", 1.0));

        assertThat(score.applyAsDouble(encoding(0, 5))).isNegative();
        assertThat(score.applyAsDouble(encoding(1, 5))).isCloseTo(Math.log(2), within(1e-9));
    }

    @Test
    void aBundleWithoutThresholdsKnowsAll() {
        assertThat(score(Map.of()).applyAsDouble(encoding(3, -9))).isNegative();
    }
}
