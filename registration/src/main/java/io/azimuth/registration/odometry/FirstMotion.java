package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.ScanToMap;
import io.azimuth.registration.icp.ScanToMap.Match;
import io.azimuth.registration.neighbours.GaussianVoxelMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * How a sensor moved between the first two sweeps of a segment, when nothing is known. Both sweeps
 * are compensated with the same assumed velocity, so a wrong start bends both: several velocities
 * along the sensor's axes are tried (it may look backwards or sideways), the best ones are refined
 * by compensating again with what was found, and the one whose scans fit best where they meet at
 * all wins. Without this, a start at speed locks to the scan rings and reports standstill. How many
 * points meet a surface says little: most do at standstill, where each ring falls on itself.
 */
final class FirstMotion {
    private static final double[] SPEEDS_MPS = {5, 10, 20, 30, 40};
    private static final int REFINED = 3;
    private static final int FURTHER_ROUNDS = 3;
    private static final int ITERATIONS = 15;
    private static final double KERNEL_M = 0.5;
    private static final double FINE_KERNEL_M = 0.15;

    /** Share of the most points met that a motion must reach to be compared at all. */
    private static final double MIN_SHARE_MET = 0.5;

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
     * @param misfit how badly the points fit that meet a surface, square metres
     * @param met share of the points that meet one
     */
    record Found(double[] twist, double[] motion, double misfit, double met) {}

    Found find(ReducedSweep first, ReducedSweep second, double seconds) {
        List<Found> tried = new ArrayList<>();
        for (double[] start : starts()) {
            tried.add(round(first, second, seconds, start, KERNEL_M));
        }
        double most = tried.stream().mapToDouble(Found::met).max().orElse(0);
        tried.removeIf(f -> f.met() < MIN_SHARE_MET * most);
        tried.sort(Comparator.comparingDouble(Found::misfit)); // stable: ties keep the order
        Found best = null;
        for (Found candidate : tried.subList(0, Math.min(REFINED, tried.size()))) {
            Found found = candidate;
            for (int i = 0; i < FURTHER_ROUNDS; i++) {
                found = round(first, second, seconds, found.twist(), KERNEL_M);
            }
            if (best == null || found.misfit() < best.misfit()) {
                best = found;
            }
        }
        return round(
                first,
                second,
                seconds,
                Objects.requireNonNull(best, "no start was tried").twist(),
                FINE_KERNEL_M);
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
    private Found round(
            ReducedSweep first,
            ReducedSweep second,
            double seconds,
            double[] twist,
            double kernelM) {
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
                        kernelM,
                        ITERATIONS);
        double[] found = scaled(match.mapFromSensor().log(), 1 / seconds);
        return new Found(
                found,
                Deskew.motion(found, first.endNanos() - first.startNanos()),
                match.misfit(),
                match.matchedRatio());
    }

    private static double[] scaled(double[] v, double factor) {
        double[] out = v.clone();
        for (int i = 0; i < 6; i++) {
            out[i] *= factor;
        }
        return out;
    }
}
