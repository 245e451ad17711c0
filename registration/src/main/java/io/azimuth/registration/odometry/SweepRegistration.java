package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.ScanToMap;
import io.azimuth.registration.neighbours.GaussianVoxelMap;

/**
 * Registers one sweep: thin, then deskew and step until the pose rests. One instance per thread;
 * figures of the last alignment are valid until the next.
 */
final class SweepRegistration {
    private static final int MAX_ITERATIONS = 30;
    private static final double REST_RAD = 2e-5;
    private static final double REST_M = 5e-4;
    private static final double MIN_STRENGTH = 0.004;
    private static final double FINAL_KERNEL_M = 0.2;
    private static final double WEAK_VARIANCE = 1;

    private final OdometryConfig config;
    private final VoxelThinner thinner = new VoxelThinner();
    private final ScanToMap icp = new ScanToMap();
    private final int[] index = new int[ReducedSweep.MAX_POINTS];
    private final float[] x = new float[ReducedSweep.MAX_POINTS];
    private final float[] y = new float[ReducedSweep.MAX_POINTS];
    private final float[] z = new float[ReducedSweep.MAX_POINTS];
    private int size;
    private int iterations;
    private boolean degenerate;

    SweepRegistration(OdometryConfig config) {
        this.config = config;
    }

    /**
     * The pose of the sweep's middle.
     *
     * @param last pose of the middle of the sweep before
     * @param guess where to start
     * @param share duration of the sweep over the time since {@code last}
     * @param kernelM width of the kernel at the start; it shrinks to 0.2 m
     */
    RigidTransform align(
            GaussianVoxelMap map,
            ReducedSweep sweep,
            RigidTransform last,
            RigidTransform guess,
            double share,
            double kernelM) {
        thin(sweep);
        RigidTransform lastInverse = last.inverse();
        RigidTransform pose = guess;
        double kernel = kernelM;
        degenerate = false;
        for (iterations = 1; iterations <= MAX_ITERATIONS; iterations++) {
            double[] xi = lastInverse.times(pose).log();
            for (int i = 0; i < 6; i++) {
                xi[i] *= share;
            }
            Deskew.apply(sweep, index, size, xi, x, y, z);
            icp.linearise(map, x, y, z, size, pose, kernel);
            double[] step = icp.solve(MIN_STRENGTH);
            degenerate = icp.weakDirections() > 0;
            pose = ScanToMap.moved(pose, step);
            double turn = Math.sqrt(step[0] * step[0] + step[1] * step[1] + step[2] * step[2]);
            double shift = Math.sqrt(step[3] * step[3] + step[4] * step[4] + step[5] * step[5]);
            boolean narrow = kernel <= FINAL_KERNEL_M;
            if (narrow && turn < REST_RAD && shift < REST_M) {
                break;
            }
            kernel = Math.max(FINAL_KERNEL_M, 0.7 * kernel);
        }
        return pose;
    }

    /** The sweep as a key frame at a pose, deskewed by its motion {@code xi} over the sweep. */
    KeyFrame keyFrame(ReducedSweep sweep, RigidTransform pose, double[] xi) {
        int n = sweep.size();
        for (int i = 0; i < n; i++) {
            index[i] = i;
        }
        Deskew.apply(sweep, index, n, xi, x, y, z);
        short[] xs = new short[n];
        short[] ys = new short[n];
        short[] zs = new short[n];
        float step = sweep.stepM();
        for (int i = 0; i < n; i++) {
            xs[i] = steps(x[i], step);
            ys[i] = steps(y[i], step);
            zs[i] = steps(z[i], step);
        }
        return new KeyFrame(sweep.seq(), pose.toRows(), step, xs, ys, zs);
    }

    private static short steps(float metres, float step) {
        return (short) Math.max(-32768, Math.min(32767, Math.round(metres / step)));
    }

    private void thin(ReducedSweep sweep) {
        int n = sweep.size();
        thinner.clear(n);
        double inverse = sweep.stepM() / config.registerM();
        size = 0;
        for (int i = 0; i < n; i++) {
            int seen = thinner.size();
            int cell =
                    thinner.cell(
                            (int) Math.floor(sweep.x()[i] * inverse),
                            (int) Math.floor(sweep.y()[i] * inverse),
                            (int) Math.floor(sweep.z()[i] * inverse));
            if (cell == seen) {
                index[size++] = i;
            }
        }
    }

    /** Share of the points well within the kernel. */
    double inlierRatio() {
        return size == 0 ? 0 : (double) icp.inliers() / size;
    }

    double cost() {
        return icp.cost();
    }

    double rmseM() {
        return icp.rmseM();
    }

    int iterations() {
        return Math.min(iterations, MAX_ITERATIONS);
    }

    boolean degenerate() {
        return degenerate;
    }

    /** Covariance in the sensor frame; a degenerate pose is marked by a large addition. */
    double[] covariance(RigidTransform pose) {
        double[] c = icp.covariance();
        double[] out = new double[36];
        for (int bi = 0; bi < 2; bi++) {
            for (int bj = 0; bj < 2; bj++) {
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        double s = 0;
                        for (int k = 0; k < 3; k++) {
                            for (int l = 0; l < 3; l++) {
                                s += pose.r(k, i) * c[6 * (3 * bi + k) + 3 * bj + l] * pose.r(l, j);
                            }
                        }
                        out[6 * (3 * bi + i) + 3 * bj + j] = s;
                    }
                }
            }
        }
        if (degenerate) {
            for (int i = 3; i < 6; i++) {
                out[7 * i] += WEAK_VARIANCE;
            }
        }
        return out;
    }
}
