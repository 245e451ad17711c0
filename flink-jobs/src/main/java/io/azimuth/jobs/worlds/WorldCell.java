package io.azimuth.jobs.worlds;

import io.azimuth.perception.cluster.GeometricDetector;
import io.azimuth.perception.cluster.GeometricDetectorConfig;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.evaluation.TrajectoryError;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TownFamily;
import io.azimuth.perception.simulation.TruthBox;
import io.azimuth.registration.odometry.LidarOdometry;
import io.azimuth.registration.odometry.OdometryConfig;
import io.azimuth.registration.odometry.OdometryEstimate;
import io.azimuth.registration.odometry.SweepReducer;
import java.util.ArrayList;
import java.util.List;

/** One family and sensor: drives through towns of all seeds. Not thread-safe. */
final class WorldCell {
    /** Sweeps of different towns must not be matched to each other. */
    private static final long IDS_A_TOWN = 1_000_000;

    final TownFamily family;
    final WorldSensor sensor;
    final List<LabelledBox> truth = new ArrayList<>();
    final List<ScoredBox> found = new ArrayList<>();
    final List<TrajectoryError> trajectories = new ArrayList<>();
    final GroundTally ground;
    int detected;
    int held;

    private final GeometricDetectorConfig config = GeometricDetectorConfig.defaults();

    WorldCell(TownFamily family, WorldSensor sensor) {
        this.family = family;
        this.sensor = sensor;
        ground = new GroundTally(config);
    }

    /** Odometry sees every sweep, detector and ground one in {@code every}. */
    void drive(long seed, int sweeps, int every) {
        TownDrive drive =
                new TownDrive(
                        TownConfig.of(seed)
                                .withFamily(family)
                                .withSensors(sensor.model())
                                .withSweeps(sweeps));
        OdometryConfig settings = OdometryConfig.defaults();
        SweepReducer reducer = new SweepReducer(settings);
        LidarOdometry odometry = new LidarOdometry(settings);
        GeometricDetector detector = new GeometricDetector(config);
        List<RigidTransform> real = new ArrayList<>();
        List<RigidTransform> estimated = new ArrayList<>();
        for (int i = 0; i < sweeps; i++) {
            SimulatedSweep simulated = drive.sweep(0, 0, i);
            OdometryEstimate estimate = odometry.update(reducer.reduce(simulated.sweep()));
            real.add(simulated.firstFromSensor());
            estimated.add(estimate.odomFromSensor());
            held += estimate.held() ? 1 : 0;
            if (i % every == 0) {
                judge(simulated, detector, estimate, seed * IDS_A_TOWN + i);
            }
        }
        trajectories.add(TrajectoryError.of(real, estimated));
    }

    private void judge(
            SimulatedSweep simulated,
            GeometricDetector detector,
            OdometryEstimate estimate,
            long id) {
        Sweep sweep = simulated.sweep();
        for (TruthBox b : simulated.boxesAsMeasured()) {
            truth.add(new LabelledBox(id, b.trackId(), b.objectClass(), b.box(), b.points()));
        }
        for (Detection d : detector.detect(sweep)) {
            found.add(
                    new ScoredBox(
                            id,
                            "",
                            d.objectClass(),
                            d.boxAsOf(sweep.midNanos() - sweep.startNanos(), estimate.twist()),
                            d.score()));
        }
        ground.add(simulated);
        detected++;
    }
}
