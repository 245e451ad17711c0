package io.azimuth.registration.odometry;

import io.azimuth.perception.evaluation.TrajectoryError;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import java.util.ArrayList;
import java.util.List;

/** Odometry on simulated towns: {@code SimulatedRun SENSOR SWEEPS SEED...}. */
final class SimulatedRun {
    private SimulatedRun() {}

    public static void main(String[] args) {
        int sweeps = Integer.parseInt(args[1]);
        for (int a = 2; a < args.length; a++) {
            SensorModel sensor =
                    switch (args[0]) {
                        case "hdl64" -> SensorModel.hdl64("top");
                        case "os1-128" -> SensorModel.os1With128("top");
                        case "hdl32" -> SensorModel.hdl32("top");
                        default -> SensorModel.vlp16("top");
                    };
            TownDrive drive =
                    new TownDrive(
                            TownConfig.of(Long.parseLong(args[a]))
                                    .withSweeps(sweeps)
                                    .withSensors(sensor));
            OdometryConfig config = OdometryConfig.defaults();
            LidarOdometry odometry = new LidarOdometry(config);
            SweepReducer reducer = new SweepReducer(config);
            List<RigidTransform> truth = new ArrayList<>();
            List<RigidTransform> estimate = new ArrayList<>();
            int held = 0;
            int degenerate = 0;
            int segments = 0;
            for (int i = 0; i < sweeps; i++) {
                SimulatedSweep s = drive.sweep(0, 0, i);
                OdometryEstimate e = odometry.update(reducer.reduce(s.sweep()));
                truth.add(s.firstFromSensor());
                estimate.add(e.odomFromSensor());
                held += e.held() ? 1 : 0;
                degenerate += e.degenerate() ? 1 : 0;
                segments += e.discontinuity() ? 1 : 0;
            }
            TrajectoryError error = TrajectoryError.of(truth, estimate);
            System.out.printf(
                    "%s seed %s: path %.0f m drift %.2f %% end %.2f deg seg %.2f %% %.2f deg/100m ate %.3f rpe %.0f mm %.3f deg worst %.0f mm held %d degenerate %d segments %d%n",
                    args[0],
                    args[a],
                    error.pathM(),
                    error.driftPercent(),
                    error.endAngleDeg(),
                    error.translationPercent(),
                    error.rotationDegPer100m(),
                    error.ateM(),
                    1000 * error.rpeM(),
                    error.rpeDeg(),
                    1000 * error.worstStepM(),
                    held,
                    degenerate,
                    segments);
        }
    }
}
