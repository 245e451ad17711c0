package io.azimuth.jobs.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.jobs.pipeline.DetectorFactory;
import io.azimuth.jobs.pipeline.Detectors;
import io.azimuth.jobs.worlds.WorldSensor;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.simulation.TownFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DetectorStudyTest {
    @Test
    void theDetectorsSeeTheSameSweepsAndEachHasItsRow() throws InterruptedException {
        SortedMap<String, DetectorFactory> detectors = new TreeMap<>();
        detectors.put("geometric", Detectors.named("geometric"));
        detectors.put("polar", Detectors.named("polar"));
        DetectorStudy.Plan plan =
                new DetectorStudy.Plan(
                        List.of(TownFamily.A), List.of(WorldSensor.SPINNING16), List.of(8L), 4, 3);

        DetectorStudy one = DetectorStudy.of(plan, detectors, 1);

        assertThat(one.rows())
                .extracting(DetectorStudy.Row::detector)
                .containsExactly("geometric", "polar");
        assertThat(one.rows()).allMatch(r -> r.sweeps() == 2);
        assertThat(one.rows().get(0).figure("vehicle.boxes"))
                .isPositive()
                .isEqualTo(one.rows().get(1).figure("vehicle.boxes"));
        assertThat(one.table()).contains("| A | 16 | 2 | polar |");
    }

    @Test
    void aTownThatDetectorsWereFittedToIsRefused() {
        assertThatThrownBy(
                        () ->
                                new DetectorStudy.Plan(
                                        List.of(TownFamily.A),
                                        List.of(WorldSensor.HDL64),
                                        List.of(7L),
                                        10,
                                        1))
                .hasMessageContaining("8 .. 30");
    }

    @Test
    void carsAreJudgedAloneAndOtherVehiclesAreNeutral() {
        List<LabelledBox> truth = new ArrayList<>();
        List<ScoredBox> found = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            OrientedBox car = new OrientedBox(10 + 3 * i, 5, 0.8, 4.2, 1.8, 1.5, 0.1);
            OrientedBox bus = new OrientedBox(10 + 3 * i, -15, 1.6, 12, 2.5, 3, 0.1);
            truth.add(new LabelledBox(i, "c", ObjectClass.CAR, car, 90));
            truth.add(new LabelledBox(i, "b", ObjectClass.BUS, bus, 90));
            found.add(new ScoredBox(i, "", ObjectClass.VAN, car, 0.9));
            // where a bus stands: no hit and no false car
            found.add(new ScoredBox(i, "", ObjectClass.CAR, bus, 0.95));
        }

        Map<String, Double> perfect = DetectorFigures.of(truth, found);

        assertThat(perfect.get("car.ap")).isCloseTo(1, within(1e-9));
        assertThat(perfect.get("car.bev_70")).isCloseTo(1, within(1e-9));
        assertThat(perfect.get("car.3d_70")).isCloseTo(1, within(1e-9));
        assertThat(perfect.get("vehicle.error_axis_rad")).isZero();

        List<ScoredBox> lifted = new ArrayList<>();
        found.forEach(
                b ->
                        lifted.add(
                                new ScoredBox(
                                        b.sweep(),
                                        "",
                                        b.objectClass(),
                                        new OrientedBox(
                                                b.box().x(),
                                                b.box().y(),
                                                b.box().z() + 0.4,
                                                b.box().length(),
                                                b.box().width(),
                                                b.box().height(),
                                                b.box().yawRad()),
                                        b.score())));
        Map<String, Double> high = DetectorFigures.of(truth, lifted);
        assertThat(high.get("car.bev_70")).isCloseTo(1, within(1e-9));
        assertThat(high.get("car.3d_70")).isZero();
    }
}
