package io.azimuth.perception.cluster;

import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TruthBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How well the geometric detector does in simulated towns, and whether its scores are
 * probabilities: {@code java io.azimuth.perception.cluster.ScoreStudy 4 6} prints, over the towns
 * of these seeds, scores by class group and range, a reliability table, and the logistic of the
 * score's logit that fits best (the constants of {@link ScoreCalibration} come from seeds 1 6).
 */
public final class ScoreStudy {
    private static final int SWEEPS = 60;
    private static final int EVERY = 5;
    private static final double RANGE_M = 60;
    private static final double[] EDGES = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01};

    private final List<LabelledBox> truth = new ArrayList<>();
    private final List<ScoredBox> found = new ArrayList<>();
    private int sweeps;

    private ScoreStudy() {}

    /** Prints the study of seeds {@code args[0] .. args[1]}. */
    public static void main(String[] args) {
        ScoreStudy study = new ScoreStudy();
        for (long seed = Long.parseLong(args[0]); seed <= Long.parseLong(args[1]); seed++) {
            study.drive(seed);
        }
        for (int minPoints : new int[] {5, 30}) {
            study.printScores(minPoints);
        }
        study.printReliability();
    }

    private void drive(long seed) {
        TownDrive drive = new TownDrive(TownConfig.of(seed).withSweeps(SWEEPS));
        GeometricDetector detector = new GeometricDetector(GeometricDetectorConfig.defaults());
        for (int i = 0; i + 1 < SWEEPS; i += EVERY) {
            SimulatedSweep s = drive.sweep(0, 0, i);
            long id = seed * 10_000 + i;
            for (TruthBox b : s.boxes()) {
                truth.add(new LabelledBox(id, b.trackId(), b.objectClass(), b.box(), b.points()));
            }
            SweepMotion motion = new SweepMotion(drive, s, i);
            for (Detection d : detector.detect(s.sweep())) {
                OrientedBox box = motion.midFrom(d.timeOffsetNanos()).map(d.box());
                found.add(new ScoredBox(id, "", d.objectClass(), box, d.score()));
            }
            sweeps++;
        }
    }

    private void printScores(int minPoints) {
        EvaluationRegion region = EvaluationRegion.allRound(minPoints, RANGE_M);
        print("%d sweeps, truth with %d points or more, scores >= 0.3, 1 m%n", sweeps, minPoints);
        boolean[] both = {true, false};
        for (boolean grouped : both) {
            var options = new DetectionScores.Options(grouped, region, 0.3, 1.0, 0.5, 0.3);
            for (DetectionScores.Row row : DetectionScores.of(truth, found, options).rows()) {
                print(
                        "%-11s n %4d  AP(nuscenes) %.2f  AP(bev) %.2f  R %.2f P %.2f ",
                        row.label(),
                        row.wanted(),
                        row.nuscenesAp(),
                        row.bevAp(),
                        row.all().recall(),
                        row.all().precision());
                for (DetectionScores.Counts c : row.by().rangeM()) {
                    print(
                            " | %.0f-%.0f m R %.2f P %.2f (%d)",
                            c.from(), c.to(), c.recall(), c.precision(), c.found() + c.missed());
                }
                print("%n");
            }
        }
    }

    /** Greedy by score within a sweep and group; truth with fewer than five points is neutral. */
    private void printReliability() {
        for (ClassGroup group : ClassGroup.values()) {
            List<double[]> judged = judged(group);
            print("%s reliability: ", group.label());
            for (int b = 0; b + 1 < EDGES.length; b++) {
                double low = EDGES[b];
                double high = EDGES[b + 1];
                var in = judged.stream().filter(j -> j[0] >= low && j[0] < high).toList();
                if (!in.isEmpty()) {
                    double score = in.stream().mapToDouble(j -> j[0]).average().orElse(0);
                    double right = in.stream().mapToDouble(j -> j[1]).average().orElse(0);
                    print(" %.2f->%.2f (%d)", score, right, in.size());
                }
            }
            double[] ab = logistic(judged);
            ObjectClass c = representative(group);
            print(
                    "%n  slope %.2f, offset %.2f (correction %.2f, %.2f)%n",
                    ab[0] * ScoreCalibration.slope(c),
                    ab[0] * ScoreCalibration.offset(c) + ab[1],
                    ab[0],
                    ab[1]);
        }
    }

    private static ObjectClass representative(ClassGroup group) {
        return switch (group) {
            case VEHICLE -> ObjectClass.CAR;
            case PERSON -> ObjectClass.PEDESTRIAN;
            case CYCLIST -> ObjectClass.CYCLIST;
        };
    }

    private List<double[]> judged(ClassGroup group) {
        List<double[]> out = new ArrayList<>();
        List<LabelledBox> free = new ArrayList<>(truth);
        free.removeIf(b -> ClassGroup.of(b.objectClass()) != group);
        List<ScoredBox> mine = new ArrayList<>(found);
        mine.removeIf(d -> ClassGroup.of(d.objectClass()) != group || d.box().rangeM() > RANGE_M);
        mine.sort(Comparator.comparingDouble(d -> -d.score()));
        for (ScoredBox d : mine) {
            LabelledBox best = null;
            double nearest = 1.0;
            for (LabelledBox b : free) {
                double away = Math.hypot(b.box().x() - d.box().x(), b.box().y() - d.box().y());
                if (b.sweep() == d.sweep() && away <= nearest) {
                    nearest = away;
                    best = b;
                }
            }
            if (best != null) {
                free.remove(best);
            }
            if (best == null || best.points() >= 5) {
                out.add(new double[] {d.score(), best == null ? 0 : 1});
            }
        }
        return out;
    }

    /** Maximum likelihood by Newton's method, slope and offset. */
    private static double[] logistic(List<double[]> judged) {
        double a = 1;
        double b = 0;
        for (int round = 0; round < 50; round++) {
            double ga = -(a - 1); // a weak prior keeps separable data finite
            double gb = -0.1 * b;
            double haa = 1;
            double hab = 0;
            double hbb = 0.1;
            for (double[] j : judged) {
                double s = Math.max(0.01, Math.min(0.99, j[0]));
                double x = Math.log(s / (1 - s));
                double p = 1 / (1 + Math.exp(-a * x - b));
                double w = p * (1 - p);
                ga += (j[1] - p) * x;
                gb += j[1] - p;
                haa += w * x * x;
                hab += w * x;
                hbb += w;
            }
            double det = haa * hbb - hab * hab;
            // far from the best, whole steps of Newton's method go astray
            a += Math.max(-0.5, Math.min(0.5, (hbb * ga - hab * gb) / det));
            b += Math.max(-0.5, Math.min(0.5, (haa * gb - hab * ga) / det));
        }
        return new double[] {a, b};
    }

    private static void print(String format, Object... values) {
        System.out.print(String.format(Locale.ROOT, format, values));
    }
}
