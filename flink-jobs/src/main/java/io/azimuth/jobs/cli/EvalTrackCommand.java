package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.connectors.drive.SensorTruth;
import io.azimuth.jobs.report.Scores;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.evaluation.TrackScores;
import io.azimuth.perception.evaluation.TrajectoryFiles;
import io.azimuth.perception.evaluation.motion.MovingBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tracks. */
@Command(
        name = "track",
        description =
                "Score tracks.csv of a run against a drive's boxes: MOTA, MOTP, IDF1, ID switches, fragmentations, objects mostly tracked and mostly lost, errors of velocity, what is said of standing and moving; of all classes together and of each by itself. The figures are those of the run's metrics.json, where both have them.",
        mixinStandardHelpOptions = true)
final class EvalTrackCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "RUN",
            description = "Folder of a run, or its tracks.csv (boxes in the first sweep's frame).")
    private Path run = Path.of("");

    @Mixin private TruthOption truth = new TruthOption();

    @Option(
            names = "--poses",
            paramLabel = "FILE",
            description =
                    "trajectory_tum.txt of the same run: brings the boxes into each sweep's frame (default: beside tracks.csv).")
    private @Nullable Path poses;

    @Option(
            names = "--sensor",
            paramLabel = "ID",
            description = "Whose sweeps and labels these are (default: the drive's first).")
    private @Nullable String sensorId;

    @Option(
            names = "--distance",
            description = "A track may follow an object this far away, metres (default 2).")
    private double distanceM = Scores.TRACK_DISTANCE_M;

    @Option(names = "--min-points", description = "Boxes with fewer do not count (default 5).")
    private int minPoints = Scores.MIN_POINTS;

    @Option(names = "--max-range", description = "Metres (default 60).")
    private double maxRangeM = Scores.MAX_RANGE_M;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--require",
            paramLabel = "FIGURE>X",
            description = "Exit 7 unless it holds, e.g. 'vehicle.mota>0.5' or 'id_switches<3'.")
    private List<String> required = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        required.forEach(Requirement::parse);
        Numbers.requireAtLeast("--distance", distanceM, 0.01);
        Numbers.requireAtLeast("--min-points", minPoints, 0);
        Numbers.requireAtLeast("--max-range", maxRangeM, 1);
        Path file = Files.isDirectory(run) ? run.resolve("tracks.csv") : run;
        TrackTable tracks = TrackTable.read(file);
        Path way = poses != null ? poses : beside(file);
        List<MovingBox> boxes = tracks.inSensor(TrajectoryFiles.readTum(way));
        if (boxes.isEmpty() && !tracks.rows().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.INPUT_MALFORMED,
                    "%s has a pose at none of the stamps of %s: expected files of one run"
                            .formatted(way, file));
        }
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put("boxes_without_pose", (double) tracks.rows().size() - boxes.size());
        try (Drive drive = Drives.open(truth.folder())) {
            score(
                    sensorId != null ? truth.labels(drive, sensorId) : truth.labels(drive),
                    boxes,
                    figures);
        }
        new Talk(spec).data(json ? Figures.json(figures) : Figures.table(figures));
        Requirement.check(required, figures);
        return 0;
    }

    /** The poses of the first vehicle's tracks; those of others lie under names of sensors. */
    private static Path beside(Path tracks) {
        Path name = tracks.getFileName();
        if (name != null && name.toString().startsWith("tracks_")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%s is of another vehicle than the first: expected --poses and --sensor too"
                            .formatted(tracks));
        }
        return tracks.resolveSibling("trajectory_tum.txt");
    }

    private void score(
            SensorTruth labels, List<MovingBox> tracks, SortedMap<String, Double> figures) {
        if (labels.boxes().stream().allMatch(b -> b.track().isEmpty())) {
            throw truth.missing(
                    "the drive's boxes have no identities, nothing tells objects apart");
        }
        EvaluationRegion region =
                labels.frontViewOnly()
                        ? EvaluationRegion.frontCamera(minPoints, maxRangeM)
                        : EvaluationRegion.allRound(minPoints, maxRangeM);
        List<ScoredBox> boxes = tracks.stream().map(MovingBox::box).toList();
        figures.put("sweeps", (double) labels.labelledSweeps().size());
        TrackFigures.put(
                figures,
                "",
                TrackScores.of(labels.boxes(), boxes, labels.labelledSweeps(), region, distanceM));
        TrackScores.byGroup(labels.boxes(), boxes, labels.labelledSweeps(), region, distanceM)
                .forEach((group, t) -> TrackFigures.put(figures, group.label() + ".", t));
        MotionFigures.put(figures, labels, tracks, region, distanceM);
    }
}
