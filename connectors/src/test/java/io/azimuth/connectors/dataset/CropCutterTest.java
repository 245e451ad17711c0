package io.azimuth.connectors.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CropCutterTest {
    private final CropCutter cutter = new CropCutter();

    private static PointCloud line(int n) {
        PointCloud cloud = new PointCloud();
        for (int i = 0; i < n; i++) {
            cloud.add(10 + 0.01f * i, 0, 0, 0, i % 8, 0);
        }
        return cloud;
    }

    @Test
    void aSmallBoxGrowsByTwoDecimetresAtEachFace() {
        cutter.take(line(400), new OrientedBox(11, 0, 0, 1, 1, 1, 0));
        // 10.5 - 0.2 .. 11.5 + 0.2
        assertThat(cutter.count()).isBetween(140, 142);
    }

    @Test
    void aLongBoxGrowsByTenPercent() {
        cutter.take(line(2000), new OrientedBox(20, 0, 0, 10, 1, 1, 0));
        assertThat(cutter.count()).isBetween(1099, 1102);
    }

    @Test
    void theBoxTurnsWithItsHeading() {
        cutter.take(line(400), new OrientedBox(11, 0, 0, 2, 0.2, 1, Math.PI / 2));
        assertThat(cutter.count()).isBetween(59, 62);
    }

    @Test
    void whatIsHiddenIsAtMostHalf() {
        PointCloud cloud = new PointCloud();
        for (int i = 0; i < 1000; i++) {
            cloud.add(10, -5 + 0.01f * i, 0.001f * i, 0, i % 8, 0);
        }
        for (int seed = 0; seed < 200; seed++) {
            cutter.take(cloud, new OrientedBox(10, 0, 0.5, 1, 12, 3, 0));
            cutter.spoil(cloud, 1, new Draws(seed, 1, 0));
            // hidden (half) of every second beam (half), of which half is dropped
            assertThat(cutter.count()).isBetween(90, 1000);
            assertThat(cutter.kept()).isEqualTo(cutter.count() / 1000.0);
        }
    }

    @Test
    void aLargeCropIsBoundByChanceInOrder() {
        cutter.take(line(5000), new OrientedBox(35, 0, 0, 60, 1, 1, 0));
        cutter.bound(new Draws(3, 1, 0));
        int[] left = cutter.indices();
        int[] sorted = left.clone();
        Arrays.sort(sorted);
        assertThat(left).hasSize(3000).isEqualTo(sorted);
        assertThat(Arrays.stream(left).distinct().count()).isEqualTo(3000);
        assertThat(Arrays.stream(left).average().orElse(0)).isBetween(2400.0, 2600.0);
    }
}
