package io.azimuth.jobs.cli;

import io.azimuth.perception.evaluation.TrajectoryError;
import io.azimuth.perception.evaluation.trajectory.AbsoluteError;
import io.azimuth.perception.evaluation.trajectory.Alignment;
import io.azimuth.perception.evaluation.trajectory.PosePairs;
import io.azimuth.perception.evaluation.trajectory.RelativeError;
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
    private static final double NANOS = 1e9;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The estimate.")
    private Path file = Path.of("");

    @Option(names = "--truth", required = true, paramLabel = "FILE", description = "The truth.")
    private Path truth = Path.of("");

    @Option(
            names = "--align",
            paramLabel = "HOW",
            description =
                    "Before ate_m: none, se3 (least squares, no scale) or origin (first poses on each other); default se3.")
    private Align align = Align.se3;

    @Option(
            names = "--delta",
            paramLabel = "STEP",
            description = "Step of rpe_m: poses (default 1), or metres of the path, e.g. 10m.")
    private String delta = "1";

    @Option(
            names = "--max-dt",
            paramLabel = "SECONDS",
            description =
                    "TUM: poses at most this far apart in time are compared (default 0: equal stamps).")
    private double maxDtSeconds;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--require",
            paramLabel = "FIGURE<X",
            description = "Exit 7 unless it holds, e.g. 'ate_m<0.5'.")
    private List<String> required = new ArrayList<>();

    /** Named as on the command line. */
    enum Align {
        none(Alignment.NONE),
        se3(Alignment.SE3),
        origin(Alignment.ORIGIN);

        private final Alignment alignment;

        Align(Alignment alignment) {
            this.alignment = alignment;
        }
    }

    @Override
    public Integer call() throws IOException {
        required.forEach(Requirement::parse);
        StepWord step = StepWord.parse(delta);
        Numbers.requireAtLeast("--max-dt", maxDtSeconds, 0);
        SortedMap<String, Double> figures = figures(pairs(), step);
        new Talk(spec).data(json ? Figures.json(figures) : Figures.table(figures));
        Requirement.check(required, figures);
        return 0;
    }

    private PosePairs pairs() throws IOException {
        TrajectoryTable want = TrajectoryTable.read(truth);
        TrajectoryTable got = TrajectoryTable.read(file);
        if (want.tum() != got.tum()) {
            throw new CommandFailure(
                    ExitCode.INPUT_MALFORMED,
                    "%s is %s but %s is %s: expected both by time or both by row"
                            .formatted(file, got.form(), truth, want.form()));
        }
        if (maxDtSeconds > 0 && !want.tum()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--max-dt: %s is %s, expected TUM".formatted(truth, want.form()));
        }
        try {
            return PosePairs.associate(
                    want.poses().keys(),
                    want.poses().poses(),
                    got.poses().keys(),
                    got.poses().poses(),
                    Math.round(maxDtSeconds * NANOS));
        } catch (IllegalArgumentException mismatch) {
            throw new CommandFailure(
                    ExitCode.INPUT_MALFORMED,
                    file + " against " + truth + ": " + mismatch.getMessage());
        }
    }

    private SortedMap<String, Double> figures(PosePairs pairs, StepWord step) {
        TrajectoryError e = TrajectoryError.of(pairs);
        AbsoluteError absolute = AbsoluteError.of(pairs, align.alignment);
        RelativeError relative = step.errorOf(pairs);
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put("pairs", (double) e.poses());
        figures.put("unmatched", (double) e.missing());
        figures.put("without_truth", (double) pairs.unmatched());
        figures.put("path_m", e.pathM());
        figures.put("drift_percent", e.driftPercent());
        figures.put("end_angle_deg", e.endAngleDeg());
        figures.put("translation_percent", e.translationPercent());
        figures.put("rotation_deg_per_100m", e.rotationDegPer100m());
        figures.put("ate_m", absolute.metres().rms());
        figures.put("ate_deg", absolute.degrees().rms());
        figures.put("ate_max_m", absolute.metres().max());
        figures.put("rpe_steps", (double) relative.metres().count());
        figures.put("rpe_m", relative.metres().rms());
        figures.put("rpe_deg", relative.degrees().rms());
        figures.put("worst_step_m", e.worstStepM());
        return figures;
    }
}
