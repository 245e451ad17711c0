package io.azimuth.jobs.cli;

import io.azimuth.perception.evaluation.TrajectoryError;
import java.io.IOException;
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
        TrajectoryTable want = TrajectoryTable.read(truth);
        TrajectoryTable got = TrajectoryTable.read(file);
        if (want.tum() != got.tum()) {
            throw new CommandFailure(
                    ExitCode.INPUT_MALFORMED,
                    "%s is %s but %s is %s: expected both by time or both by row"
                            .formatted(file, got.form(), truth, want.form()));
        }
        TrajectoryError e;
        try {
            e = TrajectoryError.of(want.poses(), got.poses());
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
}
