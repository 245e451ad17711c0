package io.azimuth.registration.pcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The k-d tree against looking at every point. */
@ExtendWith(RequiresPcl.class)
class NeighboursTest {
    /** PCL's distances are float32. */
    private static final double RELATIVE = 1e-5;

    @Test
    void nearestAreThoseOfLookingAtAll() {
        for (long seed = 1; seed <= 5; seed++) {
            PointCloud points = Clouds.street(seed, 700, 0.02);
            PointCloud queries = Clouds.box(seed + 100, 60, 30, 12, 7);

            try (NativeCloud cloud = NativeCloud.of(points)) {
                NativeCloud.Neighbours found = cloud.nearest(Clouds.triples(queries), 12);

                assertThat(found.offsets()).hasSize(61);
                for (int q = 0; q < queries.size(); q++) {
                    double[] truth = sortedDistances(queries, q, points);
                    int[] rows = Arrays.copyOfRange(found.indices(), 12 * q, 12 * q + 12);
                    assertThat(Arrays.stream(rows).distinct().count()).isEqualTo(12);
                    for (int k = 0; k < 12; k++) {
                        assertThat((double) found.squaredM()[12 * q + k])
                                .isCloseTo(truth[k], within(RELATIVE * (truth[k] + 1e-6)));
                        assertThat(Clouds.squared(queries, q, points, rows[k]))
                                .isCloseTo(truth[k], within(RELATIVE * (truth[k] + 1e-6)));
                    }
                }
            }
        }
    }

    @Test
    void thoseWithinARadiusAreThoseOfLookingAtAll() {
        PointCloud points = Clouds.street(7, 900, 0.02);
        PointCloud queries = Clouds.street(8, 70, 0.02);

        try (NativeCloud cloud = NativeCloud.of(points)) {
            NativeCloud.Neighbours found = cloud.within(Clouds.triples(queries), 2.5, 0);
            NativeCloud.Neighbours few = cloud.within(Clouds.triples(queries), 2.5, 3);

            for (int q = 0; q < queries.size(); q++) {
                double[] truth = sortedDistances(queries, q, points);
                int count = 0;
                while (count < truth.length && truth[count] < 2.5 * 2.5) {
                    count++;
                }
                int from = found.offsets()[q];
                assertThat(found.offsets()[q + 1] - from).isEqualTo(count);
                for (int k = 0; k < count; k++) {
                    assertThat((double) found.squaredM()[from + k])
                            .isCloseTo(truth[k], within(RELATIVE * (truth[k] + 1e-6)));
                }
                int kept = few.offsets()[q + 1] - few.offsets()[q];
                assertThat(kept).isEqualTo(Math.min(3, count));
                for (int k = 0; k < kept; k++) {
                    assertThat((double) few.squaredM()[few.offsets()[q] + k])
                            .isCloseTo(truth[k], within(RELATIVE * (truth[k] + 1e-6)));
                }
            }
        }
    }

    @Test
    void aCloudSmallerThanKGivesAllItHas() {
        try (NativeCloud cloud = NativeCloud.of(Clouds.of(0, 0, 0, 3, 0, 0))) {
            NativeCloud.Neighbours found = cloud.nearest(Clouds.triples(Clouds.of(1, 0, 0)), 50);

            assertThat(found.indices()).containsExactly(0, 1);
            assertThat(found.squaredM()).containsExactly(1f, 4f);
            assertThat(found.offsets()).containsExactly(0, 2);
        }
    }

    @Test
    void noQueriesFindNothing() {
        try (NativeCloud cloud = NativeCloud.of(Clouds.of(0, 0, 0))) {
            assertThat(cloud.nearest(Clouds.triples(Clouds.of()), 1).offsets()).containsExactly(0);
            assertThat(cloud.within(Clouds.triples(Clouds.of()), 1, 0).offsets())
                    .containsExactly(0);
        }
    }

    private static double[] sortedDistances(PointCloud queries, int q, PointCloud points) {
        double[] out = new double[points.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = Clouds.squared(queries, q, points, i);
        }
        Arrays.sort(out);
        return out;
    }
}
