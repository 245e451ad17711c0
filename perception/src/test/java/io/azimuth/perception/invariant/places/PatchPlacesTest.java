package io.azimuth.perception.invariant.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.EncoderInfo;
import io.azimuth.perception.invariant.Encoding;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PatchPlacesTest {
    private static final int LENGTH = 128;

    /** Tells a piece by its number of points and its height: no turn changes them. */
    private record Plain() implements CropEncoder {
        @Override
        public EncoderInfo info() {
            return new EncoderInfo(
                    "plain", SymmetryGroup.YAW, true, 1, List.of("a"), List.of(LENGTH), "0");
        }

        @Override
        public List<Encoding> encode(List<Crop> crops) {
            return crops.stream().map(Plain::encoding).toList();
        }

        private static Encoding encoding(Crop crop) {
            double top = Double.NEGATIVE_INFINITY;
            for (double z : crop.z()) {
                top = Math.max(top, z);
            }
            float[] e = new float[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                e[i] = (float) Math.sin((i + 1) * (top + 0.01 * crop.size()));
            }
            Vectors.normalised(e);
            return new Encoding(CropStatus.OK, e, new float[1], Double.NaN, 0, 0.5);
        }

        @Override
        public void close() {}
    }

    /** Ground and columns of points about the sensor, as it sees them turned by {@code yaw}. */
    private static Sweep scene(long seed, double yaw) {
        SplittableRandom random = new SplittableRandom(seed);
        PointCloud cloud = new PointCloud();
        for (int ring = 0; ring < 24; ring++) {
            for (int k = 0; k < 360; k++) {
                add(cloud, 4 + 1.6 * ring, 2 * Math.PI * k / 360 - yaw, -1.7);
            }
        }
        for (int column = 0; column < 8; column++) {
            double a = 2 * Math.PI * column / 8;
            double r = 6 + 30 * random.nextDouble();
            double height = 1 + 4 * random.nextDouble();
            int points = random.nextInt(30, 200);
            for (int k = 0; k < points; k++) {
                double up = height * (k + 1) / points;
                add(cloud, r + 0.5 * random.nextDouble(), a - yaw, -1.7 + up);
            }
        }
        return WholeSweeps.of(cloud);
    }

    private static void add(PointCloud cloud, double r, double angle, double z) {
        cloud.add((float) (r * Math.cos(angle)), (float) (r * Math.sin(angle)), (float) z, 0.3f);
    }

    private static PatchPlaces places(boolean pooled) {
        return new PatchPlaces(new Plain(), new float[LENGTH], pooled);
    }

    private static double cosine(float[] a, float[] b) {
        return Vectors.dot(a, 0, b, 0, a.length);
    }

    @Test
    void piecesAreOneAThingNearestFirst() {
        List<Crop> found = new ScenePatches().cut(scene(1, 0));

        assertThat(found).hasSize(8);
        double last = 0;
        for (Crop crop : found) {
            double range = Math.hypot(crop.x()[0], crop.y()[0]);
            assertThat(range).isGreaterThan(last);
            last = range;
        }
    }

    @Test
    void aTurnedSensorDescribesThePlaceAsBefore() {
        for (boolean pooled : new boolean[] {true, false}) {
            float[] here = places(pooled).describe(scene(1, 0));
            assertThat(cosine(here, here)).isCloseTo(1, within(1e-5));
            assertThat(cosine(here, places(pooled).describe(scene(1, 2)))).isGreaterThan(0.95);
        }
    }

    @Test
    void anotherPlaceIsLessAlike() {
        for (boolean pooled : new boolean[] {true, false}) {
            float[] asked = places(pooled).describeQuery(scene(1, 2));
            double same = cosine(asked, places(pooled).describe(scene(1, 0)));
            double other = cosine(asked, places(pooled).describe(scene(2, 0)));
            assertThat(same).isGreaterThan(other + 0.1);
        }
    }

    @Test
    void whatIsCommonToAllPiecesIsTakenAway() {
        float[] centre = PatchPlaces.centre(new Plain(), List.of(scene(1, 0), scene(2, 0)));

        assertThat(cosine(centre, centre)).isBetween(1e-4, 1.0);
        assertThat(new PatchPlaces(new Plain(), centre, true).describe(scene(1, 0)))
                .isNotEqualTo(places(true).describe(scene(1, 0)));
    }

    @Test
    void whereNothingStandsTheDescriptorIsZero() {
        Sweep empty = WholeSweeps.of(new PointCloud());

        assertThat(places(true).describe(empty)).containsOnly(0f);
        assertThat(places(false).describeQuery(empty)).containsOnly(0f);
    }
}
