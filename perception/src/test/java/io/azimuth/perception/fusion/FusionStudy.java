package io.azimuth.perception.fusion;

import io.azimuth.perception.cluster.GeometricDetector;
import io.azimuth.perception.cluster.GeometricDetectorConfig;
import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.polar.PolarDetector;
import io.azimuth.perception.polar.PolarDetectorConfig;
import io.azimuth.perception.polar.PolarModels;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TruthBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Fits {@link FusionConfig} to simulated towns: {@code java
 * io.azimuth.perception.fusion.FusionStudy MODEL REFINER 1 6} prints the logistic regression of
 * "the network's box is right" (within 1.5 m of an object of its kind with five points) over the
 * towns of seeds 1 to 6 under sensors of 16 to 64 beams. Its defaults come from there.
 */
public final class FusionStudy {
    private static final int SWEEPS = 60;
    private static final int EVERY = 15;
    private static final double RANGE_M = 60;
    private static final double RIGHT_M = 1.5;
    private static final int FEW_POINTS = 5;

    private final List<double[]> rows = new ArrayList<>();
    private final List<Double> right = new ArrayList<>();
    private final FusionConfig config = FusionConfig.defaults();

    private FusionStudy() {}

    /** Prints the fit: model, refiner, first seed, last seed. */
    public static void main(String[] args) {
        FusionStudy study = new FusionStudy();
        List<SensorModel> sensors =
                List.of(
                        SensorModel.hdl64("top"),
                        SensorModel.hdl32("top"),
                        SensorModel.vlp16("top"));
        try (PolarDetector learned =
                        new PolarDetector(
                                new PolarDetectorConfig(args[0], args[1], 0.05, 0.15, true),
                                PolarModels.read(args[0]),
                                new OrtBackend(),
                                args[1].equals(PolarDetectorConfig.NO_REFINER)
                                        ? null
                                        : PolarModels.readRefiner(args[1]),
                                new OrtBackend());
                GeometricDetector geometric =
                        new GeometricDetector(GeometricDetectorConfig.defaults())) {
            for (long seed = Long.parseLong(args[2]); seed <= Long.parseLong(args[3]); seed++) {
                for (SensorModel sensor : sensors) {
                    study.drive(seed, sensor, learned, geometric);
                }
            }
        }
        study.print();
    }

    private void drive(
            long seed, SensorModel sensor, PolarDetector learned, GeometricDetector geometric) {
        TownDrive drive = new TownDrive(TownConfig.of(seed).withSensors(sensor).withSweeps(SWEEPS));
        for (int i = 0; i < SWEEPS; i += EVERY) {
            SimulatedSweep s = drive.sweep(0, 0, i);
            List<Detection> seen = geometric.detect(s.sweep());
            for (Detection d : learned.detect(s.sweep())) {
                TruthBox nearest = nearest(d, s.boxes());
                boolean neutral = nearest != null && nearest.points() < FEW_POINTS;
                if (d.box().rangeM() <= RANGE_M && !neutral) {
                    double support = FusedDetector.support(d, seen, config.nearM());
                    double has = support > 0 ? 1 : 0;
                    double odds = has > 0 ? FusedDetector.logit(support) : 0;
                    rows.add(new double[] {FusedDetector.logit(d.score()), odds, has, has - 1});
                    right.add(nearest == null ? 0.0 : 1.0);
                }
            }
        }
    }

    private static TruthBox nearest(Detection d, List<TruthBox> boxes) {
        TruthBox best = null;
        double least = RIGHT_M;
        for (TruthBox b : boxes) {
            double away = Math.hypot(b.box().x() - d.box().x(), b.box().y() - d.box().y());
            if (ClassGroup.of(b.objectClass()) == ClassGroup.of(d.objectClass()) && away <= least) {
                best = b;
                least = away;
            }
        }
        return best;
    }

    /** Newton's method with a weak pull towards the learned score alone. */
    private void print() {
        double[] w = {1, 0, 0, 0};
        for (int round = 0; round < 30; round++) {
            DMatrixRMaj gradient = new DMatrixRMaj(4, 1);
            DMatrixRMaj hessian = CommonOps_DDRM.identity(4);
            for (int i = 0; i < rows.size(); i++) {
                double[] x = rows.get(i);
                double odds = 0;
                for (int k = 0; k < 4; k++) {
                    odds += w[k] * x[k];
                }
                double p = 1 / (1 + Math.exp(-odds));
                for (int k = 0; k < 4; k++) {
                    gradient.add(k, 0, (right.get(i) - p) * x[k]);
                    for (int l = 0; l < 4; l++) {
                        hessian.add(k, l, p * (1 - p) * x[k] * x[l]);
                    }
                }
            }
            DMatrixRMaj step = new DMatrixRMaj(4, 1);
            CommonOps_DDRM.solve(hessian, gradient, step);
            for (int k = 0; k < 4; k++) {
                w[k] += step.get(k);
            }
        }
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "%d boxes, %.0f %% right: slope %.2f, support %.2f, offset %.2f, missing %.2f",
                        rows.size(),
                        100 * right.stream().mapToDouble(r -> r).average().orElse(0),
                        w[0],
                        w[1],
                        w[2],
                        w[3]));
    }
}
