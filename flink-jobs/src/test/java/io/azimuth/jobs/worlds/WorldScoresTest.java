package io.azimuth.jobs.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.evaluation.TrajectoryError;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.simulation.TownFamily;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Figures of boxes and trajectories that were made by hand. */
class WorldScoresTest {
    private final WorldCell cell = new WorldCell(TownFamily.A, WorldSensor.SPINNING32);

    @Test
    void nearBoxesNeedManyPointsAndOthersFew() {
        label(ObjectClass.CAR, 10, 0, 60);
        label(ObjectClass.CAR, 10, -10, 10); // few points
        label(ObjectClass.CAR, 50, 0, 60); // far
        label(ObjectClass.CAR, 15, 5, 4); // too few for both

        SortedMap<String, Double> out = WorldScores.of(cell);

        assertThat(out)
                .containsEntry("vehicle.boxes", 3.0)
                .containsEntry("vehicle.0_20_m.boxes", 2.0)
                .containsEntry("vehicle.20_40_m.boxes", 0.0)
                .containsEntry("vehicle.40_60_m.boxes", 1.0)
                .containsEntry("near_50.vehicle.boxes", 1.0)
                .containsEntry("near_50.car.boxes", 1.0)
                .containsEntry("near_50.car.recall", 0.0);
    }

    @Test
    void recallCountsScoresOfPointThreeAndPrecisionTheFalseOnes() {
        label(ObjectClass.CAR, 10, 0, 60);
        label(ObjectClass.VAN, 20, 5, 60);
        found(ObjectClass.CAR, 10.9, 0, 0.3); // 0.9 m away
        found(ObjectClass.CAR, 20, 6.1, 0.9); // 1.1 m away: a miss, and false
        found(ObjectClass.CAR, 20, 5, 0.29);

        SortedMap<String, Double> out = WorldScores.of(cell);

        assertThat(out)
                .containsEntry("near_50.vehicle.recall", 0.5)
                .containsEntry("near_50.vehicle.precision", 0.5)
                .containsEntry("vehicle.0_20_m.recall", 1.0)
                .containsEntry("vehicle.20_40_m.recall", 0.0);
    }

    @Test
    void carsAreFoundByAnyVehicleAndCountAlone() {
        label(ObjectClass.CAR, 10, 0, 60);
        label(ObjectClass.CAR, 20, 5, 60);
        label(ObjectClass.TRUCK, 30, 0, 60);
        found(ObjectClass.VAN, 10, 0, 0.9);
        found(ObjectClass.CAR, 30, 0, 0.8);
        found(ObjectClass.PEDESTRIAN, 20, 5, 0.9);

        SortedMap<String, Double> out = WorldScores.of(cell);

        assertThat(out)
                .containsEntry("near_50.car.boxes", 2.0)
                .containsEntry("near_50.car.recall", 0.5)
                .containsEntry("near_50.vehicle.recall", 2 / 3.0);
    }

    @Test
    void recallAtAPrecisionGoesDownToTheLowestScoreThatKeepsIt() {
        label(ObjectClass.CAR, 10, 0, 60);
        label(ObjectClass.CAR, 20, 5, 60);
        label(ObjectClass.CAR, 30, 5, 60);
        found(ObjectClass.CAR, 10, 0, 0.9);
        found(ObjectClass.CAR, 0, 30, 0.8); // false: 1 of 2
        found(ObjectClass.CAR, 20, 5, 0.2); // 2 of 3 keep 0.6
        found(ObjectClass.CAR, 0, -30, 0.15);
        found(ObjectClass.CAR, -30, 5, 0.12);
        found(ObjectClass.CAR, 30, 5, 0.1); // 3 of 6 do not

        SortedMap<String, Double> out = WorldScores.of(cell);

        assertThat(out)
                .containsEntry("near_50.car.recall", 1 / 3.0)
                .containsEntry("near_50.car.recall_at_precision_60", 2 / 3.0);
    }

    @Test
    void drivesTooShortForSegmentsDoNotCountInTheirMean() {
        cell.trajectories.add(trajectory(120, 1, Double.NaN));
        cell.trajectories.add(trajectory(80, 3, 2));

        SortedMap<String, Double> out = WorldScores.of(cell);

        assertThat(out)
                .containsEntry("odometry.path_m", 200.0)
                .containsEntry("odometry.drift_percent", 2.0)
                .containsEntry("odometry.worst_drift_percent", 3.0)
                .containsEntry("odometry.segment_percent", 2.0);
    }

    @Test
    void withoutAnythingToMeasureThereIsNoFigure() {
        SortedMap<String, Double> out = WorldScores.of(cell);

        assertThat(out)
                .containsEntry("near_50.car.recall", Double.NaN)
                .containsEntry("ground.f1", Double.NaN)
                .containsEntry("odometry.drift_percent", Double.NaN)
                .containsEntry("odometry.path_m", 0.0);
    }

    private void label(ObjectClass c, double x, double y, int points) {
        cell.truth.add(new LabelledBox(1, "o" + cell.truth.size(), c, box(x, y), points));
    }

    private void found(ObjectClass c, double x, double y, double score) {
        cell.found.add(new ScoredBox(1, "", c, box(x, y), score));
    }

    private static OrientedBox box(double x, double y) {
        return new OrientedBox(x, y, -1, 4.2, 1.8, 1.5, 0);
    }

    private static TrajectoryError trajectory(
            double pathM, double driftPercent, double segmentPercent) {
        int segments = Double.isNaN(segmentPercent) ? 0 : 1;
        return new TrajectoryError(
                9, 0, pathM, driftPercent, 0, segments, segmentPercent, 0, 0, 0, 0, 0, 0, -1);
    }
}
