package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The ground plane under a sensor by seeded random triples, as the transform into a frame whose z
 * axis is the plane's normal and whose origin is the sensor's foot on it. Exact for a scan turned
 * in any way, because a turn about the sensor keeps the sensor on the plane's upper side.
 */
final class LevelFrame {
    private static final int TRIPLES = 300;
    private static final double NEAR_M = 25;
    private static final double INLIER_M = 0.15;
    private static final double MIN_HEIGHT_M = 0.8;
    private static final double MAX_HEIGHT_M = 3.5;
    private static final double MIN_SHARE = 0.12;

    private final VoxelMeans v;
    private final int[] near;
    private int nearCount;
    // plane n . p + d = 0 with d > 0: the sensor's height
    private double nx;
    private double ny;
    private double nz;
    private double d;

    private LevelFrame(VoxelMeans v) {
        this.v = v;
        near = new int[v.size()];
        for (int i = 0; i < v.size(); i++) {
            double r2 = v.x()[i] * v.x()[i] + v.y()[i] * v.y()[i] + v.z()[i] * v.z()[i];
            if (r2 < NEAR_M * NEAR_M) {
                near[nearCount++] = i;
            }
        }
    }

    /** {@code levelFromSensor}, or null if no plane lies 0.8 .. 3.5 m from the sensor. */
    static @Nullable RigidTransform find(VoxelMeans v, long seed) {
        LevelFrame frame = new LevelFrame(v);
        if (frame.nearCount < 30 || !frame.vote(new SplittableRandom(seed))) {
            return null;
        }
        for (int round = 0; round < 3; round++) {
            if (!frame.refit()) {
                return null;
            }
        }
        return frame.transform();
    }

    private boolean vote(SplittableRandom random) {
        int best = 0;
        double bx = 0;
        double by = 0;
        double bz = 0;
        double bd = 0;
        for (int t = 0; t < TRIPLES; t++) {
            int a = near[random.nextInt(nearCount)];
            int b = near[random.nextInt(nearCount)];
            int c = near[random.nextInt(nearCount)];
            if (!throughTriple(a, b, c)) {
                continue;
            }
            int support = support();
            if (support > best) {
                best = support;
                bx = nx;
                by = ny;
                bz = nz;
                bd = d;
            }
        }
        nx = bx;
        ny = by;
        nz = bz;
        d = bd;
        return best >= Math.max(20, MIN_SHARE * nearCount);
    }

    private boolean throughTriple(int a, int b, int c) {
        double ux = v.x()[b] - v.x()[a];
        double uy = v.y()[b] - v.y()[a];
        double uz = v.z()[b] - v.z()[a];
        double wx = v.x()[c] - v.x()[a];
        double wy = v.y()[c] - v.y()[a];
        double wz = v.z()[c] - v.z()[a];
        double cx = uy * wz - uz * wy;
        double cy = uz * wx - ux * wz;
        double cz = ux * wy - uy * wx;
        double norm = Math.sqrt(cx * cx + cy * cy + cz * cz);
        if (norm < 1) { // a sliver: its normal is noise
            return false;
        }
        double offset = -(cx * v.x()[a] + cy * v.y()[a] + cz * v.z()[a]) / norm;
        double sign = offset < 0 ? -1 : 1;
        nx = sign * cx / norm;
        ny = sign * cy / norm;
        nz = sign * cz / norm;
        d = sign * offset;
        return d >= MIN_HEIGHT_M && d <= MAX_HEIGHT_M;
    }

    /** Points on the plane, less those below it: nothing is seen under the ground. */
    private int support() {
        int on = 0;
        int below = 0;
        for (int k = 0; k < nearCount; k++) {
            int i = near[k];
            double h = nx * v.x()[i] + ny * v.y()[i] + nz * v.z()[i] + d;
            if (Math.abs(h) < INLIER_M) {
                on++;
            } else if (h < -2 * INLIER_M) {
                below++;
            }
        }
        return on - below;
    }

    private boolean refit() {
        Covariance3 sum = new Covariance3();
        for (int k = 0; k < nearCount; k++) {
            int i = near[k];
            double h = nx * v.x()[i] + ny * v.y()[i] + nz * v.z()[i] + d;
            if (Math.abs(h) < INLIER_M) {
                sum.add(v.x()[i], v.y()[i], v.z()[i]);
            }
        }
        if (sum.count() < 20) {
            return false;
        }
        sum.decompose();
        double[] e = sum.axes();
        double offset = -(e[0] * sum.meanX() + e[1] * sum.meanY() + e[2] * sum.meanZ());
        double sign = offset < 0 ? -1 : 1;
        nx = sign * e[0];
        ny = sign * e[1];
        nz = sign * e[2];
        d = sign * offset;
        return d >= MIN_HEIGHT_M / 2 && d <= MAX_HEIGHT_M + 0.5;
    }

    /**
     * The smallest turn that takes the normal to +z, then the shift that puts the plane at z = 0.
     */
    private RigidTransform transform() {
        double[] r;
        if (nz < -1 + 1e-9) {
            r = new double[] {1, 0, 0, 0, -1, 0, 0, 0, -1};
        } else {
            double k = 1 / (1 + nz);
            r =
                    new double[] {
                        1 - k * nx * nx,
                        -k * nx * ny,
                        -nx,
                        -k * nx * ny,
                        1 - k * ny * ny,
                        -ny,
                        nx,
                        ny,
                        nz
                    };
        }
        return RigidTransform.of(r, 0, 0, d);
    }
}
