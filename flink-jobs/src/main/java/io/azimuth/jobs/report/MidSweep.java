package io.azimuth.jobs.report;

import io.azimuth.jobs.report.RunResult.DetectionRow;
import io.azimuth.jobs.report.RunResult.PoseRow;
import io.azimuth.jobs.report.SensorPath.Place;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Moves detections from their own measuring time to mid-sweep, where labels and poses hold: {@code
 * p_mid = exp(twist (t - t_mid)) p}, for a constant twist of the sensor.
 */
final class MidSweep {
    private static final Comparator<Detection> ORDER =
            Comparator.comparingDouble((Detection d) -> -d.score())
                    .thenComparingDouble(d -> d.box().x())
                    .thenComparingDouble(d -> d.box().y())
                    .thenComparing(Detection::objectClass);

    private MidSweep() {}

    /**
     * Detections of a sensor by sweep, all as of mid-sweep, best first, then by x. Sweeps in which
     * nothing was found have an empty list.
     *
     * @param moving whether points were measured from a moving sensor; a drive that is already
     *     compensated is left as it is
     */
    static SortedMap<Long, List<Detection>> detections(
            RunResult result, String sensorId, SensorPath path, boolean moving) {
        SortedMap<Long, List<Detection>> out = new TreeMap<>();
        for (DetectionRow row : result.detections()) {
            if (row.sensorId().equals(sensorId) && !out.containsKey(row.seq())) {
                Place place = path.at(row.seq());
                out.put(row.seq(), moved(row, place == null || !moving ? null : place.row()));
            }
        }
        return out;
    }

    private static List<Detection> moved(DetectionRow row, @Nullable PoseRow pose) {
        List<Detection> out = new ArrayList<>(row.detections().size());
        for (Detection d : row.detections()) {
            OrientedBox box =
                    pose == null
                            ? d.box()
                            : d.boxAsOf(row.midNanos() - row.startNanos(), pose.twist());
            out.add(d.at(box, row.midNanos() - row.startNanos()));
        }
        out.sort(ORDER);
        return List.copyOf(out);
    }

    /** For the evaluator. */
    static ScoredBox scored(long seq, Detection d) {
        return new ScoredBox(seq, "", d.objectClass(), d.box(), d.score());
    }

    static double[] scaled(double[] twist, double factor) {
        double[] out = new double[6];
        for (int i = 0; i < 6; i++) {
            out[i] = twist[i] * factor;
        }
        return out;
    }
}
