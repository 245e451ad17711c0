package io.azimuth.registration.pcl;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.pcl.PclRegistration.SearchSettings;
import io.azimuth.registration.pcl.PclRegistration.Settings;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Everything that made PCL end the process, return nonsense or read past its memory, and more of
 * its kind: every hostile cloud through every function, and every argument out of range. Each case
 * prints its name before it runs and what became of it after, so that a dead process names its
 * murderer.
 */
final class HostileCases {
    private static final float NAN = Float.NaN;
    private static final float[] ORIGIN = new float[3];
    private static final RigidTransform HERE = RigidTransform.IDENTITY;
    private static final Settings GOOD = Settings.defaults();

    private final Map<String, Callable<Object>> cases = new LinkedHashMap<>();
    private final PointCloud street = Clouds.street(1, 400, 0.02);

    /** Prints {@code name -> outcome} for each case. */
    public static void main(String[] args) {
        HostileCases all = new HostileCases();
        HostileClouds.beside(all.street).forEach(all::throughEverything);
        all.arguments();
        all.buffers();
        all.cases.forEach(
                (name, body) -> {
                    System.out.println("run " + name);
                    System.out.println("end " + name + " -> " + outcome(body));
                });
        System.out.println("alive after " + all.cases.size() + " with " + PclRuntime.liveClouds());
    }

    private static String outcome(Callable<Object> body) {
        try {
            return "ok " + (body.call() instanceof Refinement found ? found.status() : "");
        } catch (IllegalArgumentException refused) {
            return "refused: " + refused.getMessage();
        } catch (Exception other) {
            return "OTHER: " + other;
        }
    }

    // ---- clouds

    private void throughEverything(String name, PointCloud points) {
        one(name, "voxelGrid", points, c -> PclFilters.voxelGrid(c, 0.2).close());
        one(name, "voxelGrid-fine", points, c -> PclFilters.voxelGrid(c, 1e-3).close());
        one(name, "approximate", points, c -> PclFilters.approximateVoxelGrid(c, 0.2).close());
        one(name, "statistical", points, c -> PclFilters.statisticalInliers(c, 20, 1));
        one(name, "radius-inliers", points, c -> PclFilters.radiusInliers(c, 0.5, 3));
        one(name, "normals-k", points, c -> PclFeatures.normals(c, 20, ORIGIN, 1));
        one(name, "normals-r", points, c -> PclFeatures.normalsWithin(c, 1, ORIGIN, 2));
        one(name, "fpfh", points, c -> fpfh(c));
        one(name, "nearest", points, c -> c.nearest(Clouds.triples(street), 5));
        one(name, "within", points, c -> c.within(Clouds.triples(street), 1, 0));
        one(name, "plane", points, c -> PclSegmentation.plane(c, 0.1, 100));
        one(name, "clusters", points, c -> PclSegmentation.clusters(c, 0.5, 1, 1000));
        query(name, points);
        pair(name, "icp", points, (t, s) -> PclRegistration.icp(t, s, HERE, GOOD));
        pair(name, "p2pl", points, (t, s) -> PclRegistration.pointToPlane(t, s, HERE, GOOD));
        pair(name, "gicp", points, (t, s) -> PclRegistration.gicp(t, s, HERE, GOOD));
        pair(name, "ndt", points, (t, s) -> PclRegistration.ndt(t, s, HERE, GOOD));
        pair(name, "prerejective", points, HostileCases::searched);
    }

    private void one(String cloud, String call, PointCloud points, Consumer<NativeCloud> body) {
        cases.put(
                cloud + " " + call,
                () -> {
                    try (NativeCloud c = NativeCloud.of(points)) {
                        body.accept(c);
                        return "";
                    }
                });
    }

    private void query(String cloud, PointCloud points) {
        cases.put(
                cloud + " as-query",
                () -> {
                    try (NativeCloud c = NativeCloud.of(street)) {
                        return c.nearest(Clouds.triples(points), 3);
                    }
                });
        cases.put(
                cloud + " as-radius-query",
                () -> {
                    try (NativeCloud c = NativeCloud.of(street)) {
                        return c.within(Clouds.triples(points), 2, 10);
                    }
                });
    }

