package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.jobs.pairs.PairMethod;
import io.azimuth.jobs.pairs.PairMethods;
import io.azimuth.jobs.pairs.PairOutcome;
import io.azimuth.jobs.report.PairPicture;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Two scans: where one was taken in the frame of the other. */
@Command(
        name = "register",
        description = {
            "Tell how scan B lies in the frame of scan A (targetFromSource; A is the target), or refuse.",
            "A and B are cloud files, or sweeps of drives: DRIVE@POSITION. Exit 0 if accepted, 9 if refused."
        },
        mixinStandardHelpOptions = true)
final class RegisterCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "A", description = "The target.")
    private String target = "";

    @Parameters(index = "1", paramLabel = "B", description = "The source.")
    private String source = "";

    @Option(
            names = "--method",
            description =
                    "ume (default; needs no guess), fpfh (PCL; needs none); vgicp, gicp, pcl-gicp, pcl-ndt, pcl-icp (from --init).")
    private String method = PairMethods.UME;

    @Option(
            names = "--init",
            paramLabel = "FILE",
            description =
                    "First targetFromSource: a text file of 12 or 16 numbers, row by row (default: the same place).")
    private @Nullable Path init;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "Before and after as PNG (default register.png; 'none' for none).")
    private String picture = "register.png";

    @Override
    public Integer call() throws IOException {
        Talk talk = new Talk(spec);
        PairMethod chosen = chosen();
        RigidTransform guess = init == null ? RigidTransform.IDENTITY : TransformFile.read(init);
        PointCloud a = SweepArgument.parse(target).read();
        PointCloud b = SweepArgument.parse(source).read();
        PairOutcome outcome = chosen.register(a, b, guess);
        talk.data(json ? Json.text(object(outcome)) : text(outcome));
        if (!picture.equals("none")) {
            Path file = Path.of(picture);
            PairPicture.write(a, b, guess, outcome.targetFromSource(), verdict(outcome), file);
            talk.note("picture: " + file);
        }
        return (outcome.accepted() ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    private PairMethod chosen() {
        try {
            return PairMethods.named(method, TimeSource.SYSTEM::monotonicNanos);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--method: " + e.getMessage());
        }
    }

    private static String verdict(PairOutcome o) {
        return (o.accepted() ? "accepted" : "refused: " + o.reason())
                .concat(String.format(Locale.ROOT, ", overlap %.2f, %s", o.overlap(), o.engine()));
    }

    private static String text(PairOutcome o) {
        StringBuilder out = new StringBuilder();
        double[] m = o.targetFromSource().toRows();
        for (int row = 0; row < 3; row++) {
            for (int k = 0; k < 4; k++) {
                out.append(String.format(Locale.ROOT, "%13.9f ", m[4 * row + k]));
            }
            out.append('\n');
        }
        out.append(o.accepted() ? "accepted" : "refused: " + o.reason());
        out.append(
                String.format(
                        Locale.ROOT,
                        "; overlap %.3f, score %.3f, margin %.3f, fitness %.3f m, %d inliers, %.0f ms, %s",
                        o.overlap(),
                        o.score(),
                        o.margin(),
                        o.fitnessM(),
                        o.inliers(),
                        o.milliseconds(),
                        o.engine()));
        return out.toString();
    }

    private static ObjectNode object(PairOutcome o) {
        ObjectNode node = Json.row();
        node.put("verdict", o.accepted() ? "accepted" : "refused");
        node.put("reason", o.reason());
        ArrayNode rows = node.putArray("targetFromSource");
        for (double v : o.targetFromSource().toRows()) {
            rows.add(v);
        }
        rows.add(0.0).add(0.0).add(0.0).add(1.0);
        node.set("overlap", Json.number(o.overlap()));
        node.set("score", Json.number(o.score()));
        node.set("margin", Json.number(o.margin()));
        node.set("fitness", Json.number(o.fitnessM()));
        node.put("inliers", o.inliers());
        node.set("milliseconds", Json.number(o.milliseconds()));
        node.put("engine", o.engine());
        return node;
    }
}
