package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.ScanToMap;
import io.azimuth.registration.icp.ScanToMap.Match;
import io.azimuth.registration.neighbours.GaussianVoxelMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How a sensor moved between the first two sweeps of a segment, when nothing is known. Both sweeps
 * are compensated with the same assumed velocity, so a wrong start bends both: several velocities
 * along the sensor's axes are tried (it may look backwards or sideways), the best ones are refined
 * by compensating again with what was found, and the one whose scans fit best wins. Without this, a
 * start at speed locks to the scan rings and reports standstill.
 */
final class FirstMotion {
    private static final double[] SPEEDS_MPS = {5, 10, 20, 30};
    private static final int REFINED = 3;
    private static final int FURTHER_ROUNDS = 2;
    private static final int ITERATIONS = 15;
    private static final double KERNEL_M = 0.5;

    private final OdometryConfig config;
    private final Deskew firstDeskew = new Deskew();
    private final Deskew secondDeskew = new Deskew();
    private final ScanToMap registration;
    private final KeyFrameRing ring;

    FirstMotion(OdometryConfig config) {
        this.config = config;
        this.registration = new ScanToMap(config.minEigenShare());
        this.ring = new KeyFrameRing(config);
    }

    /**
     * The motion that fits best.
     *
     * @param twist per second, sensor frame
     * @param motion during the first sweep
     */
    record Found(double[] twist, double[] motion, double costPerPoint) {}

    Found find(ReducedSweep first, ReducedSweep second, double seconds) {
        List<Found> tried = new ArrayList<>();
        for (double[] start : starts()) {
            tried.add(round(first, second, seconds, start));
        }
        tried.sort(Comparator.comparingDouble(Found::costPerPoint)); // stable: ties keep the order
        Found best = tried.get(0);
        for (Found candidate : tried.subList(0, REFINED)) {
            Found found = candidate;
            for (int i = 0; i < FURTHER_ROUNDS; i++) {
                found = round(first, second, seconds, found.twist());
            }
            if (found.costPerPoint() < best.costPerPoint()) {
                best = found;
            }
        }
        return best;
    }

    /** Standstill, then each speed forwards, backwards, to the left and to the right. */
    private static List<double[]> starts() {
        List<double[]> out = new ArrayList<>();
        out.add(new double[6]);
        for (double speed : SPEEDS_MPS) {
            out.add(new double[] {0, 0, 0, speed, 0, 0});
            out.add(new double[] {0, 0, 0, -speed, 0, 0});
            out.add(new double[] {0, 0, 0, 0, speed, 0});
            out.add(new double[] {0, 0, 0, 0, -speed, 0});
        }
        return out;
    }

    /** Compensates both sweeps with a velocity and registers the second on the first. */
    private Found round(ReducedSweep first, ReducedSweep second, double seconds, double[] twist) {
        double[] motion = Deskew.motion(twist, first.endNanos() - first.startNanos());
        KeyFrame anchor =
                ring.frame(RigidTransform.IDENTITY, firstDeskew.apply(first, motion), first.size());
        GaussianVoxelMap map = new LocalMap(config).of(List.of(anchor));
        double[] points =
                secondDeskew.apply(
                        second, Deskew.motion(twist, second.endNanos() - second.startNanos()));
        Match match =
                registration.align(
                        map,
                        points,
                        second.size(),
                        RigidTransform.exp(scaled(twist, seconds)),
                        KERNEL_M,
                        ITERATIONS);
        double[] found = scaled(match.mapFromSensor().log(), 1 / seconds);
        return new Found(
                found,
                Deskew.motion(found, first.endNanos() - first.startNanos()),
                match.costPerPoint());
    }

    private static double[] scaled(double[] v, double factor) {
        double[] out = v.clone();
        for (int i = 0; i < 6; i++) {
            out[i] *= factor;
        }
        return out;
    }
}