    private void pair(
            String cloud,
            String call,
            PointCloud points,
            BiFunction<NativeCloud, NativeCloud, Object> body) {
        two(cloud + " " + call + "-target", points, street, body);
        two(cloud + " " + call + "-source", street, points, body);
        two(cloud + " " + call + "-both", points, points, body);
    }

    private void two(
            String name,
            PointCloud target,
            PointCloud source,
            BiFunction<NativeCloud, NativeCloud, Object> body) {
        cases.put(
                name,
                () -> {
                    try (NativeCloud t = NativeCloud.of(target);
                            NativeCloud s = NativeCloud.of(source)) {
                        return body.apply(t, s);
                    }
                });
    }

    private static PclFeatures.Descriptors fpfh(NativeCloud cloud) {
        return PclFeatures.fpfh(cloud, PclFeatures.normals(cloud, 10, ORIGIN, 1), 2, 1);
    }

    private static Object searched(NativeCloud target, NativeCloud source) {
        return PclRegistration.prerejective(
                target,
                fpfh(target),
                source,
                fpfh(source),
                new SearchSettings(1, 300, 3, 3, 0.9, 0.1, 1));
    }

    // ---- arguments; all of these must be refused

    private void arguments() {
        for (double leaf : new double[] {0, -1, Double.NaN, 1e-20, 1e9, Double.POSITIVE_INFINITY}) {
            bad("voxelGrid leaf " + leaf, c -> PclFilters.voxelGrid(c, leaf));
            bad("approximate leaf " + leaf, c -> PclFilters.approximateVoxelGrid(c, leaf));
        }
        for (int k : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            bad("nearest k " + k, c -> c.nearest(Clouds.triples(street), k));
            bad("statistical k " + k, c -> PclFilters.statisticalInliers(c, k, 1));
            bad("normals k " + k, c -> PclFeatures.normals(c, k, ORIGIN, 1));
            bad("radius-inliers least " + k, c -> PclFilters.radiusInliers(c, 1, k));
            bad("gicp k " + k, c -> gicp(c, 2, 50, k));
            bad("icp iterations " + k, c -> PclRegistration.icp(c, c, HERE, iterations(k)));
            bad("ndt iterations " + k, c -> PclRegistration.ndt(c, c, HERE, iterations(k)));
            bad("plane iterations " + k, c -> PclSegmentation.plane(c, 0.1, k));
            bad("samples " + k, c -> search(c, new SearchSettings(1, 100, 3, k, 0.9, 0.2, 1)));
            bad("candidates " + k, c -> search(c, new SearchSettings(1, 100, k, 3, 0.9, 0.2, 1)));
            bad("searches " + k, c -> search(c, new SearchSettings(1, k, 3, 3, 0.9, 0.2, 1)));
            bad("threads " + k, c -> PclFeatures.normals(c, 10, ORIGIN, k));
            bad("fpfh threads " + k, c -> PclFeatures.fpfh(c, flat(c), 1, k));
        }
        for (int k : new int[] {1, 2, 3, 401, 5000}) {
            bad("gicp k " + k, c -> gicp(c, 2, 50, k));
        }
        for (int k : new int[] {1, 2, 11, 2000}) {
            bad("samples " + k, c -> search(c, new SearchSettings(1, 100, 3, k, 0.9, 0.2, 1)));
        }
        bad("candidates 401", c -> search(c, new SearchSettings(1, 100, 401, 3, 0.9, 0.2, 1)));
        bad("threads -3", c -> PclFeatures.normals(c, 10, ORIGIN, -3));
        bad("threads 1000000", c -> PclFeatures.normals(c, 10, ORIGIN, 1_000_000));
        bad("statistical k = size", c -> PclFilters.statisticalInliers(c, 400, 1));
        for (double x : new double[] {0, -1, Double.NaN, 1e30, Double.NEGATIVE_INFINITY}) {
            bad("within radius " + x, c -> c.within(Clouds.triples(street), x, 0));
            bad("radius-inliers radius " + x, c -> PclFilters.radiusInliers(c, x, 1));
            bad("normals radius " + x, c -> PclFeatures.normalsWithin(c, x, ORIGIN, 1));
            bad("fpfh radius " + x, c -> PclFeatures.fpfh(c, flat(c), x, 1));
            bad("plane distance " + x, c -> PclSegmentation.plane(c, x, 100));
            bad("clusters tolerance " + x, c -> PclSegmentation.clusters(c, x, 1, 100));
            bad("gicp distance " + x, c -> gicp(c, x, 50, 20));
            bad("ndt resolution " + x, c -> ndt(c, x, 0.05));
            bad("ndt step " + x, c -> ndt(c, 1, x));
            bad(
                    "search distance " + x,
                    c -> search(c, new SearchSettings(x, 9, 3, 3, 0.9, 0.2, 1)));
        }
        for (double x : new double[] {-0.1, 1, Double.NaN}) {
            bad("similarity " + x, c -> search(c, new SearchSettings(1, 9, 3, 3, x, 0.2, 1)));
        }
        for (double x : new double[] {-0.1, 1.1, Double.NaN}) {
            bad("inlier share " + x, c -> search(c, new SearchSettings(1, 9, 3, 3, 0.9, x, 1)));
        }
        bad("select -1", c -> c.select(new int[] {0, -1}));
        bad("select 400", c -> c.select(new int[] {400}));
        bad("ndt resolution 1e-4", c -> ndt(c, 1e-4, 1e-4));
        bad("ndt step beyond the cell", c -> ndt(c, 1, 1.5));
        bad("clusters min > max", c -> PclSegmentation.clusters(c, 1, 10, 9));
        bad("clusters min 0", c -> PclSegmentation.clusters(c, 1, 0, 9));
        bad("deviations NaN", c -> PclFilters.statisticalInliers(c, 5, Double.NaN));
        bad("within most -1", c -> c.within(Clouds.triples(street), 1, -1));
        bad("viewpoint NaN", c -> PclFeatures.normals(c, 10, new float[] {0, NAN, 0}, 1));
        bad("viewpoint of two", c -> PclFeatures.normals(c, 10, new float[2], 1));
        for (double[] guess : guesses()) {
            bad("guess " + Arrays.toString(guess), c -> raw(c, guess));
        }
    }

