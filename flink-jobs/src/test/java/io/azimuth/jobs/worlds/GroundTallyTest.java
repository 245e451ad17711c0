package io.azimuth.jobs.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.cluster.GeometricDetectorConfig;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.Surface;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A level road of 16 rings, with points of known labels on it, over it and far away. */
class GroundTallyTest {
    private static final double SENSOR_HEIGHT_M = 1.8;
    private static final int COLUMNS = 360;
    private static final int RINGS = 16;
    private static final int AN_OBJECT = 4;

    private final GeometricDetectorConfig config = GeometricDetectorConfig.defaults();
    private final GroundTally tally = new GroundTally(config);
    private PointCloud cloud = new PointCloud();
    private List<Integer> labels = new ArrayList<>();

    @BeforeEach
    void road() {
        for (int r = 0; r < RINGS; r++) {
            for (int c = 0; c < COLUMNS; c++) {
                double a = 2 * Math.PI * c / COLUMNS;
                double range = 4 + 1.5 * r;
                point(range * Math.cos(a), range * Math.sin(a), 0, Surface.ROAD.label());
            }
        }
    }

    @Test
    void aLevelRoadIsGroundAndWhatStandsOnItIsNot() {
        for (int i = 0; i < 50; i++) {
            point(10 + 0.01 * i, 3, 1, AN_OBJECT);
            point(15, 4 + 0.01 * i, 2, Surface.HOUSE.label());
        }

        tally.add(sweep());

        assertThat(tally.both).isEqualTo(RINGS * COLUMNS);
        assertThat(tally.onlyTaken).isZero();
        assertThat(tally.onlyTrue).isZero();
        assertThat(tally.f1()).isEqualTo(1);
    }

    @Test
    void footUnderAnObjectsPointIsNotTakenForGround() {
        for (int i = 0; i < 30; i++) {
            point(10, 3 + 0.02 * i, 0.1, AN_OBJECT);
            point(10, 3 + 0.02 * i, 0.45, AN_OBJECT);
        }

        tally.add(sweep());

        assertThat(tally.onlyTaken).isZero();
        assertThat(tally.onlyTrue).isZero();
    }

    @Test
    void lowPartsOfObjectsAreTakenWronglyAndHighGroundIsLost() {
        for (int i = 0; i < 30; i++) {
            point(10 + 0.01 * i, 3, 0.01, AN_OBJECT);
            point(12 + 0.01 * i, 3, 0.01, Surface.WALL.label());
        }
        for (int i = 0; i < 40; i++) {
            point(9, 5 + 0.01 * i, 1.2, Surface.GRASS.label());
        }

        tally.add(sweep());

        double road = RINGS * COLUMNS;
        assertThat(tally.onlyTaken).isEqualTo(60);
        assertThat(tally.onlyTrue).isEqualTo(40);
        assertThat(tally.precision()).isEqualTo(road / (road + 60));
        assertThat(tally.recall()).isEqualTo(road / (road + 40));
        assertThat(tally.f1()).isEqualTo(2 * road / (2 * road + 100));
    }

    @Test
    void mixedReturnsAndWhatIsBeyondTheRangeAreNotJudged() {
        point(10, 3, 0, Surface.MIXED.label());
        point(10, 3, 2, Surface.MIXED.label());
        point(config.maxRangeM() + 1, 0, 0, Surface.ROAD.label());
        point(0, config.maxRangeM() + 1, 3, Surface.LAWN.label());
        point(Double.NaN, 0, 0, Surface.ROAD.label());

        tally.add(sweep());

        assertThat(tally.both + tally.onlyTaken + tally.onlyTrue).isEqualTo(RINGS * COLUMNS);
    }

    @Test
    void sweepsAddUpAndAnEmptyOneChangesNothing() {
        SimulatedSweep full = sweep();
        cloud = new PointCloud();
        labels = new ArrayList<>();

        tally.add(full);
        tally.add(sweep());
        tally.add(full);

        assertThat(tally.both).isEqualTo(2 * RINGS * COLUMNS);
    }

    @Test
    void withoutPointsThereIsNoFigure() {
        assertThat(tally.f1()).isNaN();
        assertThat(tally.precision()).isNaN();
        assertThat(tally.recall()).isNaN();
    }

    /** A point at this height over the road. */
    private void point(double x, double y, double aboveM, int label) {
        cloud.add((float) x, (float) y, (float) (aboveM - SENSOR_HEIGHT_M), 0.3f);
        labels.add(label);
    }

    private SimulatedSweep sweep() {
        Sweep sweep =
                new Sweep(
                        "v",
                        "v/top",
                        "scene",
                        0,
                        0,
                        100_000_000,
                        Sweep.Sector.WHOLE,
                        RigidTransform.IDENTITY,
                        null,
                        cloud);
        return new SimulatedSweep(
                sweep,
                RigidTransform.IDENTITY,
                RigidTransform.IDENTITY,
                List.of(),
                labels.stream().mapToInt(Integer::intValue).toArray());
    }
}
