package io.azimuth.perception.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusedDetectorTest {
    private static final FusionConfig CONFIG = new FusionConfig(0.1, 1, 1, 0.5, 1, 1);
    private static final Sweep SWEEP =
            new Sweep(
                    "v",
                    "v/top",
                    "d",
                    0,
                    0,
                    100_000_000,
                    Sweep.Sector.WHOLE,
                    RigidTransform.IDENTITY,
                    null,
                    new PointCloud());

    @Test
    void whatBothSawIsLikelierAndWhatOnlyTheNetworkSawIsNot() {
        Detection car = at(10, ObjectClass.CAR, 0.5);
        assertThat(fused(List.of(car), List.of()).get(0).score())
                .isCloseTo(sigmoid(-1), within(1e-12));
        assertThat(fused(List.of(car), List.of(at(10.5, ObjectClass.VAN, 0.5))).get(0).score())
                .isCloseTo(sigmoid(1), within(1e-12));
    }

    @Test
    void onlyABoxOfTheSameKindAndNearSupports() {
        Detection car = at(10, ObjectClass.CAR, 0.5);
        double alone = fused(List.of(car), List.of()).get(0).score();
        assertThat(fused(List.of(car), List.of(at(11.5, ObjectClass.CAR, 0.9))).get(0).score())
                .isEqualTo(alone);
        assertThat(fused(List.of(car), List.of(at(10, ObjectClass.PEDESTRIAN, 0.9))).get(0).score())
                .isEqualTo(alone);
    }

    @Test
    void theBestSupportCountsAndTheResultIsInOrder() {
        List<Detection> out =
                fused(
                        List.of(at(10, ObjectClass.CAR, 0.6), at(20, ObjectClass.CAR, 0.5)),
                        List.of(at(20.2, ObjectClass.CAR, 0.2), at(20.4, ObjectClass.CAR, 0.9)));
        assertThat(out).extracting(d -> d.box().x()).containsExactly(20.0, 10.0);
        assertThat(out.get(0).score()).isCloseTo(sigmoid(1 + 0.5 * Math.log(9)), within(1e-12));
    }

    @Test
    void whatFallsBelowTheLeastScoreIsLeftOut() {
        assertThat(fused(List.of(at(10, ObjectClass.CAR, 0.15)), List.of())).isEmpty();
    }

    private static double sigmoid(double v) {
        return 1 / (1 + Math.exp(-v));
    }

    private static Detection at(double x, ObjectClass c, double score) {
        return new Detection(new OrientedBox(x, 0, 0, 4, 2, 1.5, 0), c, score, true, 50, 0);
    }

    private static List<Detection> fused(List<Detection> learned, List<Detection> geometric) {
        Detector net = s -> learned;
        Detector classic = s -> geometric;
        try (FusedDetector fused = new FusedDetector(CONFIG, net, classic)) {
            return fused.detect(SWEEP);
        }
    }
}