    private void bad(String name, Consumer<NativeCloud> body) {
        one("bad", name, street, body);
    }

    private static Object gicp(NativeCloud c, double distance, int iterations, int k) {
        return PclRegistration.gicp(c, c, HERE, new Settings(distance, iterations, k, 1, 0.1, 0.1));
    }

    private static Object ndt(NativeCloud c, double resolution, double step) {
        return PclRegistration.ndt(c, c, HERE, new Settings(1, 50, 20, resolution, step, 0.1));
    }

    private static Settings iterations(int n) {
        return new Settings(1, n, 20, 1, 0.1, 0.1);
    }

    private static Object search(NativeCloud c, SearchSettings settings) {
        return PclRegistration.prerejective(c, fpfh(c), c, fpfh(c), settings);
    }

    private static PclFeatures.Normals flat(NativeCloud cloud) {
        float[] up = new float[4 * cloud.size()];
        for (int i = 0; i < cloud.size(); i++) {
            up[4 * i + 2] = 1;
        }
        return new PclFeatures.Normals(up, new BitSet());
    }

    /** Poses that a {@link RigidTransform} cannot hold, handed to the native part directly. */
    private static double[][] guesses() {
        double[][] out = new double[8][];
        for (int i = 0; i < out.length; i++) {
            out[i] = new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        }
        out[0][3] = Double.NaN;
        out[1][0] = Double.NaN;
        out[2][0] = 5;
        out[2][5] = 5;
        out[2][10] = 5;
        out[3][10] = -1;
        out[4][7] = 1e30;
        out[5][15] = 2;
        out[6][12] = 0.5;
        Arrays.fill(out[7], 0);
        return out;
    }

