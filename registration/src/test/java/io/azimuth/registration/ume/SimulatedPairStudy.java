package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prints what UME-R does on folders that {@code azimuth sim pairs} wrote. Arguments: folders,
 * [wide], [loop], [so3] (both scans turned at random).
 */
final class SimulatedPairStudy {
    private static final UmeMode MODE = UmeMode.valueOf(System.getProperty("mode", "AUTO"));

    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        UmeConfig config =
                words.contains("loop") ? UmeConfig.loopClosure() : UmeConfig.explicitPair();
        config = words.contains("wide") ? config.wide() : config;
        for (String word : words) {
            if (Files.isDirectory(Path.of(word))) {
                run(Path.of(word), config, words.contains("so3"));
            }
        }
    }

    private static void run(Path folder, UmeConfig config, boolean so3) throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("pairs.csv"));
        int right = 0;
        int accepted = 0;
        int wrong = 0;
        int found = 0;
        double millis = 0;
        SplittableRandom random = new SplittableRandom(5);
        for (String line : lines.subList(1, lines.size())) {
            String[] f = line.split(",");
            boolean known = !f[4].equals("nan");
            RigidTransform a = so3 ? RandomTurns.so3(random) : RigidTransform.IDENTITY;
            RigidTransform b = so3 ? RandomTurns.so3(random) : RigidTransform.IDENTITY;
            UmeScan target = UmeScan.of(RecordedPairs.turned(read(folder, f[0]), a), config);
            target.prepareTarget();
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            UmeScan source = UmeScan.of(RecordedPairs.turned(read(folder, f[1]), b), config);
            UmeResult r = new UmeRegistrar(config, MODE).register(target, source);
            long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            millis += (end - start) / 1e6;
            double deg = Double.NaN;
            double m = Double.NaN;
            if (known) {
                RigidTransform truth = a.times(transform(f)).times(b.inverse());
                RigidTransform e = truth.inverse().times(r.targetFromSource());
                deg = Math.toDegrees(e.angleRad());
                m = e.translationNorm();
            }
            boolean good = deg <= 1.5 && m <= 0.6;
            found += good ? 1 : 0;
            right += good && r.accepted() ? 1 : 0;
            accepted += r.accepted() ? 1 : 0;
            wrong += !good && r.accepted() ? 1 : 0;
            System.out.printf(
                    "%s-%s d=%s overlap=%s err %.2f deg %.2f m %s%s S=%.3f margin=%.3f ov=%.2f free=%.3f fit=%.3f votes=%d%n",
                    f[0],
                    f[1],
                    f[2],
                    f[16],
                    deg,
                    m,
                    r.reason(),
                    good ? " (right)" : "",
                    r.score(),
                    r.margin(),
                    r.overlap(),
                    r.freeSpaceShare(),
                    r.fitness(),
                    r.votes());
        }
        int n = lines.size() - 1;
        System.out.printf(
                "== %s: %d pairs, accepted and right %d, best pose right %d, accepted %d, accepted but wrong %d, mean CPU %.0f ms%n",
                folder.getFileName(), n, right, found, accepted, wrong, millis / n);
    }

    private static RigidTransform transform(String[] f) {
        double[] rows = new double[12];
        for (int i = 0; i < 12; i++) {
            rows[i] = Double.parseDouble(f[4 + i]);
        }
        return RigidTransform.ofRows(rows);
    }

    private static PointCloud read(Path folder, String id) throws Exception {
        String name = "%010d.bin".formatted(Integer.parseInt(id));
        try (var files = Files.walk(folder)) {
            return RecordedPairs.read(
                    files.filter(p -> p.getFileName().toString().equals(name))
                            .findFirst()
                            .orElseThrow());
        }
    }

    private SimulatedPairStudy() {}
}
