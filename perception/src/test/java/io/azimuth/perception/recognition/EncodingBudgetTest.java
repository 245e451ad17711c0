package io.azimuth.perception.recognition;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncodingBudgetTest {
    /** In the part of the surroundings whose turn is not that of sweep 0. */
    private static Detection at(double x, ObjectClass c, double score, boolean known, int points) {
        OrientedBox box = new OrientedBox(x, 5, 0, 1, 1, 1, 0);
        return new Detection(box, c, score, known, points, 0);
    }

    private static int[] one(Detection... detections) {
        return EncodingBudget.choose(List.of(detections), 0, 1, 5);
    }

    private static int[] choose(Detection... detections) {
        return EncodingBudget.choose(List.of(detections), 0, 8, 5);
    }

    @Test
    void anUnsureScoreComesBeforeASureOne() {
        Detection sure = at(10, ObjectClass.CAR, 0.95, true, 100);

        assertThat(one(sure, at(30, ObjectClass.CAR, 0.5, true, 100))).containsExactly(1);
        assertThat(one(sure, at(30, ObjectClass.CAR, 0.95, false, 100))).containsExactly(1);
    }

    @Test
    void aDisputedClassComesBeforeWhatStandsAlone() {
        Detection alone = at(40, ObjectClass.CAR, 0.95, true, 100);
        Detection person = at(10, ObjectClass.PEDESTRIAN, 0.95, true, 100);

        assertThat(one(alone, person, at(12.9, ObjectClass.CYCLIST, 0.95, true, 100)))
                .containsExactly(1);
        assertThat(one(alone, person, at(13.1, ObjectClass.CYCLIST, 0.95, true, 100)))
                .containsExactly(0);
    }

    @Test
    void whatLiesUponABetterOneOfItsKindIsNeverChosen() {
        Detection van = at(10, ObjectClass.VAN, 0.9, true, 100);
        Detection upon = at(10.9, ObjectClass.CAR, 0.5, false, 100);
        Detection beside = at(11.1, ObjectClass.CAR, 0.5, false, 100);
        Detection other = at(10.9, ObjectClass.PEDESTRIAN, 0.5, false, 100);

        assertThat(choose(van, upon)).containsExactly(0);
        assertThat(choose(upon, van)).containsExactly(1);
        assertThat(choose(van, beside)).containsExactly(0, 1);
        assertThat(choose(van, other)).containsExactly(0, 1);
    }

    @Test
    void ofTwoAlikeUponEachOtherTheFirstIsChosen() {
        Detection one = at(10, ObjectClass.CAR, 0.5, true, 100);

        assertThat(choose(one, one, one)).containsExactly(0);
    }

    @Test
    void fewPointsComeLastAndTooFewNever() {
        assertThat(
                        one(
                                at(10, ObjectClass.CAR, 0.5, false, 15),
                                at(30, ObjectClass.CAR, 0.95, true, 16)))
                .containsExactly(1);
        assertThat(one(at(10, ObjectClass.CAR, 0.5, false, 4))).isEmpty();
        assertThat(one(at(10, ObjectClass.UNKNOWN, 0.5, false, 40))).isEmpty();
    }

    @Test
    void equalNeedGoesByTheDetectorsOrder() {
        Detection[] alike = new Detection[6];
        for (int i = 0; i < alike.length; i++) {
            alike[i] = at(10 + 10 * i, ObjectClass.CAR, 0.5, true, 100);
        }

        assertThat(EncodingBudget.choose(List.of(alike), 0, 3, 5)).containsExactly(0, 1, 2);
    }

    @Test
    void whateverStandsAroundIsEncodedWithinEightSweeps() {
        forAll(
                50,
                rnd -> {
                    List<Detection> around = new ArrayList<>();
                    for (int i = 0; i < 8; i++) { // one in each eighth of a turn, far apart
                        double a = (i + rnd.nextDouble(0.1, 0.9)) * Math.PI / 4;
                        OrientedBox box =
                                new OrientedBox(
                                        30 * Math.cos(a), 30 * Math.sin(a), 0, 4, 2, 1.5, 0);
                        around.add(new Detection(box, ObjectClass.CAR, 0.99, true, 99, 0));
                    }
                    long first = rnd.nextLong(1_000_000);
                    Set<Integer> seen = new HashSet<>();
                    for (int s = 0; s < 8; s++) {
                        int[] chosen = EncodingBudget.choose(around, first + s, 1, 5);
                        Arrays.stream(chosen).forEach(seen::add);
                    }

                    assertThat(seen).hasSize(8);
                });
    }

    @Test
    void theBudgetIsKeptAndIndicesRise() {
        forAll(
                50,
                rnd -> {
                    List<Detection> many = new ArrayList<>();
                    int n = rnd.nextInt(0, 40);
                    for (int i = 0; i < n; i++) {
                        many.add(
                                at(
                                        -40 + 2 * i, // none upon another
                                        ObjectClass.CAR,
                                        rnd.nextDouble(),
                                        rnd.nextBoolean(),
                                        rnd.nextInt(5, 100)));
                    }

                    int[] chosen = EncodingBudget.choose(many, rnd.nextLong(100), 12, 5);

                    assertThat(chosen).hasSize(Math.min(12, n)).isSorted().doesNotHaveDuplicates();
                });
    }
}
