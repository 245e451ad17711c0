package io.azimuth.registration.pcl;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What PCL takes on one pair, in milliseconds of processor time of one thread, the median of
 * repeated calls. Not a test.
 *
 * <pre>PclTimes TARGET.bin SOURCE.bin LEAF</pre>
 *
 * Sweeps as KITTI writes them (x, y, z, intensity, float32); without arguments, two samplings of a
 * generated street.
 */
final class PclTimes {
    private static final int REPEATS = 15;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private PclTimes() {}

    public static void main(String[] args) throws IOException {
        PointCloud target =
                args.length > 0 ? read(Path.of(args[0])) : Clouds.street(1, 60_000, 0.02);
        PointCloud source =
                args.length > 1 ? read(Path.of(args[1])) : Clouds.street(2, 60_000, 0.02);
        double leaf = args.length > 2 ? Double.parseDouble(args[2]) : 0.25;
        PclRuntime.require("a measurement");
        try (NativeCloud rawTarget = NativeCloud.of(target);
                NativeCloud rawSource = NativeCloud.of(source);
                NativeCloud t = PclFilters.voxelGrid(rawTarget, leaf);
                NativeCloud s = PclFilters.voxelGrid(rawSource, leaf)) {
            System.out.printf(
                    Locale.ROOT,
                    "raw %d and %d points, thinned to %.2f m: %d and %d%n",
                    target.size(),
                    source.size(),
                    leaf,
                    t.size(),
                    s.size());
            time("copy in", () -> NativeCloud.of(target).close());
            time(
                    "voxel grid of the raw target",
                    () -> PclFilters.voxelGrid(rawTarget, leaf).close());
            time(
                    "20 nearest of every source point in the target",
                    () -> t.nearest(Clouds.triples(s.points()), 20));
            time("normals of 20", () -> PclFeatures.normals(t, 20, new float[3], 1));
            time("statistical outliers of 20", () -> PclFilters.statisticalInliers(t, 20, 1));
            time("plane, 200 iterations", () -> PclSegmentation.plane(t, 0.2, 200));
            time("clusters 0.5 m", () -> PclSegmentation.clusters(t, 0.5, 5, 100_000));
            for (String method : new String[] {"icp", "point-to-plane", "gicp", "ndt"}) {
                align(method, t, s);
            }
        }
    }

    private static void align(String name, NativeCloud target, NativeCloud source) {
        int method = Arrays.asList("icp", "point-to-plane", "gicp", "ndt").indexOf(name);
        double[] guess = Arrays.copyOf(RigidTransform.IDENTITY.toRows(), 16);
        guess[15] = 1;
        double[] r = new double[64];
        double[] call = new double[REPEATS];
        double[] align = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            AzPclNative.align(
                    method, source.handle(), target.handle(), guess, 2, 50, 20, 2, 0.2, r);
            call[i] = r[22] / 1e6;
            align[i] = r[23] / 1e6;
        }
        System.out.printf(
                Locale.ROOT,
                "%-14s align %7.1f ms, call (elapsed) %7.1f ms, %d iterations, t = %.5f %.5f %.5f, R01 = %.6f, inliers %d, eigen share %.2g%n",
                name,
                median(align),
                median(call),
                (int) r[17],
                r[3],
                r[7],
                r[11],
                r[1],
                (int) r[19],
                r[21]);
    }

    private static void time(String name, Runnable body) {
        double[] ms = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long start = CPU.getCurrentThreadCpuTime();
            body.run();
            ms[i] = (CPU.getCurrentThreadCpuTime() - start) / 1e6;
        }
        System.out.printf(Locale.ROOT, "%-48s %7.1f ms%n", name, median(ms));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static PointCloud read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        PointCloud out = new PointCloud(bytes.remaining() / 16);
        while (bytes.remaining() >= 16) {
            out.add(bytes.getFloat(), bytes.getFloat(), bytes.getFloat(), bytes.getFloat());
        }
        return out;
    }
}
