package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.nio.FloatBuffer;

/**
 * Points drawn as 16 channels over cells: the image that a network reads. What the channels hold is
 * said at {@link PolarCanvas}. Not thread-safe.
 */
public sealed interface Canvas permits PolarCanvas, CartesianCanvas {
    /** Cells of one channel. */
    int cells();

    /** Forgets all points. */
    void clear();

    /**
     * Adds the points {@code from .. to - 1} of a cloud.
     *
     * @param polar computed from the cloud
     * @param heightM of every point over the ground, metres; a NaN drops the point
     * @throws IllegalArgumentException if the slice is not within the cloud
     */
    void add(PointCloud cloud, PolarCoordinates polar, float[] heightM, int from, int to);

    /**
     * Writes the tensor {@code [1, 16, cells]} from the buffer's start; its position does not
     * matter and does not change.
     *
     * @throws IllegalArgumentException if the buffer is too small
     */
    void write(FloatBuffer out);

    /** Points drawn since {@link #clear()}. */
    int kept();

    /** Points that were not finite, on the sensor or absurdly far. */
    int invalid();

    /** Sound points outside the ranges or heights (-2 to 4 m over the ground) that are drawn. */
    int outside();
}
