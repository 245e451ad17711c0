package io.azimuth.perception.cluster;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ComponentsTest {
    private static final double GAP_M = 0.3;
    private static final double ROOF_M = 2.5;
    private static final int JUMP = 3;
    private static final int ROW_JUMP = 2;

    @Test
    void labelsEqualThoseOfTheNaiveTwin() {
        forAll(
                30,
                random -> {
                    RangeImage image = randomImage(random);
                    Components components = new Components();
                    int count = components.label(image, GAP_M, ROOF_M, JUMP, ROW_JUMP);

                    int[] naive = naiveLabels(image);
                    int highest = -1;
                    for (int i = 0; i < image.size; i++) {
                        assertThat(components.label()[i]).isEqualTo(naive[i]);
                        highest = Math.max(highest, naive[i]);
                    }
                    assertThat(count).isEqualTo(highest + 1);
                });
    }

    private static RangeImage randomImage(RandomGenerator random) {
        PointCloud cloud = new PointCloud();
        int points = random.nextInt(1, 600);
        for (int i = 0; i < points; i++) {
            // two sectors, one across the seam, so that neighbours are common
            double azimuth = random.nextDouble(-0.2, 0.2) + (random.nextBoolean() ? 0 : 2);
            double range = 5 + 0.2 * random.nextInt(4) + (random.nextBoolean() ? 0 : 0.5);
            int ring = random.nextInt(8);
            double z = -1 + 0.3 * ring;
            cloud.add(
                    (float) (range * Math.cos(azimuth)),
                    (float) (range * Math.sin(azimuth)),
                    (float) z,
                    0,
                    ring,
                    0);
        }
        cloud.declare(true, false);
        PolarCoordinates polar = new PolarCoordinates();
        polar.compute(cloud);
        float[] above = new float[points];
        for (int i = 0; i < points; i++) {
            above[i] = cloud.z()[i] + 1.5f;
        }
        RingRows rows = new RingRows();
        rows.assign(cloud, polar);
        RangeImage image = new RangeImage(0.2, 4.2, 60);
        image.fill(cloud, polar, above, rows, 360);
        return image;
    }

    /** Repeats "take the least label of any linked pixel" until nothing changes. */
    private static int[] naiveLabels(RangeImage image) {
        int[] label = new int[image.size];
        for (int i = 0; i < image.size; i++) {
            label[i] = i;
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < image.size; i++) {
                for (int j = 0; j < image.size; j++) {
                    if (linked(image, i, j) && label[i] != label[j]) {
                        label[i] = Math.min(label[i], label[j]);
                        label[j] = label[i];
                        changed = true;
                    }
                }
            }
        }
        int[] dense = new int[image.size];
        int next = 0;
        for (int i = 0; i < image.size; i++) {
            dense[i] = label[i] == i ? next++ : dense[label[i]];
        }
        return dense;
    }

    /** The rule of the class comment, for the ordered pair: j to the right of or above i. */
    private static boolean linked(RangeImage image, int i, int j) {
        if (i == j || image.height[i] > ROOF_M || image.height[j] > ROOF_M) {
            return false;
        }
        int right = Math.floorMod(image.column[j] - image.column[i], image.columns);
        int up = image.row[j] - image.row[i];
        double step = 2 * Math.PI / image.columns;
        double d = Math.hypot(image.x[i] - image.x[j], image.y[i] - image.y[j]);
        if (up == 0 && right >= 1 && right <= JUMP) {
            return d <= Math.max(GAP_M, 3 * step * image.range[i]) && first(image, i, right);
        }
        boolean beside = right <= 1 || right == image.columns - 1;
        return up >= 1
                && up <= ROW_JUMP
                && beside
                && d <= Math.max(GAP_M, 2 * step * image.range[i])
                && (up == 1 || !anyLinkedInRow(image, i, 1));
    }

    private static boolean anyLinkedInRow(RangeImage image, int i, int up) {
        for (int j = 0; j < image.size; j++) {
            if (image.row[j] == image.row[i] + up && linked(image, i, j)) {
                return true;
            }
        }
        return false;
    }

    /** Whether no nearer pixel to the right is linked already. */
    private static boolean first(RangeImage image, int i, int right) {
        for (int j = 0; j < image.size; j++) {
            int r = Math.floorMod(image.column[j] - image.column[i], image.columns);
            if (image.row[j] == image.row[i] && r >= 1 && r < right && linked(image, i, j)) {
                return false;
            }
        }
        return true;
    }
}
