package io.azimuth.perception.invariant.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConcentricPlacesTest {
    private static final double BIN_RAD = 2 * Math.PI / ConcentricMap.DIRECTIONS;

    /** Flat ground 1.7 m below the sensor, and walls of points at random places. */
    private static PointCloud scene(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PointCloud cloud = new PointCloud();
        for (int ring = 0; ring < 24; ring++) {
            double r = 4 + 1.6 * ring;
            for (int k = 0; k < 360; k++) {
                double a = 2 * Math.PI * k / 360;
                cloud.add((float) (r * Math.cos(a)), (float) (r * Math.sin(a)), -1.7f, 0.3f);
            }
        }
        for (int thing = 0; thing < 25; thing++) {
            double a = 2 * Math.PI * random.nextDouble();
            double r = 5 + 40 * random.nextDouble();
            double width = 0.3 + 6 * random.nextDouble();
            double height = 0.5 + 5 * random.nextDouble();
            for (int k = 0; k < 200; k++) {
                double along = width * (random.nextDouble() - 0.5);
                double x = r * Math.cos(a) - along * Math.sin(a);
                double y = r * Math.sin(a) + along * Math.cos(a);
                cloud.add(
                        (float) x, (float) y, (float) (-1.7 + height * random.nextDouble()), 0.3f);
            }
        }
        return cloud;
    }

    /** The scene as a sensor turned by {@code yaw} sees it. */
    private static Sweep seen(PointCloud scene, double yaw) {
        PointCloud out = new PointCloud();
        double c = Math.cos(yaw);
        double s = Math.sin(yaw);
        for (int i = 0; i < scene.size(); i++) {
            double x = scene.x()[i];
            double y = scene.y()[i];
            out.add((float) (c * x + s * y), (float) (c * y - s * x), scene.z()[i], 0.3f);
        }
        return WholeSweeps.of(out);
    }

    private static double cosine(float[] a, float[] b) {
        return Vectors.dot(a, 0, b, 0, a.length);
    }

    @Test
    void aTurnByWholeBinsChangesNothing() {
        ConcentricPlaces places = new ConcentricPlaces(null);
        float[] here = places.describe(seen(scene(1), 0));
        for (int bins : new int[] {1, 7, 32, 50}) {
            float[] turned = places.describe(seen(scene(1), bins * BIN_RAD));
            assertThat(cosine(here, turned)).as("%d bins", bins).isGreaterThan(0.9999);
        }
    }

    @Test
    void aTurnByHalfABinChangesLessThanAnotherPlace() {
        ConcentricPlaces places = new ConcentricPlaces(null);
        for (long seed = 1; seed < 6; seed++) {
            float[] here = places.describe(seen(scene(seed), 0));
            double half = cosine(here, places.describe(seen(scene(seed), 0.5 * BIN_RAD)));
            double other = cosine(here, places.describe(seen(scene(seed + 100), 0)));
            assertThat(half).isGreaterThan(0.99).isGreaterThan(other);
        }
    }

    @Test
    void theTurnBetweenTwoSweepsIsFound() {
        ConcentricPlaces places = new ConcentricPlaces(null);
        float[] first = places.map(seen(scene(3), 0));
        for (double yaw : new double[] {-3, -1.2, 0.03, 0.5, 2.5}) {
            double found = ConcentricPlaces.turnRad(first, places.map(seen(scene(3), yaw)));
            assertThat(Math.IEEEremainder(found - yaw, 2 * Math.PI))
                    .as("yaw %s", yaw)
                    .isCloseTo(0, within(0.35 * BIN_RAD));
        }
    }

    @Test
    void anEmptySweepHasNoDirection() {
        assertThat(new ConcentricPlaces(null).describe(seen(new PointCloud(), 0))).containsOnly(0);
    }

    @Test
    void whatComesWithTheEngineShortensToUnitLength() {
        ConcentricPlaces places = ConcentricPlaces.shipped();
        float[] here = places.describe(seen(scene(1), 0));
        assertThat(here).hasSize(places.length()).hasSize(128);
        assertThat(cosine(here, here)).isCloseTo(1, within(1e-6));
    }

    @Test
    void aFittedProjectionForgetsWhatChangesAtAPlace() throws Exception {
        SplittableRandom random = new SplittableRandom(8);
        List<float[]> first = new ArrayList<>();
        List<float[]> second = new ArrayList<>();
        for (int k = 0; k < 200; k++) {
            float[] a = new float[6];
            for (int i = 0; i < 6; i++) {
                a[i] = (float) random.nextDouble();
            }
            float[] b = a.clone();
            b[2] += (float) (10 * random.nextDouble()); // the place says nothing about it
            first.add(a);
            second.add(b);
        }
        PlaceProjection fitted = PlaceProjection.fit(first, second, 3, 0.01);
        float[] moved = first.get(0).clone();
        moved[2] += 5;
        float[] other = first.get(0).clone();
        other[0] += 1;
        double noise = distance(fitted, first.get(0), moved);
        double signal = distance(fitted, first.get(0), other);
        assertThat(noise).isLessThan(0.2 * signal);
        byte[] bytes = fitted.toBytes();
        PlaceProjection read = PlaceProjection.read("memory", new ByteArrayInputStream(bytes));
        assertThat(read.apply(other)).isEqualTo(fitted.apply(other));
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> PlaceProjection.read("cut", new ByteArrayInputStream(cut)))
                .hasMessageContaining("ends too early");
    }

    private static double distance(PlaceProjection p, float[] a, float[] b) {
        float[] pa = p.apply(a);
        float[] pb = p.apply(b);
        double sum = 0;
        for (int i = 0; i < pa.length; i++) {
            sum += (pa[i] - pb[i]) * (double) (pa[i] - pb[i]);
        }
        return Math.sqrt(sum);
    }
}
