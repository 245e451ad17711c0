package io.azimuth.jobs.recovery;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.registration.odometry.OdometryConfig;
import io.azimuth.registration.odometry.ReducedSweep;
import io.azimuth.registration.odometry.SweepReducer;

/**
 * Sweeps of one sensor whose vehicle is carried elsewhere in between: taken from any index of any
 * drive, turned about the sensor's axis, with stamps that run on. One instance per thread.
 */
final class Journey {
    private final SweepReducer reducer;
    private long seq;
    private long nextNanos = TownDrive.EPOCH_NANOS;

    Journey(OdometryConfig config) {
        reducer = new SweepReducer(config);
    }

    /**
     * @param worldFromSensor truth at mid-sweep, in the world of the drive
     */
    record Step(ReducedSweep sweep, RigidTransform worldFromSensor) {}

    /** Sweeps that do not arrive. */
    void miss(int sweeps, long periodNanos) {
        seq += sweeps;
        nextNanos += sweeps * periodNanos;
    }

    /**
     * The next sweep.
     *
     * @param yawRad how far the vehicle stands turned from the drive's heading
     */
    Step next(TownDrive drive, int index, double yawRad) {
        SimulatedSweep simulated = drive.sweep(0, 0, index);
        ReducedSweep s = reducer.reduce(simulated.sweep());
        RigidTransform driveFromTurned = RigidTransform.ofYaw(yawRad, 0, 0, 0);
        long length = s.endNanos() - s.startNanos();
        short[] x = new short[s.size()];
        short[] y = new short[s.size()];
        double cos = Math.cos(yawRad);
        double sin = Math.sin(yawRad);
        for (int i = 0; i < s.size(); i++) {
            x[i] = (short) Math.round(cos * s.x()[i] + sin * s.y()[i]);
            y[i] = (short) Math.round(cos * s.y()[i] - sin * s.x()[i]);
        }
        ReducedSweep turned =
                new ReducedSweep(
                        seq++,
                        nextNanos,
                        nextNanos + length,
                        s.timed(),
                        s.stepM(),
                        x,
                        y,
                        s.z().clone(),
                        s.time().clone());
        nextNanos += length;
        return new Step(turned, simulated.worldFromSensor().times(driveFromTurned));
    }

    Journey branch(OdometryConfig config) {
        Journey out = new Journey(config);
        out.seq = seq;
        out.nextNanos = nextNanos;
        return out;
    }
}
