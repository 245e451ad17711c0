package io.azimuth.jobs.report;

import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.MatchRule;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.evaluation.curves.Confusion;
import io.azimuth.perception.evaluation.curves.PrCurve;
import io.azimuth.perception.evaluation.curves.Reliability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Draws how good detections are: {@code pr.png}, {@code reliability.png} and {@code confusion.png}.
 * A match is within 1 m of the label's centre. Stateless, thread-safe.
 */
public final class DetectionPictures {
    private static final MatchRule NEAR = MatchRule.centreDistance(1);
    private static final int BINS = 10;
    private static final double MIN_SCORE = 0.3;

    private DetectionPictures() {}

    /**
     * Draws into a folder, which is made if missing.
     *
     * @param title what is judged, e.g. the drive's name
     */
    public static ResultFiles.Written write(
            String title,
            List<LabelledBox> truth,
            List<ScoredBox> detections,
            EvaluationRegion region,
            Path out)
            throws IOException {
        Files.createDirectories(out);
        List<Path> files = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        try {
            Map<ClassGroup, DetectionScores.Judgement> groups = judge(truth, detections, region);
            Map<ClassGroup, PrCurve> curves = new EnumMap<>(ClassGroup.class);
            Map<ClassGroup, Reliability> scores = new EnumMap<>(ClassGroup.class);
            groups.forEach((g, j) -> curves.put(g, PrCurve.of(j)));
            groups.forEach((g, j) -> scores.put(g, Reliability.of(j, BINS)));
            Confusion confusion = Confusion.of(truth, detections, NEAR, region, MIN_SCORE);
            Canvas first = CurvePicture.precisionRecall(title, curves);
            save(first, out.resolve("pr.png"), files);
            save(CurvePicture.reliability(title, scores), out.resolve("reliability.png"), files);
            save(ConfusionPicture.draw(title, confusion), out.resolve("confusion.png"), files);
            if (first.lacksText()) {
                warnings.add(
                        "this Java runtime has no fonts, so the pictures have no text; install fontconfig and a font");
            }
        } catch (LinkageError | java.awt.AWTError e) {
            warnings.add("this Java runtime cannot draw, pictures are missing: " + e);
        }
        return new ResultFiles.Written(files, warnings);
    }

    /** How far a group's scores are from probabilities; NaN if it was never detected. */
    public static double calibrationError(
            ClassGroup group,
            List<LabelledBox> truth,
            List<ScoredBox> detections,
            EvaluationRegion region) {
        DetectionScores.Judgement judged = judge(truth, detections, region).get(group);
        return judged == null ? Double.NaN : Reliability.of(judged, BINS).expectedError();
    }

    private static Map<ClassGroup, DetectionScores.Judgement> judge(
            List<LabelledBox> truth, List<ScoredBox> detections, EvaluationRegion region) {
        Map<ClassGroup, DetectionScores.Judgement> out = new EnumMap<>(ClassGroup.class);
        for (ClassGroup g : ClassGroup.values()) {
            List<LabelledBox> want =
                    truth.stream().filter(b -> ClassGroup.of(b.objectClass()) == g).toList();
            List<ScoredBox> got =
                    detections.stream().filter(b -> ClassGroup.of(b.objectClass()) == g).toList();
            if (!want.isEmpty() || !got.isEmpty()) {
                out.put(g, DetectionScores.judge(want, got, NEAR, region));
            }
        }
        return out;
    }

    private static void save(Canvas canvas, Path file, List<Path> files) throws IOException {
        canvas.save(file);
        files.add(file);
    }
}
