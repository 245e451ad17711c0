package io.azimuth.registration.icp;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.lang.management.ManagementFactory;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefinersTest {
    private static final double NOISE_M = 0.015;
    private static final int CASES = 4;

    @ParameterizedTest
    @ValueSource(strings = {"vgicp", "gicp"})
    void findsTheMotionBetweenTwoScansOfAPlace(String name) {
        Refiner refiner = refiner(name);
        forAll(
                CASES,
                rnd -> {
                    RigidTransform truth = StreetScene.motion(rnd, 0.03, 0.3);
                    PointCloud target = StreetScene.scan(rnd, NOISE_M);
                    PointCloud source =
                            StreetScene.moved(StreetScene.scan(rnd, NOISE_M), truth.inverse());

                    Refinement found = refiner.refine(target, source, RigidTransform.IDENTITY);

                    assertThat(found.status()).isEqualTo(Status.ALIGNED);
                    assertThat(found.converged()).isTrue();
                    assertThat(found.overlap()).isGreaterThan(0.8);
                    assertClose(found.targetFromSource(), truth, precisionM(name), 0.06);
                });
    }

    @Test
    void rigidMotionOfBothCloudsConjugatesThePose() {
        Refiner refiner = refiner("gicp");
        forAll(
                CASES,
                rnd -> {
                    PointCloud target = StreetScene.scan(rnd, NOISE_M);
                    PointCloud source = StreetScene.scan(rnd, NOISE_M);
                    RigidTransform turn =
                            RigidTransform.ofYawPitchRoll(
                                    rnd.nextDouble(-3, 3), rnd.nextDouble(-1, 1), 0.4, 3, -7, 2);
                    RigidTransform plain =
                            refiner.refine(target, source, RigidTransform.IDENTITY)
                                    .targetFromSource();

                    RigidTransform both =
                            refiner.refine(
                                            StreetScene.moved(target, turn),
                                            StreetScene.moved(source, turn),
                                            RigidTransform.IDENTITY)
                                    .targetFromSource();

                    // the coarse pass sees other voxels, so the last steps differ
                    assertClose(turn.inverse().times(both).times(turn), plain, 2e-4, 1e-3);
                });
    }

    @Test
    void swappingTheCloudsGivesTheInverse() {
        Refiner refiner = refiner("gicp");
        forAll(
                CASES,
                rnd -> {
                    PointCloud target = StreetScene.scan(rnd, NOISE_M);
                    PointCloud source =
                            StreetScene.moved(
                                    StreetScene.scan(rnd, NOISE_M),
                                    StreetScene.motion(rnd, 0.02, 0.2));

                    RigidTransform there =
                            refiner.refine(target, source, RigidTransform.IDENTITY)
                                    .targetFromSource();
                    RigidTransform back =
                            refiner.refine(source, target, RigidTransform.IDENTITY)
                                    .targetFromSource();

                    assertClose(back.inverse(), there, 2e-3, 0.05);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgicp", "gicp"})
    void orderAndCopiesOfPointsDoNotMatter(String name) {
        Refiner refiner = refiner(name);
        forAll(
                CASES,
                rnd -> {
                    PointCloud target = StreetScene.scan(rnd, NOISE_M);
                    PointCloud source = StreetScene.scan(rnd, NOISE_M);
                    RigidTransform plain =
                            refiner.refine(target, source, RigidTransform.IDENTITY)
                                    .targetFromSource();

                    RigidTransform shuffled =
                            refiner.refine(
                                            shuffled(rnd, target),
                                            shuffled(rnd, source),
                                            RigidTransform.IDENTITY)
                                    .targetFromSource();
                    RigidTransform doubled =
                            refiner.refine(twice(target), twice(source), RigidTransform.IDENTITY)
                                    .targetFromSource();

                    assertClose(shuffled, plain, 1e-6, 1e-5);
                    assertThat(doubled).isEqualTo(plain);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgicp", "gicp"})
    void mapCoordinatesLoseNothing(String name) {
        Refiner refiner = refiner(name);
        RandomGenerator rnd = seeded();
        RigidTransform far = RigidTransform.translation(1e5, -1e5, 300);
        PointCloud target = StreetScene.scan(rnd, NOISE_M);
        PointCloud source = StreetScene.scan(rnd, NOISE_M);
        RigidTransform plain =
                refiner.refine(target, source, RigidTransform.IDENTITY).targetFromSource();

        RigidTransform shifted =
                refiner.refine(
                                StreetScene.moved(target, far),
                                StreetScene.moved(source, far),
                                RigidTransform.IDENTITY)
                        .targetFromSource();

        assertClose(far.inverse().times(shifted).times(far), plain, precisionM(name) / 4, 0.02);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgicp", "gicp"})
    void repeatsToTheLastBitAndInformsAboutTheSourceFrame(String name) {
        RandomGenerator rnd = seeded();
        PointCloud target = StreetScene.scan(rnd, NOISE_M);
        PointCloud source = StreetScene.scan(rnd, NOISE_M);
        RigidTransform guess = StreetScene.motion(rnd, 0.02, 0.2);
        Refiner used = refiner(name);
        used.refine(source, target, guess);

        Refinement first = used.refine(target, source, guess);
        Refinement second = refiner(name).refine(target, source, guess);

        assertThat(second.targetFromSource()).isEqualTo(first.targetFromSource());
        assertThat(second.information()).isEqualTo(first.information());
        assertThat(second.rmseM()).isEqualTo(first.rmseM());
        // a turn of the source about an origin 10 m to its side is observed as well as its shift
        RigidTransform aside = RigidTransform.translation(0, 10, 0);
        double[] there =
                used.refine(target, StreetScene.moved(source, aside), guess.times(aside.inverse()))
                        .information();
        double[] here = first.information();
        assertThat(there[21]).isCloseTo(here[21], within(0.05 * here[21]));
        double lever = here[14] - 2 * -10 * here[15] + 100 * here[21]; // yaw about (0, -10)
        assertThat(there[14]).isCloseTo(lever, within(0.1 * Math.abs(lever)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgicp", "gicp"})
    void refusesWhatIsNoCloud(String name) {
        Refiner refiner = refiner(name);
        PointCloud good = StreetScene.scan(seeded(), NOISE_M);
        PointCloud nan = good.copy();
        nan.x()[7] = Float.NaN;
        PointCloud huge = good.copy();
        huge.z()[3] = 1e30f;

        assertThatThrownBy(() -> refiner.refine(new PointCloud(), good, RigidTransform.IDENTITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target has no points");
        assertThatThrownBy(() -> refiner.refine(good, nan, RigidTransform.IDENTITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source: point 7 is (NaN");
        assertThatThrownBy(() -> refiner.refine(huge, good, RigidTransform.IDENTITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("point 3");
        assertThatThrownBy(() -> Refiners.named("icp", RefinerSettings.defaults(), () -> 0))
                .hasMessageContaining("[vgicp, gicp, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgicp", "gicp"})
    void saysWhatThePointsCannotTell(String name) {
        Refiner refiner = refiner(name);
        RandomGenerator rnd = seeded();
        PointCloud street = StreetScene.scan(rnd, NOISE_M);
        RigidTransform guess = RigidTransform.translation(0.1, 0.1, 0);
        PointCloud few = new PointCloud();
        PointCloud line = new PointCloud();
        PointCloud plane = new PointCloud();
        PointCloud dot = new PointCloud();
        for (int i = 0; i < 500; i++) {
            line.add(0.05f * i, 0.3f, 0.3f, 0);
            plane.add(rnd.nextFloat() * 10, rnd.nextFloat() * 10, 0.3f, 0);
            dot.add(1, 2, 3, 0);
            if (i < 19) {
                few.add(rnd.nextFloat(), rnd.nextFloat(), rnd.nextFloat(), 0);
            }
        }

        for (PointCloud cloud : new PointCloud[] {few, line, plane, dot}) {
            assertThat(refiner.refine(cloud, cloud, guess).status()).isEqualTo(Status.DEGENERATE);
        }
        assertThat(refiner.refine(few, street, guess).targetFromSource()).isEqualTo(guess);
        RigidTransform onPlane = refiner.refine(plane, plane, guess).targetFromSource();
        assertThat(onPlane.tx()).as("unobserved: the guess's").isCloseTo(0.1, within(1e-3));
        Refinement apart = refiner.refine(street, street, RigidTransform.translation(500, 0, 0));
        assertThat(apart.status()).isEqualTo(Status.NO_OVERLAP);
        assertThat(apart.inliers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgicp", "gicp"})
    void allocatesNothingPerPointAfterWarmUp(String name) {
        Refiner refiner = refiner(name);
        RandomGenerator rnd = seeded();
        PointCloud target = StreetScene.scan(rnd, NOISE_M);
        PointCloud source = StreetScene.scan(rnd, NOISE_M);
        RigidTransform guess = StreetScene.motion(rnd, 0.02, 0.2);
        for (int i = 0; i < 3; i++) {
            refiner.refine(target, source, guess);
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10; i++) {
            refiner.refine(target, source, guess);
        }
        long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / 10;

        // poses of a dozen iterations and the result; a byte a point would be 24 000
        assertThat(bytes).isLessThan(20_000);
    }

    /**
     * Noise that sends points of a wall on a voxel's border to either side shifts {@code vgicp}.
     */
    private static double precisionM(String name) {
        return name.equals(Gicp.NAME) ? 0.02 : 0.1;
    }

    private static RandomGenerator seeded() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    }

    private static Refiner refiner(String name) {
        return Refiners.named(name, RefinerSettings.defaults(), () -> 0);
    }

    private static void assertClose(RigidTransform a, RigidTransform b, double metres, double deg) {
        RigidTransform apart = b.inverse().times(a);
        assertThat(apart.translationNorm()).isLessThanOrEqualTo(metres);
        assertThat(Math.toDegrees(apart.angleRad())).isLessThanOrEqualTo(deg);
    }

    private static PointCloud shuffled(RandomGenerator rnd, PointCloud cloud) {
        PointCloud out = cloud.copy();
        for (int i = out.size() - 1; i > 0; i--) {
            int j = rnd.nextInt(i + 1);
            for (float[] axis : new float[][] {out.x(), out.y(), out.z()}) {
                float t = axis[i];
                axis[i] = axis[j];
                axis[j] = t;
            }
        }
        return out;
    }

    private static PointCloud twice(PointCloud cloud) {
        PointCloud out = cloud.copy();
        for (int i = 0; i < cloud.size(); i++) {
            out.add(cloud.x()[i], cloud.y()[i], cloud.z()[i], 0);
        }
        return out;
    }
}
