package io.azimuth.registration.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.odometry.KeyFrame;
import io.azimuth.registration.odometry.OdometryEstimate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {
    @Test
    void aFrameNearTheNewestIsNoPlaceAndTheOldestIsDroppedInTheEnd() {
        List<Place> places = Places.with(List.of(), 0, frame(0));

        assertThat(Places.with(places, 1, frame(4.9))).isSameAs(places);
        for (int i = 1; i <= Places.MOST; i++) {
            places = Places.with(places, i, frame(5.1 * i));
        }
        assertThat(places).hasSize(Places.MOST);
        assertThat(places.get(0).seq()).isEqualTo(1);
    }

    @Test
    void blindAttemptsReachEveryPlaceTheNewestFirst() {
        for (int n : new int[] {1, 2, 5, 8}) {
            List<Place> places =
                    IntStream.range(0, n).mapToObj(i -> new Place(i, frame(i))).toList();

            List<Long> order =
                    IntStream.range(0, n).mapToObj(k -> Places.blind(places, k).seq()).toList();

            assertThat(order).doesNotHaveDuplicates().hasSize(n).startsWith(n - 1L);
            assertThat(Places.blind(places, n)).isEqualTo(Places.blind(places, 0));
        }
    }

    @Test
    void theNearestPlaceComesFirstAndTheNewerOfTwo() {
        List<Place> places =
                List.of(new Place(1, frame(-2)), new Place(2, frame(2)), new Place(3, frame(1)));

        assertThat(Places.nearest(places, RigidTransform.IDENTITY))
                .extracting(Place::seq)
                .containsExactly(3L, 2L, 1L);
    }

    @Test
    void aSuddenLossOfFitIsDoubtedAndAConfirmedOneNoLonger() {
        FitLevel level = FitLevel.UNKNOWN;
        for (int i = 0; i < 5; i++) {
            assertThat(level.doubts(estimate(0.97, 0.03))).as("sweep %d", i).isFalse();
            level = level.with(estimate(0.98, 0.03));
        }

        assertThat(level.doubts(estimate(0.8, 0.03))).isTrue();
        assertThat(level.doubts(estimate(0.98, 0.06))).isTrue();
        assertThat(level.doubts(estimate(0.96, 0.04))).isFalse();
        assertThat(level.resetTo(estimate(0.8, 0.06)).doubts(estimate(0.8, 0.06))).isFalse();
    }

    private static KeyFrame frame(double x) {
        short[] none = new short[0];
        return new KeyFrame(RigidTransform.translation(x, 0, 0), none, none, none);
    }

    private static OdometryEstimate estimate(double inliers, double rmseM) {
        return new OdometryEstimate(
                1,
                1,
                RigidTransform.IDENTITY,
                new double[6],
                new double[36],
                inliers,
                rmseM,
                3,
                false,
                false,
                false);
    }
}
