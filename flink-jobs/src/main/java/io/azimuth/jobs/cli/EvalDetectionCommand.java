package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.connectors.drive.KittiLabels;
import io.azimuth.connectors.drive.SensorTruth;
import io.azimuth.jobs.report.DetectionPictures;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.evaluation.places.ParkedObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Detections. */
@Command(
        name = "detect",
        description =
                "Score detections.csv against a drive's boxes. own: recall and precision at score >= 0.3 and 1 m, AP by bird's-eye overlap and by centre distance, by range, points and azimuth. kitti: AP R40 by class and difficulty of what the camera sees. nuscenes: AP by centre distance, errors, NDS. Folders of labelled frames are drives too: azimuth detect FRAMES > d.csv, then azimuth eval detect d.csv --truth FRAMES.",
        mixinStandardHelpOptions = true)
final class EvalDetectionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "detections.csv of a run (boxes at mid-sweep).")
    private Path file = Path.of("");

    @Mixin private TruthOption truth = new TruthOption();

    @Option(
            names = "--benchmark",
            description = "own, kitti or nuscenes (default own).",
            paramLabel = "NAME")
    private Benchmark benchmark = Benchmark.own;

    @Option(
            names = "--min-points",
            description =
                    "Boxes with fewer do not count (default 5, nuscenes 1; kitti has its own rules).")
    private @Nullable Integer minPoints;

    @Option(
            names = "--max-range",
            description = "Metres (default 60; kitti and nuscenes have their own).")
    private double maxRangeM = 60;

    @Option(
            names = "--carry-parked",
            negatable = true,
            description =
                    "Detections of parked vehicles that are labelled in other sweeps only are neither hit nor false; needs poses and tracks (default: on where only the front camera's view is labelled).")
    private @Nullable Boolean carryParked;

    @Option(
            names = "--boxes",
            paramLabel = "FILE",
            description =
                    "Write there, as CSV, which labelled boxes were found at score >= 0.3 and 1 m, and how near the nearest detection of their class is.")
    private @Nullable Path outcomes;

    @Option(
            names = "--pictures",
            paramLabel = "DIR",
            description = "Draw pr.png, reliability.png and confusion.png there.")
    private @Nullable Path pictures;

    @Option(
            names = "--sweeps",
            paramLabel = "A:B",
            description =
                    "Judge only sweeps numbered A to before B, at most the last labelled one (default: all).")
    private @Nullable String range;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--require",
            paramLabel = "FIGURE>X",
            description = "Exit 7 unless it holds, e.g. 'vehicle.recall>0.8'.")
    private List<String> required = new ArrayList<>();

    /** Named as on the command line. */
    enum Benchmark {
        own,
        kitti,
        nuscenes
    }

    @Override
    public Integer call() throws IOException {
        required.forEach(Requirement::parse);
        Integer fewest = minPoints;
        if (fewest != null) {
            Numbers.requireAtLeast("--min-points", fewest, 0);
        }
        Numbers.requireAtLeast("--max-range", maxRangeM, 1);
        Path folder = truth.folder();
        SortedMap<String, Double> figures = new TreeMap<>();
        Talk talk = new Talk(spec);
        try (Drive drive = Drives.open(folder)) {
            SensorTruth labels = truth.labels(drive);
            SortedSet<Long> labelled = labels.labelledSweeps();
            List<ScoredBox> boxes =
                    DetectionTable.read(file).stream()
                            .filter(b -> labelled.contains(b.sweep()))
                            .toList();
            SweepRange sweeps = range == null ? null : judged(labels);
            boolean carry = carryParked != null ? carryParked : labels.frontViewOnly();
            ParkedObjects parked = null;
            if (carry) { // of the whole drive: a part may judge by labels of the other
                parked = ParkedObjects.of(labels.boxes(), labels.firstFromSweep());
            }
            if (sweeps != null) {
                labels = labels.judging(sweeps.from(), sweeps.to());
                boxes = boxes.stream().filter(b -> sweeps.contains(b.sweep())).toList();
            }
            if (parked != null) {
                int all = boxes.size();
                boxes = parked.judged(boxes);
                figures.put("parked_objects", (double) parked.objects().size());
                figures.put("neutral_detections", (double) (all - boxes.size()));
            }
            figures.put("sweeps", (double) labels.labelledSweeps().size());
            score(folder, labels, boxes, figures);
            if (benchmark == Benchmark.kitti) {
                talk.note(
                        "KITTI's AP of a class with n < 41 labels is at most (n - 1) / 40: read it beside the number of boxes");
            }
            Path list = outcomes;
            if (list != null) {
                Files.writeString(list, BoxOutcomes.of(labels.boxes(), boxes, region(labels)));
            }
            Path out = pictures;
            if (out != null) {
                String title = drive.id();
                DetectionPictures.write(title, labels.boxes(), boxes, region(labels), out)
                        .warnings()
                        .forEach(talk::note);
            }
        }
        talk.data(json ? DetectionJson.of(benchmark.name(), figures) : Figures.table(figures));
        Requirement.check(required, figures);
        return 0;
    }

    /** The sweeps asked for, by their numbers as they stand in the files. */
    private SweepRange judged(SensorTruth labels) {
        long last = labels.labelledSweeps().isEmpty() ? 0 : labels.labelledSweeps().last();
        return SweepRange.parse(range, (int) last + 1);
    }

    private void score(
            Path folder,
            SensorTruth labels,
            List<ScoredBox> boxes,
            SortedMap<String, Double> figures)
            throws IOException {
        EvaluationRegion region = region(labels);
        switch (benchmark) {
            case own -> DetectionBenchmark.own(labels, boxes, region, figures);
            case nuscenes -> DetectionBenchmark.nuscenes(labels, boxes, region, figures);
            case kitti -> {
                if (!KittiLabels.isIn(folder)) {
                    throw new CommandFailure(
                            ExitCode.INPUT_MISSING,
                            folder
                                    + ": --benchmark kitti needs label_2/ and calib/, or label_02.txt and calib.txt");
                }
                DetectionBenchmark.kitti(
                        KittiLabels.read(folder, labels.labelledSweeps()), boxes, figures);
            }
        }
    }

    private EvaluationRegion region(SensorTruth labels) {
        int usual = benchmark == Benchmark.nuscenes ? 1 : 5;
        int points = minPoints != null ? minPoints : usual;
        return labels.frontViewOnly()
                ? EvaluationRegion.frontCamera(points, maxRangeM)
                : EvaluationRegion.allRound(points, maxRangeM);
    }
}
