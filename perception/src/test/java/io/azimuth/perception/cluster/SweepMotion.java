package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownDrive;

/** How the sensor moves while it measures a sweep: labels hold at mid-sweep, boxes when seen. */
final class SweepMotion {
    private final SimulatedSweep simulated;
    private final double[] aSweep;

    /** Of sweep {@code i}, which is not the drive's last. */
    SweepMotion(TownDrive drive, SimulatedSweep simulated, int i) {
        this.simulated = simulated;
        aSweep =
                simulated
                        .worldFromSensor()
                        .inverse()
                        .times(drive.sweep(0, 0, i + 1).worldFromSensor())
                        .log();
    }

    /** From the sensor where it was at a time to where it is at mid-sweep. */
    RigidTransform midFrom(long timeOffsetNanos) {
        var sweep = simulated.sweep();
        double share =
                (sweep.startNanos() + timeOffsetNanos - sweep.midNanos())
                        / (double) sweep.durationNanos();
        double[] moved = new double[6];
        for (int i = 0; i < 6; i++) {
            moved[i] = share * aSweep[i];
        }
        return RigidTransform.exp(moved);
    }
}
