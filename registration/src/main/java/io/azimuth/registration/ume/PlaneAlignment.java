package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Ldlt6;
import java.util.Arrays;

/**
 * Aligns a source to a target point to plane with six degrees of freedom, between level frames. The
 * reach shrinks from 1.5 m to 0.4 m; a pair weighs as its target is flat, its normals agree and its
 * residual is small. The ground may weigh no more than what stands on it: at small overlaps it
 * would otherwise pull the pose along itself. Buffers are reused; not thread-safe.
 */
final class PlaneAlignment {
    private static final int MAX_ITERATIONS = 30;
    private static final double FIRST_GATE_M = 1.5;
    private static final double SHRINK = 0.88;
    private static final double LAST_GATE_M = 0.4;
    private static final double STOP = 1e-4;

    private final Surfaces target;
    private final NearestVoxels nearest;
    private final Surfaces source;
    private final Ldlt6 solver = new Ldlt6();
    private final double[] standingSums = new double[28];
    private final double[] groundSums = new double[28];
    private final double[] hessian = new double[36];
    private final double[] gradient = new double[6];
    private final double[] step = new double[6];
    private double squaredResiduals;
    private double weightSum;

    PlaneAlignment(UmeScan target, UmeScan source) {
        this(target.surfaces(), target.target().nearest, source.surfaces());
    }

    /**
     * @param nearest of the target's points
     */
    PlaneAlignment(Surfaces target, NearestVoxels nearest, Surfaces source) {
        this.target = target;
        this.nearest = nearest;
        this.source = source;
    }

    /**
     * {@code targetLevelFromSourceLevel} from a start.
     *
     * @param points source points to use, evenly spread over the scan
     */
    RigidTransform run(RigidTransform start, int points) {
        return run(start, points, FIRST_GATE_M);
    }

    RigidTransform run(RigidTransform start, int points, double firstGateM) {
        RigidTransform pose = start;
        double gate = firstGateM;
        for (int it = 0; it < MAX_ITERATIONS; it++) {
            linearise(pose, points, gate);
            if (!solve()) {
                return pose;
            }
            pose = RigidTransform.exp(step).times(pose);
            double moved = 0;
            for (double s : step) {
                moved = Math.max(moved, Math.abs(s));
            }
            if (moved < STOP && gate <= LAST_GATE_M) {
                break;
            }
            gate = Math.max(LAST_GATE_M, gate * SHRINK);
        }
        return pose;
    }

    /** Information matrix (turn, then shift, about the target's axes) at a pose; row-major 6x6. */
    double[] information(RigidTransform pose) {
        linearise(pose, source.size(), LAST_GATE_M);
        double variance = Math.max(4e-4, squaredResiduals / Math.max(1, weightSum - 6));
        double[] out = new double[36];
        for (int i = 0; i < 36; i++) {
            out[i] = hessian[i] / variance;
        }
        return ObservedShifts.only(out);
    }

    private void linearise(RigidTransform pose, int points, double gate) {
        Arrays.fill(standingSums, 0);
        Arrays.fill(groundSums, 0);
        squaredResiduals = 0;
        double s2 = gate * gate / 9;
        double[] r = pose.toRows();
        int n = Math.min(points, source.size());
        for (int k = 0; k < n; k++) {
            int i = (int) ((long) k * source.size() / n);
            add(i, r, gate * gate, s2);
        }
        double structure = standingSums[27];
        double ground = groundSums[27];
        double scale = ground > structure ? structure / ground : 1;
        weightSum = structure + scale * ground;
        int at = 0;
        for (int a = 0; a < 6; a++) {
            for (int b = a; b < 6; b++) {
                double v = standingSums[at] + scale * groundSums[at];
                hessian[6 * a + b] = v;
                hessian[6 * b + a] = v;
                at++;
            }
        }
        for (int a = 0; a < 6; a++) {
            gradient[a] = -(standingSums[21 + a] + scale * groundSums[21 + a]);
        }
    }

    private void add(int i, double[] r, double gate2, double s2) {
        double sx = source.x()[i];
        double sy = source.y()[i];
        double sz = source.z()[i];
        double px = r[0] * sx + r[1] * sy + r[2] * sz + r[3];
        double py = r[4] * sx + r[5] * sy + r[6] * sz + r[7];
        double pz = r[8] * sx + r[9] * sy + r[10] * sz + r[11];
        int j = nearest.rough(px, py, pz);
        if (j < 0 || nearest.squared(j, px, py, pz) > gate2) {
            return;
        }
        float[] tn = target.normals();
        float[] sn = source.normals();
        double nx = tn[3 * j];
        double ny = tn[3 * j + 1];
        double nz = tn[3 * j + 2];
        double mx = r[0] * sn[3 * i] + r[1] * sn[3 * i + 1] + r[2] * sn[3 * i + 2];
        double my = r[4] * sn[3 * i] + r[5] * sn[3 * i + 1] + r[6] * sn[3 * i + 2];
        double mz = r[8] * sn[3 * i] + r[9] * sn[3 * i + 1] + r[10] * sn[3 * i + 2];
        double dot = nx * mx + ny * my + nz * mz;
        double e =
                nx * (px - target.x()[j]) + ny * (py - target.y()[j]) + nz * (pz - target.z()[j]);
        double robust = s2 / (s2 + e * e);
        double w = target.planarity()[j] * dot * dot * robust * robust;
        if (!(w > 1e-6)) {
            return;
        }
        squaredResiduals += w * e * e;
        double c0 = py * nz - pz * ny;
        double c1 = pz * nx - px * nz;
        double c2 = px * ny - py * nx;
        accumulate(source.standing()[i] ? standingSums : groundSums, w, e, c0, c1, c2, nx, ny, nz);
    }

    private static void accumulate(
            double[] s,
            double w,
            double e,
            double a,
            double b,
            double c,
            double d,
            double f,
            double g) {
        s[0] += w * a * a;
        s[1] += w * a * b;
        s[2] += w * a * c;
        s[3] += w * a * d;
        s[4] += w * a * f;
        s[5] += w * a * g;
        s[6] += w * b * b;
        s[7] += w * b * c;
        s[8] += w * b * d;
        s[9] += w * b * f;
        s[10] += w * b * g;
        s[11] += w * c * c;
        s[12] += w * c * d;
        s[13] += w * c * f;
        s[14] += w * c * g;
        s[15] += w * d * d;
        s[16] += w * d * f;
        s[17] += w * d * g;
        s[18] += w * f * f;
        s[19] += w * f * g;
        s[20] += w * g * g;
        double we = w * e;
        s[21] += we * a;
        s[22] += we * b;
        s[23] += we * c;
        s[24] += we * d;
        s[25] += we * f;
        s[26] += we * g;
        s[27] += w;
    }

    private boolean solve() {
        if (weightSum < 10) {
            return false;
        }
        for (int i = 0; i < 6; i++) {
            hessian[7 * i] += 1e-6 * hessian[7 * i] + 1e-3; // keeps what is not observed in place
        }
        if (!solver.decompose(hessian)) {
            return false;
        }
        solver.solve(gradient, step);
        return true;
    }
}
