package io.azimuth.perception.evaluation.kitti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.evaluation.kitti.KittiScores.Rule;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KittiScoresTest {
    private static final int MANY = 400;
    private static final double EXACT = 1e-12;
    private static final ImageBox TALL = new ImageBox(100, 100, 200, 180);
    private static final ImageBox LOW = new ImageBox(100, 100, 200, 120);

    private final List<KittiLabel> labels = new ArrayList<>();
    private final List<KittiDetection> detections = new ArrayList<>();

    private static OrientedBox car(double x) {
        return new OrientedBox(x, 0, -0.8, 4, 1.6, 1.5, 0.3);
    }

    private void label(long frame, String type, double x, ImageBox image, int occluded) {
        labels.add(new KittiLabel(frame, type, 0, occluded, image, car(x)));
    }

    private void detect(long frame, double x, ImageBox image, double score) {
        detections.add(new KittiDetection(frame, "Car", image, car(x), score));
    }

    /** One car a frame, each found with a score of its own. */
    private void allFound() {
        for (int f = 0; f < MANY; f++) {
            label(f, "Car", 10, TALL, 0);
            detect(f, 10, TALL, 0.5 + f * 1e-3);
        }
    }

    private KittiScores.Row moderate() {
        Rule rule = Rule.of(KittiClass.CAR, KittiDifficulty.MODERATE);
        return KittiScores.of(labels, detections, List.of(rule)).rows().get(0);
    }

    @Test
    void everythingFoundIsOneAndNothingFoundIsZero() {
        allFound();
        assertThat(moderate().bevR40()).isCloseTo(1, within(EXACT));
        assertThat(moderate().volumeR40()).isCloseTo(1, within(EXACT));
        assertThat(moderate().wanted()).isEqualTo(MANY);

        detections.clear();
        assertThat(moderate().bevR40()).isZero();

        labels.clear();
        assertThat(moderate().bevR40()).isNaN();
    }

    @Test
    void aSecondDetectionOfTheSameCarIsOneFalseBox() {
        allFound();
        for (int f = 0; f < MANY; f++) {
            detect(f, 10.01, TALL, 0.4999 + f * 1e-3);
        }

        // At any threshold there are nearly as many second boxes as hits.
        assertThat(moderate().bevR40()).isCloseTo(0.5, within(0.02));
    }

    @Test
    void theThresholdsOfFewLabelsAreTheDevelopmentKits() {
        // By hand: 4 labels, hits at .9 .8 .7, false boxes at .85 .6. Recalls of the hits come
        // nearest to steps 0, 1/40, 2/40, so three thresholds are set; precision there is 1, 2/3,
        // 3/4, monotone 1, 3/4, 3/4. R40 leaves out recall 0: (3/4 + 3/4) / 40.
        for (int f = 0; f < 4; f++) {
            label(f, "Car", 10, TALL, 0);
        }
        detect(0, 10, TALL, 0.9);
        detect(1, 10, TALL, 0.8);
        detect(2, 10, TALL, 0.7);
        detect(0, 30, TALL, 0.85);
        detect(3, 30, TALL, 0.6);

        assertThat(moderate().bevR40()).isCloseTo(1.5 / 40, within(EXACT));
        assertThat(moderate().bevR11()).isCloseTo(1.0 / 11, within(EXACT));
    }

    @Test
    void elevenRecallsGiveMoreThanFortyForTheSameDetections() {
        // Half of the cars are found without a false box.
        for (int f = 0; f < MANY; f++) {
            label(f, "Car", 10, TALL, 0);
            if (f % 2 == 0) {
                detect(f, 10, TALL, 0.5 + f * 1e-3);
            }
        }

        assertThat(moderate().bevR40()).isCloseTo(0.5, within(0.03));
        assertThat(moderate().bevR11()).isCloseTo(6 / 11.0, within(0.01));
        assertThat(moderate().bevR11()).isGreaterThan(moderate().bevR40());
    }

    @Test
    void vansAreNeitherMissedNorFalse() {
        allFound();
        for (int f = 0; f < MANY; f++) {
            label(f, "Van", 30, TALL, 0);
            detect(f, 30, TALL, 0.99);
        }

        assertThat(moderate().wanted()).isEqualTo(MANY);
        assertThat(moderate().bevR40()).isCloseTo(1, within(EXACT));
    }

    @Test
    void labelsBeyondTheDifficultyAreNeutralWithTheirDetections() {
        allFound();
        for (int f = 0; f < MANY; f++) {
            label(f, "Car", 30, TALL, 2);
            detect(f, 30, TALL, 0.99);
            label(f, "Car", 50, LOW, 0);
            detect(f, 50, TALL, 0.98);
        }

        assertThat(moderate().wanted()).isEqualTo(MANY);
        assertThat(moderate().bevR40()).isCloseTo(1, within(EXACT));
        Rule hard = Rule.of(KittiClass.CAR, KittiDifficulty.HARD);
        assertThat(KittiScores.of(labels, detections, List.of(hard)).rows().get(0).wanted())
                .isEqualTo(2 * MANY);
    }

    @Test
    void detectionsTooLowInTheImageAreNotFalse() {
        allFound();
        for (int f = 0; f < MANY; f++) {
            detect(f, 30, LOW, 0.99);
        }
        assertThat(moderate().bevR40()).isCloseTo(1, within(EXACT));

        for (int f = 0; f < MANY; f++) {
            detect(f, 50, TALL, 0.99);
        }
        assertThat(moderate().bevR40()).isLessThan(0.6);
    }

    @Test
    void regionsNotCaredForExcuseDetectionsOnlyWhereAsked() {
        allFound();
        ImageBox region = new ImageBox(300, 100, 400, 200);
        ImageBox inside = new ImageBox(310, 110, 390, 190);
        for (int f = 0; f < MANY; f++) {
            labels.add(new KittiLabel(f, "DontCare", -1, -1, region, null));
            detect(f, 30, inside, 0.99);
        }
        Rule benchmark = Rule.of(KittiClass.CAR, KittiDifficulty.MODERATE);
        Rule lenient = new Rule(KittiClass.CAR, KittiDifficulty.MODERATE, 0.7, true);
        List<KittiScores.Row> rows =
                KittiScores.of(labels, detections, List.of(benchmark, lenient)).rows();

        assertThat(rows.get(0).bevR40()).isCloseTo(0.5, within(0.02));
        assertThat(rows.get(1).bevR40()).isCloseTo(1, within(EXACT));
    }

    @Test
    void theHeightCountsInSpaceOnly() {
        for (int f = 0; f < MANY; f++) {
            label(f, "Car", 10, TALL, 0);
            OrientedBox raised = new OrientedBox(10, 0, 0.2, 4, 1.6, 1.5, 0.3);
            detections.add(new KittiDetection(f, "Car", TALL, raised, 0.5 + f * 1e-3));
        }

        assertThat(moderate().bevR40()).isCloseTo(1, within(EXACT));
        assertThat(moderate().volumeR40()).isZero(); // 0.5 m of 1.5 m is shared
    }

    @Test
    void theOrderOfEqualScoresAndFramesDoesNotMatter() {
        for (int f = 0; f < MANY; f++) {
            label(f, "Car", 10, TALL, 0);
            detect(f, f % 3 == 0 ? 30 : 10, TALL, 0.5);
        }
        double before = moderate().bevR40();
        java.util.Collections.reverse(labels);
        java.util.Collections.reverse(detections);

        assertThat(moderate().bevR40()).isEqualTo(before);
    }
}
