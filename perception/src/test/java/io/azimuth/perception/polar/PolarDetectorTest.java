package io.azimuth.perception.polar;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TruthBox;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolarDetectorTest {
    private static PolarDetector detector;
    private static List<SimulatedSweep> street;

    @BeforeAll
    static void start() {
        detector = open(PolarModels.NANO);
        TownDrive drive =
                new TownDrive(
                        TownConfig.of(51).withSensors(SensorModel.hdl64("top")).withSweeps(60));
        street = List.of(drive.sweep(0, 0, 5), drive.sweep(0, 0, 30), drive.sweep(0, 0, 55));
    }

    @AfterAll
    static void stop() {
        detector.close();
    }

    private static PolarDetector open(String model) {
        return new PolarDetector(
                PolarDetectorConfig.defaults(), PolarModels.read(model), new OrtBackend());
    }

    @Test
    void aRollOfTheCanvasByAnyMultipleOf16RowsRollsTheAnswerBitForBit() {
        ModelBundle bundle = PolarModels.read(PolarModels.NANO);
        PolarContract contract = PolarContract.of(bundle.manifest());
        float[] canvas = drawn(street.get(0).sweep(), contract);
        try (LoadedModel model = new OrtBackend().load(bundle, LoadOptions.single());
                Lease lease = model.acquire()) {
            float[] plain = run(lease, contract, canvas, 0);
            for (int roll = 16; roll < contract.grid().azimuthBins(); roll += 16) {
                float[] rolled = run(lease, contract, canvas, roll);
                assertThat(differing(plain, rolled, contract, roll / contract.strideAzimuth()))
                        .as("values that differ after a roll by %d rows", roll)
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PolarModels.NANO, PolarModels.TINY})
    void findsMostNearVehiclesOfAStreet(String model) {
        try (PolarDetector shipped = open(model)) {
            assertFindsMost(shipped);
        }
    }

    private static void assertFindsMost(PolarDetector shipped) {
        int wanted = 0;
        int hit = 0;
        int wrong = 0;
        for (SimulatedSweep s : street) {
            List<Detection> found = shipped.detect(s.sweep());
            List<TruthBox> near =
                    s.boxes().stream()
                            .filter(b -> b.points() >= 100 && b.box().rangeM() < 30)
                            .filter(b -> b.objectClass().isVehicle())
                            .toList();
            wanted += near.size();
            for (TruthBox b : near) {
                hit += found.stream().anyMatch(d -> d.score() >= 0.3 && matches(d, b)) ? 1 : 0;
            }
            for (Detection d : found) {
                boolean asked = d.score() >= 0.3 && d.box().rangeM() < 30;
                wrong += asked && s.boxes().stream().noneMatch(b -> matches(d, b)) ? 1 : 0;
            }
        }
        assertThat(wanted).isGreaterThan(5);
        assertThat(hit / (double) wanted).isGreaterThanOrEqualTo(0.8);
        assertThat(wrong).isLessThanOrEqualTo(wanted);
    }

    @Test
    void neitherAReusedDetectorNorTheOrderOfThePointsChangesTheAnswer() {
        List<Detection> first = detector.detect(street.get(0).sweep());
        detector.detect(street.get(1).sweep());
        assertThat(detector.detect(street.get(0).sweep())).isEqualTo(first).isNotEmpty();
        assertThat(detector.detect(shuffled(street.get(0).sweep()))).isEqualTo(first);
        try (PolarDetector other = open(PolarModels.NANO)) {
            assertThat(other.detect(street.get(0).sweep())).isEqualTo(first);
        }
        try (PolarDetector refining =
                new PolarDetector(
                        PolarDetectorConfig.defaults(),
                        PolarModels.read(PolarModels.NANO),
                        new OrtBackend(),
                        PolarModels.readRefiner(PolarModels.POINTS),
                        new OrtBackend())) {
            List<Detection> refined = refining.detect(street.get(0).sweep());
            refining.detect(street.get(1).sweep());
            assertThat(refining.detect(shuffled(street.get(0).sweep())))
                    .isEqualTo(refined)
                    .isNotEmpty()
                    .isNotEqualTo(first);
            assertThat(refining.detect(of(new PointCloud()))).isEmpty();
        }
    }

    @Test
    void anEmptyABrokenAndABareSweepHoldNothing() {
        assertThat(detector.detect(of(new PointCloud()))).isEmpty();
        PointCloud broken = new PointCloud();
        for (int i = 0; i < 1000; i++) {
            broken.add(Float.NaN, i % 2 == 0 ? Float.POSITIVE_INFINITY : 3, 1, Float.NaN);
        }
        assertThat(detector.detect(of(broken))).isEmpty();
        PointCloud ground = new PointCloud();
        for (int ring = 0; ring < 40; ring++) {
            for (int i = 0; i < 1500; i++) {
                double angle = 2 * Math.PI * i / 1500;
                double range = 4 + ring * 0.9;
                ground.add(
                        (float) (range * Math.cos(angle)),
                        (float) (range * Math.sin(angle)),
                        -1.7f,
                        0.2f);
            }
        }
        assertThat(detector.detect(of(ground))).noneMatch(d -> d.score() >= 0.3);
    }

    private static boolean matches(Detection d, TruthBox b) {
        return ClassGroup.of(d.objectClass()) == ClassGroup.of(b.objectClass())
                && Math.hypot(d.box().x() - b.box().x(), d.box().y() - b.box().y()) <= 1.5;
    }

    private static Sweep of(PointCloud cloud) {
        Sweep s = street.get(0).sweep();
        return new Sweep(
                s.vehicleId(),
                s.sensorId(),
                s.driveId(),
                s.seq(),
                s.startNanos(),
                s.endNanos(),
                s.sector(),
                s.egoFromSensor(),
                null,
                cloud);
    }

    private static Sweep shuffled(Sweep s) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < s.points().size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(7));
        PointCloud from = s.points();
        PointCloud to = new PointCloud(from.size());
        for (int i : order) {
            to.add(
                    from.x()[i],
                    from.y()[i],
                    from.z()[i],
                    from.intensity()[i],
                    from.ringOf(i),
                    from.timeOffsetNanos()[i]);
        }
        to.declare(from.hasRing(), from.hasTime());
        return of(to);
    }

    private static float[] drawn(Sweep sweep, PolarContract contract) {
        PolarCanvas canvas = new PolarCanvas(contract.grid());
        var polar = new io.azimuth.perception.ground.PolarCoordinates();
        var ground =
                new io.azimuth.perception.ground.GroundProfile(
                        io.azimuth.perception.ground.GroundConfig.defaults());
        polar.compute(sweep.points());
        ground.estimate(sweep.points(), polar);
        canvas.add(
                sweep.points(),
                polar,
                ground.heightsAbove(sweep.points(), polar),
                0,
                sweep.points().size());
        FloatBuffer out = FloatBuffer.allocate(canvas.length(0));
        canvas.write(out, 0);
        return out.array();
    }

    private static float[] run(Lease lease, PolarContract contract, float[] canvas, int roll) {
        int rows = contract.grid().azimuthBins();
        int columns = contract.grid().rangeBins();
        int halo = contract.haloRows();
        FloatBuffer in = lease.input(PolarContract.INPUT);
        for (int c = 0; c < PolarCanvas.CHANNELS; c++) {
            for (int r = 0; r < rows + 2 * halo; r++) {
                int from = Math.floorMod(r - halo - roll, rows);
                in.put(
                        (c * (rows + 2 * halo) + r) * columns,
                        canvas,
                        (c * rows + from) * columns,
                        columns);
            }
        }
        lease.run(1);
        float[] out = new float[lease.output(PolarContract.OUTPUT).capacity()];
        lease.output(PolarContract.OUTPUT).get(0, out);
        return out;
    }

    private static int differing(float[] plain, float[] rolled, PolarContract contract, int by) {
        int rows = contract.rows();
        int columns = contract.columns();
        int count = 0;
        for (int at = 0; at < plain.length; at++) {
            int channel = at / (rows * columns);
            int row = at / columns % rows;
            int to = (channel * rows + (row + by) % rows) * columns + at % columns;
            count +=
                    Float.floatToRawIntBits(plain[at]) == Float.floatToRawIntBits(rolled[to])
                            ? 0
                            : 1;
        }
        return count;
    }
}