    private static void raw(NativeCloud c, double[] guess) {
        double[] result = new double[64];
        for (int method = 0; method < 4; method++) {
            int m = method;
            Native.run(
                    () ->
                            AzPclNative.align(
                                    m, c.handle(), c.handle(), guess, 1, 9, 20, 1, 0.1, result));
        }
    }

    // ---- buffers, handles, descriptors

    private void buffers() {
        one("bad", "triples", street, c -> NativeCloud.of(FloatBuffer.allocate(7)));
        one("bad", "method", street, c -> method(c, 4));
        one("bad", "method -1", street, c -> method(c, -1));
        one("bad", "short normals", street, c -> PclFeatures.fpfh(c, shortNormals(), 1, 1));
        one("bad", "short descriptors", street, c -> described(c, new float[33]));
        one("bad", "NaN descriptors", street, c -> described(c, filled(c, NAN)));
        one("bad", "infinite descriptors", street, c -> described(c, filled(c, 1e30f)));
        one("ok", "equal descriptors", street, c -> described(c, filled(c, 1)));
        one("ok", "NaN normals", street, c -> PclFeatures.fpfh(c, filledNormals(c, NAN), 1, 1));
        one("ok", "long normals", street, c -> PclFeatures.fpfh(c, filledNormals(c, 1e30f), 1, 1));
        one("ok", "half the descriptors", street, HostileCases::halfDescribed);
        cases.put("bad crowd", () -> NativeCloud.of(HostileClouds.all(60_000, 1)));
        cases.put("bad null xyz", () -> Native.handle(() -> AzPclNative.cloudOf(null, 5)));
        cases.put("bad negative size", () -> Native.handle(() -> AzPclNative.cloudOf(null, -5)));
        one("bad", "null buffers", street, HostileCases::nulls);
        one("bad", "room", street, HostileCases::tooLittleRoom);
        one("bad", "dense clusters", Clouds.box(9, 60_000, 1, 1, 1), HostileCases::dense);
    }

    private static void dense(NativeCloud cloud) {
        PclSegmentation.clusters(cloud, 10, 1, 100_000);
    }

    private static void nulls(NativeCloud c) {
        Native.run(() -> AzPclNative.knn(c.handle(), null, 1, 1, null, null, 1));
    }

    private static void tooLittleRoom(NativeCloud c) {
        FloatBuffer room = Scratch.direct(4).asFloatBuffer();
        Native.run(() -> AzPclNative.normals(c.handle(), 5, 0, ORIGIN, 1, room, 4));
    }

    private static void method(NativeCloud c, int method) {
        double[] rows = new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        Native.run(
                () ->
                        AzPclNative.align(
                                method,
                                c.handle(),
                                c.handle(),
                                rows,
                                1,
                                9,
                                20,
                                1,
                                0.1,
                                new double[64]));
    }

    private static PclFeatures.Normals shortNormals() {
        return new PclFeatures.Normals(new float[8], new BitSet());
    }

    private static PclFeatures.Normals filledNormals(NativeCloud c, float value) {
        float[] data = new float[4 * c.size()];
        Arrays.fill(data, value);
        return new PclFeatures.Normals(data, new BitSet());
    }

    private static float[] filled(NativeCloud c, float value) {
        float[] data = new float[33 * c.size()];
        Arrays.fill(data, value);
        return data;
    }

    private static Object halfDescribed(NativeCloud c) {
        float[] data = fpfh(c).data();
        Arrays.fill(data, 0, data.length / 2, NAN);
        return described(c, data);
    }

    private static Object described(NativeCloud c, float[] data) {
        PclFeatures.Descriptors d = new PclFeatures.Descriptors(data, 33, new BitSet());
        return PclRegistration.prerejective(
                c, d, c, d, new SearchSettings(1, 200, 3, 3, 0.9, 0.1, 1));
    }
}
