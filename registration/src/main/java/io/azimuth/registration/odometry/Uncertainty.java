package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Ldlt6;
import io.azimuth.registration.icp.ScanToMap.Match;

/** Covariances of poses, 6x6 row-major, order (rotation, translation), in the sensor's frame. */
final class Uncertainty {
    /** The motion model alone: 2 degrees and 0.5 m. */
    private static final double PRIOR_RAD = Math.toRadians(2);

    private static final double PRIOR_M = 0.5;

    /** Neighbouring points share their errors: so many count as one. */
    private static final double POINTS_PER_SAMPLE = 25;

    private static final double MIN_SIGMA_M = 0.02;

    private Uncertainty() {}

    /** The first pose of a segment is exact by definition. */
    static double[] none() {
        return new double[36];
    }

    /** Inverse information of a registration with the motion model as prior. */
    static double[] covariance(Match match, RigidTransform odomFromSensor, boolean held) {
        double sigma = Math.max(MIN_SIGMA_M, match.rmseM());
        double scale = held ? 0 : 1 / (POINTS_PER_SAMPLE * sigma * sigma);
        double[] information = inSensorFrame(match.hessian(), odomFromSensor);
        for (int i = 0; i < 36; i++) {
            information[i] *= scale;
        }
        for (int i = 0; i < 6; i++) {
            information[7 * i] += i < 3 ? 1 / (PRIOR_RAD * PRIOR_RAD) : 1 / (PRIOR_M * PRIOR_M);
        }
        Ldlt6 solver = new Ldlt6();
        if (!solver.decompose(information)) {
            throw new IllegalStateException("information of a pose is not positive definite");
        }
        return solver.inverse();
    }

    /** {@code Q^T H Q} with Q = diag(R, R): turns and shifts along the sensor's axes. */
    private static double[] inSensorFrame(double[] hessian, RigidTransform pose) {
        double[] half = new double[36];
        double[] out = new double[36];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                for (int k = 0; k < 3; k++) {
                    half[6 * i + j] += hessian[6 * i + (j / 3 * 3 + k)] * pose.r(k, j % 3);
                }
            }
        }
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                for (int k = 0; k < 3; k++) {
                    out[6 * i + j] += pose.r(k, i % 3) * half[6 * (i / 3 * 3 + k) + j];
                }
            }
        }
        return out;
    }
}
