package io.azimuth.registration.pcl;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Namespace;
import org.bytedeco.javacpp.annotation.Platform;

/**
 * The functions of {@code azpcl.h}, one to one. Bulk data in direct buffers of native byte order;
 * small arrays are copied. Not loaded by a static initialiser: a failed load would poison the class
 * and lose its cause. {@link PclRuntime} loads it.
 */
@Platform(include = "azpcl.h", link = "azpcl", compiler = "cpp17")
@Namespace("azpcl")
final class AzPclNative {
    /** Of {@code azpcl.h}; another number is another interface. */
    static final int ABI = 1;

    static final int ICP = 0;
    static final int POINT_TO_PLANE = 1;
    static final int GICP = 2;
    static final int NDT = 3;

    private AzPclNative() {}

    static native @Cast("const char*") String pclVersion();

    static native int abiVersion();

    static native @Cast("long") long cloudOf(@Cast("const float*") FloatBuffer xyz, int points);

    static native void closeCloud(@Cast("long") long cloud);

    static native @Cast("long") long liveClouds();

    static native int cloudSize(@Cast("long") long cloud);

    static native void cloudPoints(@Cast("long") long cloud, FloatBuffer xyz, int capacityFloats);

    static native @Cast("long") long cloudSelect(
            @Cast("long") long cloud, @Cast("const int*") IntBuffer indices, int count);

    static native int knn(
            @Cast("long") long cloud,
            @Cast("const float*") FloatBuffer queries,
            int count,
            int k,
            IntBuffer indices,
            FloatBuffer squared,
            int capacity);

    static native int radius(
            @Cast("long") long cloud,
            @Cast("const float*") FloatBuffer queries,
            int count,
            double radius,
            int maxNeighbours,
            IntBuffer offsets);

    static native void takeRadius(IntBuffer indices, FloatBuffer squared, int capacity);

    static native @Cast("long") long voxelGrid(@Cast("long") long cloud, double leaf);

    static native @Cast("long") long approximateVoxelGrid(@Cast("long") long cloud, double leaf);

    static native int statisticalOutliers(
            @Cast("long") long cloud, int k, double deviations, IntBuffer kept, int capacity);

    static native int radiusOutliers(
            @Cast("long") long cloud,
            double radius,
            int minNeighbours,
            IntBuffer kept,
            int capacity);

    static native int normals(
            @Cast("long") long cloud,
            int k,
            double radius,
            @Cast("const float*") float[] viewpoint,
            int threads,
            FloatBuffer out,
            int capacityFloats);

    static native int fpfh(
            @Cast("long") long cloud,
            @Cast("const float*") FloatBuffer normals4,
            double radius,
            int threads,
            FloatBuffer out,
            int capacityFloats);

    static native int plane(
            @Cast("long") long cloud,
            double distance,
            int iterations,
            double[] coefficients,
            IntBuffer inliers,
            int capacity);

    static native int clusters(
            @Cast("long") long cloud,
            double tolerance,
            int minSize,
            int maxSize,
            IntBuffer labels,
            int capacity);

    static native void align(
            int method,
            @Cast("long") long source,
            @Cast("long") long target,
            @Cast("const double*") double[] guess,
            double maxDistance,
            int iterations,
            int k,
            double resolution,
            double step,
            double[] result);

    static native void prerejective(
            @Cast("long") long source,
            @Cast("const float*") FloatBuffer sourceDescriptors,
            @Cast("long") long target,
            @Cast("const float*") FloatBuffer targetDescriptors,
            double maxDistance,
            int iterations,
            int k,
            int samples,
            double similarity,
            double inlierShare,
            int seed,
            double[] result);
}
