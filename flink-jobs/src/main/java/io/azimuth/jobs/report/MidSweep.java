package io.azimuth.jobs.report;

import io.azimuth.jobs.report.RunResult.DetectionRow;
import io.azimuth.jobs.report.RunResult.PoseRow;
import io.azimuth.jobs.report.SensorPath.Place;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
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
    private static final Comparator<ScoredBox> ORDER =
            Comparator.comparingDouble((ScoredBox b) -> -b.score())
                    .thenComparingDouble(b -> b.box().x())
                    .thenComparingDouble(b -> b.box().y())
                    .thenComparing(ScoredBox::objectClass);

    private MidSweep() {}

    /**
     * Detections of a sensor by sweep, best first, then by x. Sweeps in which nothing was found
     * have an empty list.
     *
     * @param moving whether points were measured from a moving sensor; a drive that is already
     *     compensated is left as it is
     */
    static SortedMap<Long, List<ScoredBox>> detections(
            RunResult result, String sensorId, SensorPath path, boolean moving) {
        SortedMap<Long, List<ScoredBox>> out = new TreeMap<>();
        for (DetectionRow row : result.detections()) {
            if (row.sensorId().equals(sensorId) && !out.containsKey(row.seq())) {
                Place place = path.at(row.seq());
                out.put(row.seq(), boxes(row, place == null || !moving ? null : place.row()));
            }
        }
        return out;
    }

    private static List<ScoredBox> boxes(DetectionRow row, @Nullable PoseRow pose) {
        List<ScoredBox> out = new ArrayList<>(row.detections().size());
        for (Detection d : row.detections()) {
            OrientedBox box = pose == null ? d.box() : moved(d, row, pose.twist());
            out.add(new ScoredBox(row.seq(), "", d.objectClass(), box, d.score()));
        }
        out.sort(ORDER);
        return List.copyOf(out);
    }

    private static OrientedBox moved(Detection d, DetectionRow row, double[] twist) {
        double seconds = 1e-9 * (row.startNanos() + d.timeOffsetNanos() - row.midNanos());
        return RigidTransform.exp(scaled(twist, seconds)).map(d.box());
    }

    static double[] scaled(double[] twist, double factor) {
        double[] out = new double[6];
        for (int i = 0; i < 6; i++) {
            out[i] = twist[i] * factor;
        }
        return out;
    }
}
