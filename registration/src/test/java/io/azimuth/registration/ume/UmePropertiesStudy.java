package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * How far the registrar keeps what it must on simulated towns: the order of points and threads do
 * not matter, a turned target turns the answer, the other way round is the inverse, and the true
 * pose outscores random ones. The tests hold these on single scenes; this is for many. Not a test.
 *
 * <pre>UmePropertiesStudy PAIRS SET...</pre>
 *
 * PAIRS is how many of each set are taken; a SET is a folder of {@code azimuth sim pairs}.
 */
final class UmePropertiesStudy {
    private static final UmeConfig CONFIG = UmeConfig.explicitPair();
    private static final double SHUFFLED = 1e-6;
    private static final int RANDOM_POSES = 1000;
    private static final double REACH_M = 75;
    private static final double SCORED_OVERLAP = 0.15;

    private final SplittableRandom random = new SplittableRandom(1);
    private int pairs;
    private int accepted;
    private int sameInTwoThreads;
    private int sameShuffled;
    private double shuffledMost;
    private int turned;
    private int sameVerdictTurned;
    private int inverted;
    private int invertedBothAccepted;
    private int scored;
    private int outscoring;

    private record Case(Path target, Path source, RigidTransform truth, double overlap) {}

    private UmePropertiesStudy() {}

    public static void main(String[] args) throws IOException {
        UmePropertiesStudy study = new UmePropertiesStudy();
        for (String set : List.of(args).subList(1, args.length)) {
            List<Case> cases = cases(Path.of(set));
            for (Case c : cases.subList(0, Math.min(cases.size(), Integer.parseInt(args[0])))) {
                study.add(c);
                study.print();
            }
        }
    }

    private static List<Case> cases(Path set) throws IOException {
        List<Case> out = new ArrayList<>();
        List<String> lines = Files.readAllLines(set.resolve("pairs.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] f = line.split(",");
            double[] rows = new double[12];
            for (int i = 0; i < 12; i++) {
                rows[i] = Double.parseDouble(f[4 + i]);
            }
            Path target = scan(set, f[0]);
            Path source = scan(set, f[1]);
            RigidTransform truth = RigidTransform.ofRows(rows);
            out.add(new Case(target, source, truth, Double.parseDouble(f[16])));
        }
        return out;
    }

    private static Path scan(Path set, String number) throws IOException {
        String name = "%010d.bin".formatted(Integer.parseInt(number));
        try (Stream<Path> shards = Files.list(set)) {
            return shards.map(shard -> shard.resolve(name))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(set + " has no scan " + name));
        }
    }

    private static UmeResult register(PointCloud target, PointCloud source) {
        return new UmeRegistrar(CONFIG)
                .register(UmeScan.of(target, CONFIG), UmeScan.of(source, CONFIG));
    }

    private void add(Case c) throws IOException {
        PointCloud target = RecordedPairs.read(c.target);
        PointCloud source = RecordedPairs.read(c.source);
        pairs++;
        CompletableFuture<UmeResult> beside =
                CompletableFuture.supplyAsync(() -> register(target, source));
        PointCloud mixedTarget = shuffled(target);
        UmeResult mixed = register(mixedTarget, shuffled(source));
        UmeResult other = beside.join();
        UmeResult base = register(target, source);
        accepted += base.accepted() ? 1 : 0;
        threads(base, other);
        order(base, mixed);
        turn(base, target, source);
        inverse(base, register(source, target));
        if (c.overlap > SCORED_OVERLAP) {
            score(c, UmeScan.of(target, CONFIG), UmeScan.of(source, CONFIG));
        }
    }

    private void threads(UmeResult base, UmeResult other) {
        boolean same =
                base.accepted() == other.accepted()
                        && base.targetFromSource().equals(other.targetFromSource())
                        && base.probability() == other.probability();
        sameInTwoThreads += same ? 1 : 0;
    }

    private void order(UmeResult base, UmeResult mixed) {
        RigidTransform e = base.targetFromSource().inverse().times(mixed.targetFromSource());
        double off = e.angleRad() + e.translationNorm();
        boolean same = base.accepted() == mixed.accepted() && (!base.accepted() || off < SHUFFLED);
        sameShuffled += same ? 1 : 0;
        shuffledMost = base.accepted() ? Math.max(shuffledMost, off) : shuffledMost;
    }

    /** A turned target: its answer, turned back, beside the one before. */
    private void turn(UmeResult base, PointCloud target, PointCloud source) {
        RigidTransform q = RandomTurns.so3(random);
        UmeResult r = register(RecordedPairs.turned(target, q), source);
        RigidTransform back = q.inverse().times(r.targetFromSource());
        boolean same = base.accepted() == r.accepted();
        sameVerdictTurned += same ? 1 : 0;
        if (base.accepted() && r.accepted()) {
            turned += within(base.targetFromSource(), back, 0.1, 0.03) ? 1 : 0;
        }
    }

    private void inverse(UmeResult base, UmeResult r) {
        if (base.accepted() && r.accepted()) {
            RigidTransform back = r.targetFromSource().inverse();
            invertedBothAccepted++;
            inverted += within(base.targetFromSource(), back, 0.2, 0.05) ? 1 : 0;
        }
    }

    private static boolean within(RigidTransform a, RigidTransform b, double deg, double m) {
        RigidTransform e = a.inverse().times(b);
        return Math.toDegrees(e.angleRad()) <= deg && e.translationNorm() <= m;
    }

    private void score(Case c, UmeScan target, UmeScan source) {
        if (target.defect() != UmeReason.NONE || source.defect() != UmeReason.NONE) {
            return;
        }
        RigidTransform truth =
                target.levelFromSensor.times(c.truth).times(source.levelFromSensor.inverse());
        ScoreFields fields = target.coarse();
        ScorePoints points = source.scorePoints();
        double right = fields.score(points, truth.yawRad(), truth.tx(), truth.ty());
        boolean most = true;
        for (int i = 0; i < RANDOM_POSES; i++) {
            double reach = REACH_M * Math.sqrt(random.nextDouble());
            double way = random.nextDouble(-Math.PI, Math.PI);
            double yaw = random.nextDouble(-Math.PI, Math.PI);
            double x = reach * Math.cos(way);
            most &= right >= fields.score(points, yaw, x, reach * Math.sin(way));
        }
        scored++;
        outscoring += most ? 1 : 0;
    }

    private PointCloud shuffled(PointCloud in) {
        int[] order = new int[in.size()];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        PointCloud out = new PointCloud(in.size());
        for (int i : order) {
            out.add(in.x()[i], in.y()[i], in.z()[i], in.intensity()[i]);
        }
        return out;
    }

    private void print() {
        System.out.printf(
                Locale.ROOT,
                "pairs %d accepted %d | two threads same bits %d | shuffled same %d, most %.1e |"
                        + " turned same verdict %d, within (.1 deg, .03 m) %d | inverse within"
                        + " (.2 deg, .05 m) %d of %d | true pose first of 1001: %d of %d%n",
                pairs,
                accepted,
                sameInTwoThreads,
                sameShuffled,
                shuffledMost,
                sameVerdictTurned,
                turned,
                inverted,
                invertedBothAccepted,
                outscoring,
                scored);
    }
}
