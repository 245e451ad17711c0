package io.azimuth.perception.ground;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class GroundProfileTest {
    private static final double HEIGHT_TOLERANCE_M = 0.08;

    private final PolarCoordinates polar = new PolarCoordinates();
    private final GroundProfile profile = new GroundProfile(GroundConfig.defaults());

    @Test
    void mountingHeightAndSlopeAreFound() {
        forAll(
                20,
                random -> {
                    double height = random.nextDouble(0.8, 3);
                    double slopeX = random.nextDouble(-0.1, 0.1);
                    double slopeY = random.nextDouble(-0.1, 0.1);
                    PointCloud cloud = plane(random, height, slopeX, slopeY);
                    estimate(cloud);

                    assertThat(profile.sensorHeightM()).isCloseTo(height, within(0.08));
                    for (double r = 3; r < 40; r += 3) {
                        double azimuth = random.nextDouble(0, 2 * Math.PI);
                        double truth =
                                -height
                                        + r
                                                * (slopeX * Math.cos(azimuth)
                                                        + slopeY * Math.sin(azimuth));
                        assertThat((double) at(r, azimuth))
                                .isCloseTo(truth, within(HEIGHT_TOLERANCE_M));
                    }
                });
    }

    @Test
    void wallsAndCarsDoNotLiftTheGround() {
        forAll(
                10,
                random -> {
                    PointCloud cloud = plane(random, 1.7, 0, 0);
                    for (int i = 0; i < 4000; i++) {
                        cloud.add(
                                (float) (8 + random.nextDouble(0, 4)),
                                (float) random.nextDouble(-1, 1),
                                (float) (-1.4 + random.nextDouble(0, 1.2)),
                                0);
                        cloud.add(
                                (float) random.nextDouble(-20, 20),
                                15,
                                (float) random.nextDouble(-1.7, 3),
                                0);
                    }
                    estimate(cloud);

                    assertThat((double) at(10, 0)).isCloseTo(-1.7, within(0.1));
                    assertThat((double) at(25, Math.PI / 2)).isCloseTo(-1.7, within(0.1));
                });
    }

    @Test
    void kerbIsFollowed() {
        forAll(
                5,
                random -> {
                    PointCloud cloud = plane(random, 1.7, 0, 0);
                    for (int i = 0; i < cloud.size(); i++) {
                        cloud.z()[i] += cloud.x()[i] > 6 ? 0.14f : 0;
                    }
                    estimate(cloud);

                    assertThat((double) at(5, 0)).isCloseTo(-1.7, within(0.1));
                    assertThat((double) at(12, 0)).isCloseTo(-1.56, within(0.1));
                });
    }

    @Test
    void emptyCloudGivesFiniteGround() {
        estimate(new PointCloud());

        assertThat(at(10, 1)).isFinite();
    }

    @Test
    void azimuthApproximationIsWithinItsBound() {
        forAll(
                2000,
                random -> {
                    double a = random.nextDouble(0, 2 * Math.PI);
                    double r = random.nextDouble(0.5, 100);
                    double turns =
                            PolarCoordinates.turns(
                                    (float) (r * Math.sin(a)), (float) (r * Math.cos(a)));
                    double error = Math.abs(turns * 2 * Math.PI - a);
                    assertThat(Math.min(error, 2 * Math.PI - error)).isLessThan(2e-5);
                    assertThat(turns).isBetween(0.0, Math.nextDown(1.0));
                });
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> new GroundConfig(4, 80, 0.18, 0.3, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sectors is 4");
    }

    private void estimate(PointCloud cloud) {
        polar.compute(cloud);
        profile.estimate(cloud, polar);
    }

    private float at(double range, double azimuth) {
        return profile.heightAt((float) range, (float) (azimuth / (2 * Math.PI)));
    }

    private static PointCloud plane(RandomGenerator random, double height, double sx, double sy) {
        PointCloud cloud = new PointCloud(60000);
        for (int i = 0; i < 40000; i++) {
            double a = random.nextDouble(0, 2 * Math.PI);
            double r = 2.5 + 50 * random.nextDouble() * random.nextDouble();
            double x = r * Math.cos(a);
            double y = r * Math.sin(a);
            double z = -height + sx * x + sy * y + 0.01 * random.nextGaussian();
            cloud.add((float) x, (float) y, (float) z, 0);
        }
        return cloud;
    }
}
