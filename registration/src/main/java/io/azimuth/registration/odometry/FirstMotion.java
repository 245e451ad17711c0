package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.ScanToMap;
import io.azimuth.registration.icp.ScanToMap.Match;
import io.azimuth.registration.neighbours.GaussianVoxelMap;
import java.util.List;

/**
 * How a sensor moved between the first two sweeps of a segment, when nothing is known. Both sweeps
 * are compensated with the same assumed speed, so a wrong start bends both: several forward speeds
 * are tried, each is refined by compensating again with what was found, and the one whose scans fit
 * best wins. Without this, a start at speed locks to the scan rings and reports standstill.
 */
final class FirstMotion {
    private static final double[] FORWARD_SPEEDS_MPS = {0, 5, 10, 20, 30, -3};
    private static final int ROUNDS = 3;
    private static final int ITERATIONS = 15;
    private static final double KERNEL_M = 0.5;

    private final OdometryConfig config;
    private final Deskew firstDeskew = new Deskew();
    private final Deskew secondDeskew = new Deskew();
    private final ScanToMap registration;

    FirstMotion(OdometryConfig config) {
        this.config = config;
        this.registration = new ScanToMap(config.minEigenShare());
    }

    /**
     * The motion that fits best.
     *
     * @param twist per second, sensor frame
     * @param motion during the first sweep
     */
    record Found(double[] twist, double[] motion, double costPerPoint) {}

    Found find(ReducedSweep first, ReducedSweep second, double seconds) {
        Found best = null;
        for (double speed : FORWARD_SPEEDS_MPS) {
            double[] twist = {0, 0, 0, speed, 0, 0};
            Found found = refine(first, second, seconds, twist);
            if (best == null || found.costPerPoint() < best.costPerPoint()) {
                best = found;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no start was tried");
        }
        return best;
    }

    private Found refine(ReducedSweep first, ReducedSweep second, double seconds, double[] start) {
        double[] twist = start;
        double cost = Double.POSITIVE_INFINITY;
        KeyFrameRing ring = new KeyFrameRing(config);
        for (int round = 0; round < ROUNDS; round++) {
            double[] motion = Deskew.motion(twist, first.endNanos() - first.startNanos());
            KeyFrame anchor =
                    ring.frame(
                            RigidTransform.IDENTITY,
                            firstDeskew.apply(first, motion),
                            first.size());
            GaussianVoxelMap map = new LocalMap(config).of(List.of(anchor));
            double[] step = twist.clone();
            for (int i = 0; i < 6; i++) {
                step[i] *= seconds;
            }
            double[] points =
                    secondDeskew.apply(
                            second, Deskew.motion(twist, second.endNanos() - second.startNanos()));
            Match match =
                    registration.align(
                            map,
                            points,
                            second.size(),
                            RigidTransform.exp(step),
                            KERNEL_M,
                            ITERATIONS);
            twist = match.mapFromSensor().log();
            for (int i = 0; i < 6; i++) {
                twist[i] /= seconds;
            }
            cost = match.costPerPoint();
        }
        return new Found(twist, Deskew.motion(twist, first.endNanos() - first.startNanos()), cost);
    }
}
