package io.azimuth.registration.odometry;

/**
 * A sweep that the map was built from: its pose and its points, compensated to mid-sweep.
 *
 * @param odomFromSensor 3x4 row-major
 * @param stepM metres per unit of x, y, z
 * @param x in steps, sensor frame; the arrays are owned by this record and never change
 */
public record KeyFrame(
        long seq, double[] odomFromSensor, float stepM, short[] x, short[] y, short[] z) {}
