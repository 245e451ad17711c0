package io.azimuth.perception.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.ObjectClass;
import org.junit.jupiter.api.Test;

class ScoreCalibrationTest {
    @Test
    void probabilityRisesWithTheRawScoreInEveryClass() {
        for (ObjectClass c : ObjectClass.values()) {
            double last = 0;
            for (double raw = 0.02; raw < 0.99; raw += 0.02) {
                double p = ScoreCalibration.probability(raw, c);
                assertThat(p).as("%s at %.2f", c, raw).isGreaterThan(last).isLessThan(1);
                last = p;
            }
        }
    }

    @Test
    void evenRawScoreGivesTheLogisticOfTheOffset() {
        double expected = 1 / (1 + Math.exp(-ScoreCalibration.offset(ObjectClass.CAR)));

        assertThat(ScoreCalibration.probability(0.5, ObjectClass.CAR))
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void scoresAtTheEndsStayFiniteProbabilities() {
        assertThat(ScoreCalibration.probability(0, ObjectClass.CYCLIST)).isBetween(0.0, 0.01);
        assertThat(ScoreCalibration.probability(1, ObjectClass.CYCLIST)).isBetween(0.99, 1.0);
    }
}
