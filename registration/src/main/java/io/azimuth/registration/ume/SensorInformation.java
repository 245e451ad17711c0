package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;

/**
 * Takes an information matrix from the level frame, where poses are searched, to the sensor's
 * frame. A small motion {@code xi} (turn, shift) seen from the sensor is {@code Ad xi} seen from
 * the level frame, hence {@code H_sensor = Ad^T H_level Ad} with {@code Ad = [R 0; [t]R R]} of
 * {@code levelFromSensor}. Source: Barfoot, "State estimation for robotics" (2017), 7.1.4.
 */
final class SensorInformation {
    private SensorInformation() {}

    /** Row-major 6x6, (turn, shift) about the origin and along the axes of the sensor's frame. */
    static double[] of(double[] levelInformation, RigidTransform levelFromSensor) {
        double[] ad = adjoint(levelFromSensor);
        double[] half = new double[36];
        double[] out = new double[36];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                for (int k = 0; k < 6; k++) {
                    half[6 * i + j] += levelInformation[6 * i + k] * ad[6 * k + j];
                }
            }
        }
        for (int i = 0; i < 6; i++) {
            for (int j = i; j < 6; j++) {
                double sum = 0;
                for (int k = 0; k < 6; k++) {
                    sum += ad[6 * k + i] * half[6 * k + j];
                }
                out[6 * i + j] = sum;
                out[6 * j + i] = sum;
            }
        }
        return out;
    }

    private static double[] adjoint(RigidTransform t) {
        double[] out = new double[36];
        for (int j = 0; j < 3; j++) {
            double a = t.r(0, j);
            double b = t.r(1, j);
            double c = t.r(2, j);
            out[j] = a;
            out[6 + j] = b;
            out[12 + j] = c;
            out[21 + j] = a;
            out[27 + j] = b;
            out[33 + j] = c;
            out[18 + j] = t.ty() * c - t.tz() * b;
            out[24 + j] = t.tz() * a - t.tx() * c;
            out[30 + j] = t.tx() * b - t.ty() * a;
        }
        return out;
    }
}
