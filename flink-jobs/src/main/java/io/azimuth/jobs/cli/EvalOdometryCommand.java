package io.azimuth.jobs.cli;

import io.azimuth.perception.evaluation.Trajectory;
import io.azimuth.perception.evaluation.TrajectoryError;
import io.azimuth.perception.evaluation.TrajectoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trajectories. */
@Command(
        name = "odom",
        description =
                "Score a trajectory (KITTI rows or TUM) against another. Segments of 10/20/50 m below 200 m of path, KITTI's 100..800 m else.",
        mixinStandardHelpOptions = true)
final class EvalOdometryCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The estimate.")
    private Path file = Path.of("");

    @Option(names = "--truth", required = true, paramLabel = "FILE", description = "The truth.")
    private Path truth = Path.of("");

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--require",
            paramLabel = "FIGURE<X",
            description = "Exit 7 unless it holds, e.g. 'ate_m<0.5'.")
    private List<String> required = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        required.forEach(Requirement::parse);
        Trajectory want = read(truth);
        Trajectory got = read(file);
        TrajectoryError e;
        try {
            e = TrajectoryError.of(want, got);
        } catch (IllegalArgumentException mismatch) {
            throw new CommandFailure(
                    ExitCode.INPUT_MALFORMED,
                    file + " against " + truth + ": " + mismatch.getMessage());
        }
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put("pairs", (double) e.poses());
        figures.put("unmatched", (double) e.missing());
        figures.put("path_m", e.pathM());
        figures.put("drift_percent", e.driftPercent());
        figures.put("end_angle_deg", e.endAngleDeg());
        figures.put("translation_percent", e.translationPercent());
        figures.put("rotation_deg_per_100m", e.rotationDegPer100m());
        figures.put("ate_m", e.ateM());
        figures.put("rpe_m", e.rpeM());
        figures.put("rpe_deg", e.rpeDeg());
        figures.put("worst_step_m", e.worstStepM());
        new Talk(spec).data(json ? Figures.json(figures) : Figures.table(figures));
        Requirement.check(required, figures);
        return 0;
    }

    /** TUM has eight numbers a row, KITTI twelve. */
    private static Trajectory read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            String first =
                    lines.filter(l -> !l.isBlank() && !l.startsWith("#")).findFirst().orElse("");
            if (first.strip().split("\\s+").length == 8) {
                return TrajectoryFiles.readTum(file);
            }
        } catch (java.io.UncheckedIOException e) {
            // not text: the reader says where
        }
        return Trajectory.ofSweeps(TrajectoryFiles.readKitti(file));
    }
}
