package io.azimuth.perception.polar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.testing.Property;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PolarPeaksTest {
    private final PolarContract contract =
            PolarContract.of(PolarModels.read(PolarModels.NANO).manifest());
    private final PolarPeaks peaks = new PolarPeaks(contract, 0.05, false);

    @Test
    void decodesWhatWasCodedWhereverTheBoxStands() {
        Property.forAll(
                300,
                random -> {
                    int k = random.nextInt(3);
                    OrientedBox box = box(random, k);
                    AnswerTensor answer = new AnswerTensor(contract);
                    answer.put(box, k, 0.9, 5, random.nextInt(-2, 3), 0);

                    List<PolarPeaks.Peak> found = peaks.read(answer.cells);

                    assertThat(found).hasSize(1);
                    assertThat(found.get(0).k()).isEqualTo(k);
                    assertThat(found.get(0).headingKnown()).isTrue();
                    assertSame(found.get(0).box(), box, 0);
                });
    }

    @Test
    void aRollOfTheAnswerTurnsTheBoxesAndNothingElse() {
        Property.forAll(
                50,
                random -> {
                    AnswerTensor answer = new AnswerTensor(contract);
                    for (int i = 0; i < 8; i++) {
                        int k = random.nextInt(3);
                        answer.put(box(random, k), k, random.nextDouble(0.2, 0.95), 5, 0, 0);
                    }
                    int by = random.nextInt(contract.rows());
                    double angle = by * 2 * Math.PI / contract.rows();

                    List<PolarPeaks.Peak> plain = peaks.distinct(peaks.read(answer.cells), 0.15);
                    List<PolarPeaks.Peak> rolled =
                            peaks.distinct(peaks.read(answer.rolled(by)), 0.15);

                    assertThat(rolled).hasSameSizeAs(plain);
                    for (PolarPeaks.Peak p : plain) {
                        int row = (p.row() + by) % contract.rows();
                        PolarPeaks.Peak q =
                                rolled.stream()
                                        .filter(
                                                r ->
                                                        r.row() == row
                                                                && r.column() == p.column()
                                                                && r.k() == p.k())
                                        .findFirst()
                                        .orElseThrow();
                        assertThat(q.score()).isEqualTo(p.score());
                        assertSame(q.box(), p.box(), angle);
                    }
                });
    }

    @Test
    void anObjectOnTheSeamIsFoundOnce() {
        for (double y : new double[] {-1e-9, 0.0, -0.0, 1e-9, 0.1, -0.1}) {
            OrientedBox box = new OrientedBox(-12, y, 0.8, 4.3, 1.8, 1.6, 0.3);
            AnswerTensor answer = new AnswerTensor(contract);
            // both rows beside the seam answer for it, equally sure
            answer.put(box, 0, 0.8, 5, 0, 0);
            answer.put(box, 0, 0.8, 5, y < 0 || 1 / y < 0 ? -1 : 1, 0);

            List<PolarPeaks.Peak> found = peaks.distinct(peaks.read(answer.cells), 0.15);

            assertThat(found).hasSize(1);
            assertSame(found.get(0).box(), box, 0);
        }
    }

    @Test
    void suppressionKeepsTheBestAndDoesNothingTheSecondTime() {
        Property.forAll(
                50,
                random -> {
                    AnswerTensor answer = new AnswerTensor(contract);
                    OrientedBox box = box(random, 0);
                    answer.put(box, 0, 0.9, 5, 0, 0);
                    answer.put(box, 0, 0.6, 5, 3, 0);
                    answer.put(box, 2, 0.7, 5, -3, 0);

                    List<PolarPeaks.Peak> once = peaks.distinct(peaks.read(answer.cells), 0.15);

                    assertThat(once.get(0).k()).isZero();
                    assertThat(once).hasSize(1);
                    assertThat(peaks.distinct(once, 0.15)).isEqualTo(once);
                });
    }

    @Test
    void onlyACellThatBeatsItsNeighboursAnswers() {
        AnswerTensor answer = new AnswerTensor(contract);
        OrientedBox box = new OrientedBox(20, 3, 0.8, 4.3, 1.8, 1.6, 0.3);
        answer.put(box, 0, 0.9, 5, 0, 0);
        answer.put(box, 0, 0.8, 5, 1, 0);
        answer.put(box, 0, 0.8, 5, 0, 1);

        assertThat(peaks.read(answer.cells)).hasSize(1);
    }

    @Test
    void aHeadingThatTheNetworkDoubtsIsNotKnown() {
        AnswerTensor answer = new AnswerTensor(contract);
        OrientedBox box = new OrientedBox(20, 3, 0.8, 4.3, 1.8, 1.6, 0.3);
        answer.put(box, 0, 0.9, 0.5, 0, 0);

        assertThat(peaks.read(answer.cells).get(0).headingKnown()).isFalse();
    }

    @Test
    void aVehicleIsCalledByItsSize() {
        assertThat(named(4.3, 1.5)).isEqualTo(ObjectClass.CAR);
        assertThat(named(5.2, 2.3)).isEqualTo(ObjectClass.VAN);
        assertThat(named(7.5, 3.0)).isEqualTo(ObjectClass.TRUCK);
        assertThat(named(12, 3.1)).isEqualTo(ObjectClass.BUS);
        assertThat(
                        PolarPeaks.named(
                                ObjectClass.CYCLIST, new OrientedBox(5, 0, 1, 1.8, 0.7, 1.7, 0)))
                .isEqualTo(ObjectClass.CYCLIST);
    }

    private static ObjectClass named(double length, double height) {
        return PolarPeaks.named(ObjectClass.CAR, new OrientedBox(15, 0, 1, length, 2, height, 0));
    }

    private static OrientedBox box(RandomGenerator random, int k) {
        double range = random.nextDouble(4, 60);
        double azimuth = random.nextBoolean() ? random.nextDouble(-7, 7) : Math.PI + 1e-7;
        double[] size = k == 0 ? new double[] {4.2, 1.8, 1.6} : new double[] {1.2, 0.7, 1.7};
        return new OrientedBox(
                range * Math.cos(azimuth),
                range * Math.sin(azimuth),
                random.nextDouble(0.5, 1.5),
                size[0] * random.nextDouble(0.8, 1.25),
                size[1] * random.nextDouble(0.8, 1.25),
                size[2] * random.nextDouble(0.8, 1.25),
                random.nextBoolean() ? random.nextDouble(-Math.PI, Math.PI) : Math.PI);
    }

    private static void assertSame(OrientedBox found, OrientedBox box, double turnedBy) {
        double c = Math.cos(turnedBy);
        double s = Math.sin(turnedBy);
        assertThat(found.x()).isCloseTo(c * box.x() - s * box.y(), within(1e-5));
        assertThat(found.y()).isCloseTo(s * box.x() + c * box.y(), within(1e-5));
        assertThat(found.z()).isCloseTo(box.z(), within(1e-5));
        assertThat(found.length()).isCloseTo(box.length(), within(1e-5));
        assertThat(found.width()).isCloseTo(box.width(), within(1e-5));
        assertThat(found.height()).isCloseTo(box.height(), within(1e-5));
        assertThat(Angles.difference(found.yawRad(), box.yawRad() + turnedBy))
                .isCloseTo(0, within(1e-5));
    }
}
