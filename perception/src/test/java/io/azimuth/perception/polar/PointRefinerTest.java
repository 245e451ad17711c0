package io.azimuth.perception.polar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.BoxOverlap;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TruthBox;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PointRefinerTest {
    private static final List<String> CLASSES = List.of("vehicle", "pedestrian", "cyclist");
    private static ModelBundle points;
    private static List<SimulatedSweep> street;

    @BeforeAll
    static void drive() {
        points = PolarModels.readRefiner(PolarModels.POINTS);
        TownDrive drive =
                new TownDrive(
                        TownConfig.of(51).withSensors(SensorModel.hdl64("top")).withSweeps(60));
        street = List.of(drive.sweep(0, 0, 5), drive.sweep(0, 0, 30), drive.sweep(0, 0, 55));
    }

    @Test
    void boxesOfVehiclesOverlapTheTruthMoreThanWhatTheCellsSaid() {
        double[] before = overlaps(PolarDetectorConfig.NO_REFINER);
        double[] after = overlaps(PolarModels.POINTS);
        assertThat(after[0]).as("vehicles matched").isGreaterThanOrEqualTo(before[0]);
        assertThat(after[1]).as("mean overlap").isGreaterThan(before[1] + 0.02);
    }

    @Test
    void vehiclesStandAlongTheirSides() {
        List<Double> before = axisErrors(PolarDetectorConfig.NO_REFINER);
        List<Double> after = axisErrors(PolarModels.POINTS);
        assertThat(after).hasSizeGreaterThan(20);
        assertThat(after.get(after.size() / 2)).as("median, radians").isLessThan(0.02);
        assertThat(after.get(after.size() / 2)).isLessThan(0.7 * before.get(before.size() / 2));
    }

    /** Of cars with 20 points or more, either way round, by size. */
    private static List<Double> axisErrors(String refiner) {
        List<Double> out = new ArrayList<>();
        try (PolarDetector detector = open(refiner)) {
            for (SimulatedSweep s : street) {
                List<Detection> found = detector.detect(s.sweep());
                for (TruthBox b : s.boxesAsMeasured()) {
                    if (b.objectClass() == ObjectClass.CAR && b.points() >= 20) {
                        found.stream()
                                .filter(d -> BoxOverlap.bev(d.box(), b.box()) > 0.3)
                                .findFirst()
                                .ifPresent(d -> out.add(axisError(d.box(), b.box())));
                    }
                }
            }
        }
        out.sort(null);
        return out;
    }

    private static double axisError(OrientedBox a, OrientedBox b) {
        double off = Math.abs(Angles.difference(a.yawRad(), b.yawRad()));
        return Math.min(off, Math.PI - off);
    }

    /** How many vehicles with 20 points or more were met, and the mean overlap with them. */
    private static double[] overlaps(String refiner) {
        int met = 0;
        double sum = 0;
        try (PolarDetector detector = open(refiner)) {
            for (SimulatedSweep s : street) {
                List<Detection> found = detector.detect(s.sweep());
                for (TruthBox b : s.boxesAsMeasured()) {
                    if (b.objectClass() != ObjectClass.CAR
                            || b.points() < 20
                            || b.box().rangeM() > 40) {
                        continue;
                    }
                    double best = 0;
                    for (Detection d : found) {
                        if (d.score() >= 0.3 && d.objectClass().isVehicle()) {
                            best = Math.max(best, BoxOverlap.bev(d.box(), b.box()));
                        }
                    }
                    met += best > 0 ? 1 : 0;
                    sum += best;
                }
            }
        }
        return new double[] {met, sum / met};
    }

    @Test
    void anAnswerDoesNotDependOnItsCompany() {
        try (PolarCandidates first =
                        new PolarCandidates(
                                PolarModels.read(PolarModels.NANO), new OrtBackend(), 0.03, true);
                PointRefiner refiner = new PointRefiner(points, CLASSES, new OrtBackend())) {
            var cloud = street.get(0).sweep().points();
            List<PolarPeaks.Peak> candidates = PointRefiner.candidates(first, cloud);
            assertThat(candidates).hasSizeGreaterThan(20);
            List<PolarPeaks.Peak> together = refiner.refine(candidates, cloud, first, 1e-6);
            List<PolarPeaks.Peak> alone = new ArrayList<>();
            for (PolarPeaks.Peak c : candidates) {
                alone.addAll(refiner.refine(List.of(c), cloud, first, 1e-6));
            }
            alone.sort(PolarPeaks.ORDER);
            assertThat(alone).isEqualTo(together);
        }
    }

    @Test
    void crowdsHaveMoreCandidatesThanPeaksAndNoneNearerThanItsRadius() {
        try (PolarCandidates peaks =
                        new PolarCandidates(
                                PolarModels.read(PolarModels.NANO), new OrtBackend(), 0.03, false);
                PolarCandidates cells =
                        new PolarCandidates(
                                PolarModels.read(PolarModels.NANO), new OrtBackend(), 0.03, true)) {
            var cloud = street.get(1).sweep().points();
            List<PolarPeaks.Peak> some = PointRefiner.candidates(peaks, cloud);
            List<PolarPeaks.Peak> more = PointRefiner.candidates(cells, cloud);
            assertThat(more.size()).isGreaterThan(some.size());
            double[] radius = cells.contract().nmsRadiusM();
            for (PolarPeaks.Peak a : more) {
                for (PolarPeaks.Peak b : more) {
                    assertThat(
                                    a == b
                                            || a.k() != b.k()
                                            || Math.hypot(
                                                            a.box().x() - b.box().x(),
                                                            a.box().y() - b.box().y())
                                                    > radius[a.k()])
                            .isTrue();
                }
            }
        }
    }

    @Test
    void headingsStayWithinATurnAndBoxesAreOfSaneSize() {
        try (PolarDetector detector = open(PolarModels.POINTS)) {
            for (SimulatedSweep s : street) {
                assertThat(detector.detect(s.sweep()))
                        .isNotEmpty()
                        .allSatisfy(
                                d -> {
                                    assertThat(Math.abs(Angles.difference(d.box().yawRad(), 0)))
                                            .isLessThanOrEqualTo(Math.PI);
                                    assertThat(d.box().length()).isBetween(0.1, 30.0);
                                });
            }
        }
    }

    @Test
    void aNetworkOfOtherClassesOrAnotherTaskIsRefusedByName() {
        assertThatThrownBy(
                        () ->
                                new PointRefiner(
                                        points, List.of("vehicle", "pedestrian"), new OrtBackend()))
                .isInstanceOf(ModelRejected.class)
                .hasMessageContaining("classes");
        assertThatThrownBy(
                        () ->
                                new PointRefiner(
                                        PolarModels.read(PolarModels.NANO),
                                        CLASSES,
                                        new OrtBackend()))
                .isInstanceOf(ModelRejected.class)
                .hasMessageContaining("task");
        assertThatThrownBy(() -> PolarContract.of(points.manifest()))
                .isInstanceOf(ModelRejected.class)
                .hasMessageContaining("task");
    }

    private static PolarDetector open(String refiner) {
        PolarDetectorConfig config =
                new PolarDetectorConfig(PolarModels.NANO, refiner, 0.1, 0.15, true);
        return new PolarDetector(
                config,
                PolarModels.read(PolarModels.NANO),
                new OrtBackend(),
                refiner.equals(PolarDetectorConfig.NO_REFINER) ? null : points,
                new OrtBackend());
    }
}
