package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.connectors.drive.SensorTruth;
import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.evaluation.TrackRecall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Detections. */
@Command(
        name = "detect",
        description =
                "Score detections.csv against a drive's boxes: recall and precision at score >= 0.3 and 1 m, AP by bird's-eye overlap and by centre distance.",
        mixinStandardHelpOptions = true)
final class EvalDetectionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "detections.csv of a run (boxes at mid-sweep).")
    private Path file = Path.of("");

    @Option(
            names = "--truth",
            required = true,
            paramLabel = "DRIVE",
            description = "Or its boxes.csv.")
    private Path truth = Path.of("");

    @Option(names = "--min-points", description = "Boxes with fewer do not count (default 5).")
    private int minPoints = 5;

    @Option(names = "--max-range", description = "Metres (default 60).")
    private double maxRangeM = 60;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--require",
            paramLabel = "FIGURE>X",
            description = "Exit 7 unless it holds, e.g. 'vehicle.recall>0.8'.")
    private List<String> required = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        required.forEach(Requirement::parse);
        Numbers.requireAtLeast("--min-points", minPoints, 0);
        Numbers.requireAtLeast("--max-range", maxRangeM, 1);
        Path folder = driveOf(truth);
        SortedMap<String, Double> figures = new TreeMap<>();
        try (Drive drive = Drives.open(folder)) {
            SensorTruth labels = drive.truth().of(drive.info().sensors().get(0).sensorId());
            if (!labels.boxesKnown()) {
                throw new CommandFailure(
                        ExitCode.INPUT_MISSING, truth + ": the drive has no boxes");
            }
            List<ScoredBox> boxes =
                    DetectionTable.read(file).stream()
                            .filter(b -> labels.labelledSweeps().contains(b.sweep()))
                            .toList();
            score(labels, boxes, figures);
        }
        new Talk(spec).data(json ? Figures.json(figures) : Figures.table(figures));
        Requirement.check(required, figures);
        return 0;
    }

    /** The drive itself, or that of its {@code boxes.csv}. */
    private static Path driveOf(Path truth) throws IOException {
        Path parent = truth.toAbsolutePath().getParent();
        if (Files.isDirectory(truth) || parent == null) {
            return truth;
        }
        if (!Files.exists(truth)) {
            throw new NoSuchFileException(truth.toString());
        }
        if (!truth.endsWith("boxes.csv")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--truth " + truth + ": expected a drive or its boxes.csv");
        }
        return parent;
    }

    private void score(
            SensorTruth labels, List<ScoredBox> boxes, SortedMap<String, Double> figures) {
        EvaluationRegion region =
                labels.frontViewOnly()
                        ? EvaluationRegion.frontCamera(minPoints, maxRangeM)
                        : EvaluationRegion.allRound(minPoints, maxRangeM);
        DetectionScores scores =
                DetectionScores.of(labels.boxes(), boxes, DetectionScores.Options.of(region));
        for (DetectionScores.Row row : scores.rows()) {
            String name = row.label() + ".";
            figures.put(name + "boxes", (double) row.wanted());
            figures.put(name + "recall", row.all().recall());
            figures.put(name + "precision", row.all().precision());
            figures.put(name + "ap_bev", row.bevAp());
            figures.put(name + "ap_nuscenes", row.nuscenesAp());
            for (DetectionScores.Counts bin : row.byRange()) {
                String range = name + "%.0f_%.0f_m.".formatted(bin.fromM(), bin.toM());
                figures.put(range + "recall", bin.recall());
                figures.put(range + "precision", bin.precision());
            }
        }
        if (labels.frontViewOnly()) {
            TrackRecall recall = TrackRecall.of(labels.boxes(), boxes, TrackRecall.Options.kitti());
            figures.put("track_recall", recall.meanRecall());
            figures.put("false_per_sweep", recall.falsePerSweep());
        }
    }
}
