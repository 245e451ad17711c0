package io.azimuth.perception.recognition;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.invariant.Crop;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CropCutterTest {
    @Test
    void onePassFindsWhatLookingIntoEachBoxFinds() {
        CropCutter cutter = new CropCutter(); // one for all: its buffers are reused
        forAll(
                60,
                rnd -> {
                    PointCloud cloud = cloud(rnd, 3000);
                    List<OrientedBox> boxes = boxes(rnd, rnd.nextInt(0, 25));

                    List<Crop> crops = cutter.cut(cloud, boxes);

                    assertThat(crops).hasSize(boxes.size());
                    for (int b = 0; b < boxes.size(); b++) {
                        assertThat(crops.get(b).x()).containsExactly(slowX(cloud, boxes.get(b)));
                        assertThat(crops.get(b).sensor()).containsExactly(0, 0, 0);
                    }
                });
    }

    @Test
    void aBoxGrowsByATenthAndAtLeastTwentyCentimetresAtEachFace() {
        assertThat(OrientedBox.cropHalf(10)).isEqualTo(5.5);
        assertThat(OrientedBox.cropHalf(1)).isEqualTo(0.7);
    }

    @Test
    void pointsThatAreNoNumbersAreInNoCrop() {
        PointCloud cloud = new PointCloud();
        cloud.add(Float.NaN, 0, 0, 0);
        cloud.add(0, Float.NaN, 0, 0);
        cloud.add(0, 0, Float.NaN, 0);
        cloud.add(Float.POSITIVE_INFINITY, 0, 0, 0);
        cloud.add(0, 0, 0, 0);

        List<Crop> crops =
                new CropCutter().cut(cloud, List.of(new OrientedBox(0, 0, 0, 2, 2, 2, 0.4)));

        assertThat(crops.get(0).size()).isEqualTo(1);
    }

    private static double[] slowX(PointCloud cloud, OrientedBox b) {
        OrientedBox grown =
                new OrientedBox(
                        b.x(),
                        b.y(),
                        b.z(),
                        Math.max(1.1 * b.length(), b.length() + 0.4),
                        Math.max(1.1 * b.width(), b.width() + 0.4),
                        Math.max(1.1 * b.height(), b.height() + 0.4),
                        b.yawRad());
        List<Double> x = new ArrayList<>();
        for (int i = 0; i < cloud.size(); i++) {
            if (grown.contains(cloud.x()[i], cloud.y()[i], cloud.z()[i], 0)) {
                x.add((double) cloud.x()[i]);
            }
        }
        return x.stream().mapToDouble(v -> v).toArray();
    }

    private static PointCloud cloud(RandomGenerator rnd, int points) {
        PointCloud out = new PointCloud();
        for (int i = 0; i < points; i++) {
            out.add(
                    (float) rnd.nextDouble(-30, 30),
                    (float) rnd.nextDouble(-30, 30),
                    (float) rnd.nextDouble(-2, 2),
                    0);
        }
        return out;
    }

    /** Some of them overlap, some lie beyond all points. */
    private static List<OrientedBox> boxes(RandomGenerator rnd, int count) {
        List<OrientedBox> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double reach = rnd.nextInt(10) == 0 ? 900 : 30;
            out.add(
                    new OrientedBox(
                            rnd.nextDouble(-reach, reach),
                            rnd.nextDouble(-reach, reach),
                            rnd.nextDouble(-1, 1),
                            rnd.nextDouble(0.3, 12),
                            rnd.nextDouble(0.3, 3),
                            rnd.nextDouble(0.5, 3),
                            rnd.nextDouble(-4, 4)));
        }
        return out;
    }
}
