package io.azimuth.perception.cluster;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.ground.GroundConfig;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class GeometricDetectorTest {
    private final GeometricDetector detector =
            new GeometricDetector(GeometricDetectorConfig.defaults());

    @Test
    void carsInAllDirectionsAreFound() {
        for (int range = 10; range <= 30; range += 10) {
            for (int k = 0; k < 12; k++) {
                double azimuth = k * Math.PI / 6;
                double x = range * Math.cos(azimuth);
                double y = range * Math.sin(azimuth);
                Sweep sweep = new SyntheticScene(1.73, 0).car(x, y, azimuth + 0.5).scan();

                assertThat(found(sweep))
                        .as("car at %d m, azimuth %.2f", range, azimuth)
                        .anyMatch(near(x, y, 0.8, ObjectClass::isVehicle))
                        .hasSize(1);
            }
        }
    }

    @Test
    void boxOfACarHasItsPlaceSizeAndAxis() {
        Detection car = found(new SyntheticScene(1.73, 0).car(12, 3, 0.4).scan()).get(0);

        assertThat(car.objectClass()).isEqualTo(ObjectClass.CAR);
        assertThat(car.box().x()).isCloseTo(12, within(0.3));
        assertThat(car.box().y()).isCloseTo(3, within(0.3));
        assertThat(car.box().bottomZ()).isCloseTo(-1.73, within(0.1));
        assertThat(car.box().length()).isCloseTo(4.2, within(0.3));
        assertThat(Angles.axisDistance(car.box().yawRad(), 0.4)).isLessThan(0.06);
        assertThat(car.headingKnown()).isFalse();
        assertThat(car.timeOffsetNanos()).isBetween(1_000_000L, 8_000_000L);
    }

    @Test
    void otherSensorsAndMountingHeightsFindTheCar() {
        for (double height : new double[] {1.0, 1.9, 2.6}) {
            SyntheticScene scene = new SyntheticScene(height, 0).car(9, -4, 0.3);
            assertThat(found(scene.beams(32, -30, 10, 1084).scan()))
                    .as("32 beams at %.1f m", height)
                    .anyMatch(near(9, -4, 0.8, ObjectClass::isVehicle));
            assertThat(found(scene.beams(16, -15, 15, 1800).scan()))
                    .as("16 beams at %.1f m", height)
                    .anyMatch(near(9, -4, 1.0, ObjectClass::isVehicle));
        }
    }

    @Test
    void personsAndCyclistsAreToldApart() {
        Sweep sweep = new SyntheticScene(1.73, 0).pedestrian(9, 2).cyclist(9, -5, 0.8).scan();

        assertThat(found(sweep))
                .anyMatch(near(9, 2, 0.4, c -> c == ObjectClass.PEDESTRIAN))
                .anyMatch(near(9, -5, 0.5, c -> c == ObjectClass.CYCLIST))
                .hasSize(2);
    }

    @Test
    void rearOfACarStraightAheadIsAVehicleAndNoCyclist() {
        Sweep sweep = new SyntheticScene(1.73, 0).car(18, 0, 0).scan();

        assertThat(found(sweep)).hasSize(1).anyMatch(near(18, 0, 0.8, ObjectClass::isVehicle));
    }

    @Test
    void wallsHedgesAndPolesGiveNothing() {
        Sweep sweep =
                new SyntheticScene(1.73, 0)
                        .box(0, 12, 0, 60, 0.4, 4, 0)
                        .rough(0, -10, 0, 30, 1.2, 1.8, 0, 0.3)
                        .box(8, 0, 0, 0.15, 0.15, 5, 0)
                        .scan();

        assertThat(found(sweep)).isEmpty();
    }

    @Test
    void carBesideABinKeepsItsBox() {
        Sweep sweep =
                new SyntheticScene(1.73, 0).car(12, 3, 0).box(9.5, 1.5, 0, 0.6, 0.6, 1.1, 0).scan();

        assertThat(found(sweep)).anyMatch(near(12, 3, 0.6, ObjectClass::isVehicle));
    }

    @Test
    void carWithABinAtItsSideKeepsItsBox() {
        Sweep sweep =
                new SyntheticScene(1.73, 0).car(12, 3, 0).box(12, 1.42, 0, 0.6, 0.6, 1.1, 0).scan();

        assertThat(found(sweep)).anyMatch(near(12, 3, 0.6, ObjectClass::isVehicle));
    }

    @Test
    void timeOfACarAcrossTheSeamIsNotMidSweep() {
        Sweep sweep = new SyntheticScene(1.73, 0).car(12, 0, 0.5).scan();

        List<Detection> cars = found(sweep);
        assertThat(cars).hasSize(1);
        long time = cars.get(0).timeOffsetNanos();
        assertThat(Math.min(time, sweep.durationNanos() - time)).isBetween(0L, 8_000_000L);
    }

    @Test
    void stripOfAWallSeenBetweenTwoNearerThingsIsNoVehicle() {
        Sweep sweep =
                new SyntheticScene(1.73, 0)
                        .box(16, 0, 0, 0.4, 30, 5, 0)
                        .box(9, 2.3, 0, 0.5, 2.0, 3, 0)
                        .box(9, -2.3, 0, 0.5, 2.0, 3, 0)
                        .scan();

        assertThat(found(sweep)).noneMatch(near(16.5, 0, 3, c -> true));
    }

    @Test
    void carSplitByAHoleIsOneCar() {
        Sweep sweep =
                new SyntheticScene(1.73, 0)
                        .box(10.65, 5, 0.22, 1.6, 1.75, 0.68, 0)
                        .box(11.0, 5, 0.9, 0.8, 1.45, 0.6, 0)
                        .box(13.05, 5, 0.22, 2.1, 1.75, 0.68, 0)
                        .box(12.5, 5, 0.9, 0.9, 1.45, 0.6, 0)
                        .scan();

        assertThat(found(sweep)).hasSize(1).anyMatch(near(11.9, 5, 0.8, ObjectClass::isVehicle));
    }

    @Test
    void treeOverACarDoesNotHideIt() {
        Sweep sweep =
                new SyntheticScene(2.0, 0).car(14, 4, 0.2).rough(20, 6, 3, 5, 5, 2, 0, 0.5).scan();

        assertThat(found(sweep)).anyMatch(near(14, 4, 0.8, ObjectClass::isVehicle));
    }

    @Test
    void slopesAndKerbsStayGround() {
        double slope = Math.tan(Math.toRadians(6));
        SyntheticScene hill = new SyntheticScene(1.73, slope).car(3, 12, 0.3);

        assertThat(found(new SyntheticScene(1.73, slope).scan())).isEmpty();
        assertThat(found(new SyntheticScene(1.73, 0).kerbAt(8).scan())).isEmpty();
        List<Detection> uphill = found(hill.scan());
        assertThat(uphill).hasSize(1).anyMatch(near(3, 12, 0.8, ObjectClass::isVehicle));
        assertThat(uphill.get(0).box().bottomZ()).isCloseTo(hill.groundZ(3), within(0.2));
    }

    @Test
    void turningTheCloudByColumnsTurnsTheBoxes() {
        Sweep sweep = town();
        List<Detection> before = detector.detect(sweep);

        forAll(
                6,
                random -> {
                    double turn = 2 * Math.PI * random.nextInt(1, 2000) / 2000;
                    List<Detection> after = detector.detect(turned(sweep, turn));

                    assertThat(strong(after)).hasSameSizeAs(strong(before));
                    for (Detection d : strong(before)) {
                        double x = Math.cos(turn) * d.box().x() - Math.sin(turn) * d.box().y();
                        double y = Math.sin(turn) * d.box().x() + Math.cos(turn) * d.box().y();
                        assertThat(strong(after))
                                .anyMatch(near(x, y, 0.15, c -> c == d.objectClass()));
                    }
                });
    }

    @Test
    void mirroringTheCloudMirrorsTheBoxes() {
        Sweep sweep = town();
        PointCloud mirrored = sweep.points().copy();
        for (int i = 0; i < mirrored.size(); i++) {
            mirrored.y()[i] = -mirrored.y()[i];
        }

        List<Detection> after = strong(detector.detect(SyntheticScene.sweep(mirrored)));

        for (Detection d : strong(detector.detect(sweep))) {
            assertThat(after)
                    .anyMatch(near(d.box().x(), -d.box().y(), 0.3, c -> c == d.objectClass()));
        }
    }

    @Test
    void orderOfThePointsDoesNotMatter() {
        Sweep sweep = town();
        List<Detection> expected = detector.detect(sweep);

        forAll(
                3,
                random -> {
                    PointCloud c = sweep.points().copy();
                    for (int i = c.size() - 1; i > 0; i--) {
                        swap(c, i, random.nextInt(i + 1));
                    }
                    assertThat(detector.detect(SyntheticScene.sweep(c))).isEqualTo(expected);
                });
    }

    @Test
    void ringsAreDerivedFromTheFileOrder() {
        // seen along its length, so that its place follows its edges and no step of a tree
        SyntheticScene scene = new SyntheticScene(1.73, 0).car(12, 3, 1.3).pedestrian(8, -3);
        List<Detection> given = detector.detect(scene.scan());

        // rows that see only the sky between two objects cannot be told from their neighbours
        List<Detection> derived = detector.detect(scene.withoutRing().scan());
        assertThat(derived).hasSameSizeAs(given);
        for (Detection d : given) {
            assertThat(derived)
                    .anyMatch(near(d.box().x(), d.box().y(), 0.05, c -> c == d.objectClass()));
        }
    }

    @Test
    void ringsAreBinnedByElevationWhereNothingElseHelps() {
        Sweep sweep = new SyntheticScene(1.73, 0).car(12, 3, 0.4).withoutRing().scan();
        PointCloud c = sweep.points();
        Random random = new Random(3);
        for (int i = c.size() - 1; i > 0; i--) {
            swap(c, i, random.nextInt(i + 1));
        }

        assertThat(found(sweep)).anyMatch(near(12, 3, 0.8, ObjectClass::isVehicle));
    }

    @Test
    void hostileCloudsGiveNothingAndNoException() {
        PointCloud nothing = new PointCloud();
        PointCloud one = new PointCloud();
        one.add(5, 1, -1, 0);
        PointCloud bad = new PointCloud();
        PointCloud scattered = new PointCloud();
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            bad.add(Float.NaN, i, Float.POSITIVE_INFINITY, Float.NaN, i % 70000, -1);
            scattered.add(
                    (float) random.nextGaussian() * 1e3f,
                    (float) random.nextGaussian() * 30,
                    (float) random.nextGaussian() * 1e2f,
                    -1,
                    random.nextInt(65536),
                    0);
        }
        bad.declare(true, true);
        scattered.declare(true, false);

        assertThat(detector.detect(SyntheticScene.sweep(nothing))).isEmpty();
        assertThat(detector.detect(SyntheticScene.sweep(one))).isEmpty();
        assertThat(detector.detect(SyntheticScene.sweep(bad))).isEmpty();
        assertThat(detector.detect(SyntheticScene.sweep(scattered))).isNotNull();
        assertThat(found(new SyntheticScene(1.73, 0).beams(2, -5, -5, 900).scan())).isEmpty();
    }

    @Test
    void nonFinitePointsAmongGoodOnesAreSkipped() {
        Sweep sweep = town();
        PointCloud c = sweep.points().copy();
        List<Detection> expected = detector.detect(sweep);
        for (int i = 0; i < 500; i++) {
            c.add(Float.NaN, 1, 1, 0, i % 64, 0);
        }

        assertThat(detector.detect(SyntheticScene.sweep(c))).isEqualTo(expected);
    }

    @Test
    void anInstanceThatSawOtherSweepsAnswersTheSame() {
        Sweep sweep = town();
        List<Detection> fresh =
                new GeometricDetector(GeometricDetectorConfig.defaults()).detect(sweep);
        detector.detect(new SyntheticScene(1.1, 0.05).beams(32, -30, 10, 1084).car(7, 7, 1).scan());

        assertThat(detector.detect(sweep)).isEqualTo(fresh);
    }

    @Test
    void afterWarmUpOnlyResultsAreAllocated() {
        Sweep sweep = town();
        for (int i = 0; i < 5; i++) {
            detector.detect(sweep);
        }
        var threads =
                (com.sun.management.ThreadMXBean)
                        java.lang.management.ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        detector.detect(sweep);

        assertThat(threads.getThreadAllocatedBytes(id) - before).isLessThan(256 * 1024);
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(
                        () ->
                                new GeometricDetectorConfig(
                                        GroundConfig.defaults(),
                                        60,
                                        0.2,
                                        9,
                                        0.2,
                                        1.2,
                                        3,
                                        2,
                                        8,
                                        0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("roofM is 9");
    }

    private static Sweep town() {
        return new SyntheticScene(1.73, 0)
                .car(12, 3, 0.4)
                .car(-9, -6, 2.0)
                .car(3, 17, 1.2)
                .pedestrian(7, -4)
                .cyclist(-8, 4, 0.7)
                .box(0, -16, 0, 50, 0.4, 4, 0)
                .scan();
    }

    private List<Detection> found(Sweep sweep) {
        return strong(detector.detect(sweep));
    }

    private static List<Detection> strong(List<Detection> all) {
        return all.stream().filter(d -> d.score() >= 0.3).toList();
    }

    private static Predicate<Detection> near(
            double x, double y, double distance, Predicate<ObjectClass> isRight) {
        return d ->
                Math.hypot(d.box().x() - x, d.box().y() - y) <= distance
                        && isRight.test(d.objectClass());
    }

    private static Sweep turned(Sweep sweep, double turn) {
        PointCloud c = sweep.points().copy();
        for (int i = 0; i < c.size(); i++) {
            double x = c.x()[i];
            double y = c.y()[i];
            c.x()[i] = (float) (Math.cos(turn) * x - Math.sin(turn) * y);
            c.y()[i] = (float) (Math.sin(turn) * x + Math.cos(turn) * y);
        }
        return SyntheticScene.sweep(c);
    }

    private static void swap(PointCloud c, int i, int j) {
        PointCloud t = new PointCloud(1);
        t.add(c.x()[i], c.y()[i], c.z()[i], c.intensity()[i], c.ringOf(i), c.timeOffsetNanos()[i]);
        copy(c, j, c, i);
        copy(t, 0, c, j);
    }

    private static void copy(PointCloud from, int i, PointCloud to, int j) {
        to.x()[j] = from.x()[i];
        to.y()[j] = from.y()[i];
        to.z()[j] = from.z()[i];
        to.intensity()[j] = from.intensity()[i];
        to.ring()[j] = from.ring()[i];
        to.timeOffsetNanos()[j] = from.timeOffsetNanos()[i];
    }
}
