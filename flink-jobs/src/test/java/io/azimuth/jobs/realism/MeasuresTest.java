package io.azimuth.jobs.realism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeasuresTest {
    /** Standard deviation of an estimated standard deviation, relative, for some 500 points. */
    private static final double TEN_PERCENT = 0.1;

    @Test
    void aLevelRoadIsAllGround() {
        Findings f = Scenes.of(new PointShares(), Scenes.road((r, c, range) -> range, List.of()));

        assertThat(f.of("points_a_sweep").value()).isEqualTo(Scenes.RINGS * Scenes.COLUMNS);
        assertThat(f.of("ground_share").value()).isEqualTo(1);
        assertThat(Arrays.stream(f.curveOf("points_by_ring")).sum())
                .isEqualTo(Scenes.RINGS * Scenes.COLUMNS);
        assertThat(Arrays.stream(f.curveOf("points_by_range_10m")).sum())
                .isEqualTo(Scenes.RINGS * Scenes.COLUMNS);
    }

    @Test
    void theShareOfAKnownMaskIsTheDropOut() {
        Scan scan = Scenes.road((r, c, range) -> c % 5 == 2 ? Double.NaN : range, List.of());

        Findings f = Scenes.of(new DropOut(), scan);

        assertThat(f.of("dropout_below_horizon").value()).isCloseTo(0.2, within(1e-9));
        assertThat(f.of("dropout_alone").value()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void aBlockIsDropOutButNotALossAlone() {
        Scan scan = Scenes.road((r, c, range) -> c < 100 ? Double.NaN : range, List.of());

        Findings f = Scenes.of(new DropOut(), scan);

        assertThat(f.of("dropout_below_horizon").value()).isCloseTo(0.1, within(1e-9));
        assertThat(f.of("dropout_alone").value()).isZero();
    }

    @Test
    void dropOutIsPutWhereTheRingMeetsTheGround() {
        // ring 0 meets the ground at 34 m, ring 31 at 4.7 m
        Scan scan =
                Scenes.road((r, c, range) -> r == 0 && c % 2 == 1 ? Double.NaN : range, List.of());

        double[] curve = Scenes.of(new DropOut(), scan).curveOf("dropout_by_ground_range_10m");

        assertThat(curve[3]).isCloseTo(0.5, within(0.01));
        assertThat(curve[0]).isZero();
    }

    @Test
    void aHistogramSumsToOne() {
        Findings f =
                Scenes.of(new IntensityHistogram(), Scenes.road((r, c, range) -> range, List.of()));

        assertThat(Arrays.stream(f.curveOf("intensity_all")).sum()).isCloseTo(1, within(1e-12));
        assertThat(f.curveOf("intensity_ground")[6]).isEqualTo(1);
        assertThat(f.of("intensity_cars_mean").samples()).isZero();
    }

    @Test
    void histogramsThatAreThreeBinsApartAreThatFarApart() {
        double[] a = new double[20];
        double[] b = new double[20];
        a[4] = 1;
        b[7] = 1;

        assertThat(IntensityHistogram.distance(a, b)).isCloseTo(3 / 20.0, within(1e-12));
        assertThat(IntensityHistogram.distance(a, a)).isZero();
    }

    @Test
    void aWallsNoiseIsItsResidual() {
        Random random = new Random(5);
        PointCloud cloud = Scenes.road((r, c, range) -> range, List.of()).sweep.points();
        Scenes.wall(cloud, random, 0.02);

        Findings f = Scenes.of(new PlaneResidual(), Scenes.scan(cloud, List.of()));

        assertThat(f.of("plane_sigma_wall_m").value()).isCloseTo(0.02, within(0.02 * TEN_PERCENT));
        assertThat(f.of("plane_sigma_road_m").value()).isLessThan(1e-4);
        assertThat(f.of("wall_scatter_of_rings_m").value()).isLessThan(0.01);
    }

    @Test
    void jitterAlongARingIsFoundWhateverTheRingsShape() {
        Random random = new Random(6);
        Scan scan = Scenes.road((r, c, range) -> range + 0.015 * random.nextGaussian(), List.of());

        Findings f = Scenes.of(new GroundRings(), scan);

        assertThat(f.of("ring_jitter_m").value()).isCloseTo(0.015, within(0.001));
        assertThat(f.of("azimuth_step_deg").value()).isCloseTo(0.36, within(1e-6));
        assertThat(f.curveOf("ring_radius_m")[10]).isCloseTo(1.7 / 0.15, within(0.01));
    }

    @Test
    void everyFourthEdgeWithAHangingReturnIsAQuarter() {
        // a wall before a wall, 40 columns each: 25 edges, every fourth with a return between
        Scan scan =
                Scenes.road(
                        (r, c, range) -> {
                            if (r > 0) {
                                return Double.NaN;
                            }
                            int edge = c / 40;
                            boolean hangs = c % 40 == 0 && edge % 4 == 1;
                            return hangs ? 15 : edge % 2 == 0 ? 10 : 20;
                        },
                        List.of());

        Findings f = Scenes.of(new EdgePoints(), scan);

        assertThat(f.of("edge_mixed_share").value()).isCloseTo(0.25, within(0.02));
    }

    @Test
    void theReturnsInACarsBoxAreItsPoints() {
        OrientedBox box = new OrientedBox(10, 0, -0.95, 4, 1.8, 1.5, 0);
        Scan road = Scenes.road((r, c, range) -> range, List.of());
        PointCloud cloud = road.sweep.points();
        int before = cloud.size();
        for (int i = 0; i < 120; i++) {
            Scenes.add(cloud, 8.1, -0.8 + 0.01 * i, -0.8, 7);
        }
        Scan scan = Scenes.scan(cloud, List.of(new CarBox(box, true)));

        Findings f = Scenes.of(new CarPoints(), scan);

        assertThat(cloud.size()).isEqualTo(before + 120);
        assertThat(f.of("car_points_10m").samples()).isEqualTo(1);
        // rings beyond the road under the car stay below its floor
        assertThat(f.of("car_points_10m").value()).isEqualTo(120);
        assertThat(f.of("car_points_20m").value()).isNaN();
    }

    @Test
    void aCarBehindAWallIsHidden() {
        OrientedBox box = new OrientedBox(20, 0, -0.95, 4, 1.8, 1.5, 0);
        Scan scan =
                Scenes.road((r, c, range) -> Math.min(range, 6), List.of(new CarBox(box, true)));

        assertThat(Aim.at(scan, box).hiddenShare()).isGreaterThan(0.9);
        assertThat(Scenes.of(new CarPoints(), scan).of("car_points_20m").samples()).isZero();
    }
}
