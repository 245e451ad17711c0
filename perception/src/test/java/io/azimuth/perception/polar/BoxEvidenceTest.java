package io.azimuth.perception.polar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import io.azimuth.perception.testing.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BoxEvidenceTest {
    private static final List<ObjectClass> CLASSES =
            List.of(ObjectClass.CAR, ObjectClass.PEDESTRIAN, ObjectClass.CYCLIST);
    private static final long SWEEP = 100_000_000L;
    private static final float GROUND_Z = -1.7f;

    private final BoxEvidence evidence = new BoxEvidence();
    private final PointCloud cloud = new PointCloud();

    @Test
    void countsTheSamePointsAsAskingEveryBox() {
        Property.forAll(
                40,
                random -> {
                    cloud.clear();
                    cloud.declare(false, true);
                    for (int i = 0; i < 3000; i++) {
                        add(
                                random.nextDouble(-30, 30),
                                random.nextDouble(-30, 30),
                                random.nextDouble(0, 3));
                    }
                    List<PolarPeaks.Peak> boxes = new ArrayList<>();
                    for (int b = 0; b < 90; b++) {
                        boxes.add(peak(random));
                    }

                    gather(boxes);

                    for (int b = 0; b < boxes.size(); b++) {
                        assertThat(evidence.points(b)).isEqualTo(inside(boxes.get(b).box()));
                    }
                });
    }

    @Test
    void aPostOverAPersonIsSeenButNotOneBesideIt() {
        PolarPeaks.Peak person = peak(1, new OrientedBox(8, 2, 0.9, 0.6, 0.6, 1.8, 0));
        for (double h = 0.3; h < 3; h += 0.1) {
            add(8.1, 2.1, h);
            add(9.5, 2.1, h);
        }
        gather(List.of(person));
        assertThat(evidence.tallM(0)).isCloseTo(2.8, within(0.05)); // the second highest

        cloud.clear();
        for (double h = 0.3; h < 1.75; h += 0.1) {
            add(8.1, 2.1, h);
        }
        gather(List.of(person));
        assertThat(evidence.tallM(0)).isLessThan(1.75);
    }

    @Test
    void whatHangsOverACarIsCounted() {
        PolarPeaks.Peak car = peak(0, new OrientedBox(-15, 0.2, 0.8, 4.3, 1.8, 1.5, 0.1));
        add(-15, 0.2, 3.0);
        add(-14, 0.1, 3.5);
        add(-15, 0.3, 5.0); // too high
        add(-15, 3.0, 3.0); // beside
        gather(List.of(car));
        assertThat(evidence.pointsOver(0)).isEqualTo(2);
    }

    @Test
    void timeIsTheMeanOfTheBoxesPointsAcrossTheSeamToo() {
        PolarPeaks.Peak car = peak(0, new OrientedBox(-15, 0, 0.8, 4.3, 1.8, 1.5, 0));
        cloud.declare(false, true);
        addAt(-15, 0.3, 0.5, 99_000_000);
        addAt(-15, -0.3, 0.5, 1_000_000);
        gather(List.of(car));
        assertThat(evidence.timeOffsetNanos(0, true) % SWEEP).isZero();

        cloud.clear();
        cloud.declare(false, true);
        addAt(-15, 0.3, 0.5, 20_000_000);
        addAt(-15, -0.3, 0.5, 30_000_000);
        gather(List.of(car));
        assertThat(evidence.timeOffsetNanos(0, true)).isEqualTo(25_000_000);
        assertThat(evidence.timeOffsetNanos(0, false)).isEqualTo(SWEEP / 2);
    }

    private void gather(List<PolarPeaks.Peak> boxes) {
        PolarCoordinates polar = new PolarCoordinates();
        polar.compute(cloud);
        float[] height = new float[cloud.size()];
        for (int i = 0; i < height.length; i++) {
            height[i] = cloud.z()[i] - GROUND_Z;
        }
        evidence.gather(boxes, CLASSES, cloud, polar, height, SWEEP);
    }

    private int inside(OrientedBox box) {
        return (int)
                Arrays.stream(range())
                        .filter(i -> Math.hypot(cloud.x()[i], cloud.y()[i]) > 0.3) // else housing
                        .filter(
                                i ->
                                        box.contains(
                                                cloud.x()[i],
                                                cloud.y()[i],
                                                cloud.z()[i] - GROUND_Z,
                                                0.1))
                        .count();
    }

    private int[] range() {
        int[] out = new int[cloud.size()];
        Arrays.setAll(out, i -> i);
        return out;
    }

    private static PolarPeaks.Peak peak(RandomGenerator random) {
        return peak(
                random.nextInt(3),
                new OrientedBox(
                        random.nextDouble(-30, 30),
                        random.nextDouble(-30, 30),
                        random.nextDouble(0.3, 1.5),
                        random.nextDouble(0.5, 12),
                        random.nextDouble(0.5, 2.5),
                        random.nextDouble(1, 3),
                        random.nextDouble(-Math.PI, Math.PI)));
    }

    private static PolarPeaks.Peak peak(int k, OrientedBox box) {
        return new PolarPeaks.Peak(k, 0, 0, 0.9, 0.9, 0.9, box, true);
    }

    private void add(double x, double y, double height) {
        addAt(x, y, height, 0);
    }

    private void addAt(double x, double y, double height, int time) {
        cloud.add((float) x, (float) y, (float) height + GROUND_Z, 0.2f, 0, time);
    }
}
