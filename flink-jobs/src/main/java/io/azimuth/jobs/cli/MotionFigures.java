package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.SensorTruth;
import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.motion.MotionScores;
import io.azimuth.perception.evaluation.motion.MovingBox;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Names of the figures of motion of {@code eval track}, {@code docs/schema/eval-track-v1.json}. */
final class MotionFigures {
    private MotionFigures() {}

    /** Adds those of all classes, and of each group that has tracks; none without true poses. */
    static void put(
            SortedMap<String, Double> out,
            SensorTruth truth,
            List<MovingBox> tracks,
            EvaluationRegion region,
            double distanceM) {
        if (truth.firstFromSweep().isEmpty()) {
            return;
        }
        put(out, "", of(truth, tracks, region, null, distanceM));
        for (ClassGroup group : ClassGroup.values()) {
            if (out.containsKey(group.label() + ".wanted")) {
                put(out, group.label() + ".", of(truth, tracks, region, group, distanceM));
            }
        }
    }

    private static MotionScores of(
            SensorTruth truth,
            List<MovingBox> tracks,
            EvaluationRegion region,
            @Nullable ClassGroup group,
            double distanceM) {
        return MotionScores.of(
                truth.boxes(), truth.firstFromSweep(), tracks, region, group, distanceM);
    }

    private static void put(SortedMap<String, Double> out, String prefix, MotionScores m) {
        put(out, prefix + "velocity", m.all());
        put(out, prefix + "standing", m.standing());
        put(out, prefix + "moving", m.moving());
    }

    private static void put(SortedMap<String, Double> out, String name, MotionScores.Errors e) {
        out.put(name + "_boxes", (double) e.boxes());
        out.put(name + "_median_mps", e.medianMps());
        out.put(name + "_rms_mps", e.rmsMps());
        out.put(name + "_said_rightly", (double) e.saidRightly());
        out.put(name + "_said_wrongly", (double) e.saidWrongly());
    }
}
