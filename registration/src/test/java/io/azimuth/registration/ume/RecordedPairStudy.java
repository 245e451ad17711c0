package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prints recall, refusals and cost of UME-R on the recorded pairs, the source turned by a random
 * yaw (or, with {@code so3}, both scans by random rotations). Arguments: every Nth pair, yaws a
 * hard pair, [so3], [wide]. The folder is AZIMUTH_DATA.
 */
final class RecordedPairStudy {
    private static final UmeMode MODE = UmeMode.valueOf(System.getProperty("mode", "AUTO"));

    private int pairs;
    private int right;
    private int rough;
    private int accepted;
    private int wrong;
    private final List<Double> millis = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        Path data = Path.of(System.getenv("AZIMUTH_DATA"));
        int every = Integer.parseInt(args[0]);
        int yaws = Integer.parseInt(args[1]);
        List<String> words = List.of(args);
        UmeConfig config = UmeConfig.explicitPair();
        config = words.contains("wide") ? config.wide() : config;
        boolean so3 = words.contains("so3");
        RecordedPairStudy drive = new RecordedPairStudy();
        List<RecordedPairs.Pair> list = RecordedPairs.drive(data, "kitti_0005", "kitti_0005.csv");
        for (int i = 0; i < list.size(); i += every) {
            drive.run(list.get(i), config, i, so3);
        }
        drive.print("kitti_0005");
        for (String name : new String[] {"rotkitti_p1", "rotkitti_p2", "small_gicp"}) {
            RecordedPairStudy hard = new RecordedPairStudy();
            for (int i = 0; i < yaws; i++) {
                hard.run(RecordedPairs.folder(data, name), config, 1000 + i, so3);
            }
            hard.print(name);
        }
    }

    private void run(RecordedPairs.Pair pair, UmeConfig config, long seed, boolean so3)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        RigidTransform turn =
                so3
                        ? RandomTurns.so3(random)
                        : RigidTransform.ofYaw(Math.PI * (2 * random.nextDouble() - 1), 0, 0, 0);
        RigidTransform turnTarget = so3 ? RandomTurns.so3(random) : RigidTransform.IDENTITY;
        PointCloud t = RecordedPairs.turned(RecordedPairs.read(pair.target()), turnTarget);
        PointCloud s = RecordedPairs.turned(RecordedPairs.read(pair.source()), turn);
        RigidTransform truth = turnTarget.times(pair.targetFromSource()).times(turn.inverse());
        UmeScan target = UmeScan.of(t, config);
        target.prepareTarget();
        long start = cpu();
        UmeScan source = UmeScan.of(s, config);
        long prepared = cpu();
        UmeResult r = new UmeRegistrar(config, MODE).register(target, source);
        long end = cpu();
        RigidTransform e = truth.inverse().times(r.targetFromSource());
        double deg = Math.toDegrees(e.angleRad());
        double m = e.translationNorm();
        millis.add((end - start) / 1e6);
        pairs++;
        boolean good = deg <= 1.5 && m <= 0.6;
        right += good && r.accepted() ? 1 : 0;
        rough += good ? 1 : 0;
        accepted += r.accepted() ? 1 : 0;
        wrong += r.accepted() && !good ? 1 : 0;
        System.out.printf(
                "%-12s d=%5.1f err %6.2f deg %6.2f m %-10s S=%.3f margin=%.3f ov=%.2f ovS=%.2f free=%.3f fit=%.3f votes=%d  prep %.0f + reg %.0f ms%n",
                pair.name(),
                pair.targetFromSource().translationNorm(),
                deg,
                m,
                r.accepted() ? (good ? "ok" : "WRONG") : r.reason() + (good ? "(right)" : ""),
                r.score(),
                r.margin(),
                r.overlap(),
                r.structureOverlap(),
                r.freeSpaceShare(),
                r.fitness(),
                r.votes(),
                (prepared - start) / 1e6,
                (end - prepared) / 1e6);
    }

    private void print(String name) {
        millis.sort(null);
        System.out.printf(
                "== %s: %d pairs, accepted and right %d, best pose right %d, accepted %d, accepted but wrong %d, CPU ms median %.0f p95 %.0f%n",
                name,
                pairs,
                right,
                rough,
                accepted,
                wrong,
                millis.get(millis.size() / 2),
                millis.get((int) (0.95 * (millis.size() - 1))));
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
