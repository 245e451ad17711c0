package io.azimuth.jobs.report;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveSensor;
import io.azimuth.connectors.drive.DriveTruth;
import io.azimuth.connectors.drive.SensorTruth;
import io.azimuth.connectors.drive.SweepKey;
import io.azimuth.jobs.report.RunResult.TrackRow;
import io.azimuth.jobs.report.SensorPath.Place;
import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.evaluation.TrackRecall;
import io.azimuth.perception.evaluation.TrackScores;
import io.azimuth.perception.evaluation.Trajectory;
import io.azimuth.perception.evaluation.TrajectoryError;
import io.azimuth.perception.evaluation.places.ParkedObjects;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.tracking.Track;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How well a run did, judged by the drive's truth, sensor by sensor. Only sweeps that were labelled
 * are judged; a sweep that got lost on the way counts as one in which nothing was found. Where only
 * the front camera's view is labelled, parked vehicles are neutral before they get a label.
 * Immutable, thread-safe.
 *
 * @param bySensor in the drive's order; sensors without truth are absent
 */
public record Scores(Map<String, SensorScores> bySensor) {
    /** Labels with fewer points are neutral. */
    public static final int MIN_POINTS = 5;

    /** Labels beyond are neutral. */
    public static final double MAX_RANGE_M = 60;

    /** A track follows an object if their centres are at most this far apart. */
    public static final double TRACK_DISTANCE_M = 2;

    private static final double TRACK_RECALL_RANGE_M = 40;
    private static final int TRACK_RECALL_POINTS = 50;

    public static final Scores NONE = new Scores(Map.of());

    /**
     * Scores of one sensor; null where the truth does not say.
     *
     * @param odometry of the poses that there are
     * @param detection by class group, score at least 0.3, centre within 1 m; AP by overlap
     * @param trackRecall each labelled object's share of sweeps in which it was detected
     * @param tracks of the vehicle's tracks at this sensor's sweeps
     */
    public record SensorScores(
            @Nullable TrajectoryError odometry,
            @Nullable DetectionScores detection,
            @Nullable TrackRecall trackRecall,
            @Nullable TrackScores tracks) {}

    public Scores {
        bySensor = Collections.unmodifiableMap(new LinkedHashMap<>(bySensor));
    }

    /** The scores of a sensor, null if it has no truth. */
    public @Nullable SensorScores of(String sensorId) {
        return bySensor.get(sensorId);
    }

    /**
     * Judges a run.
     *
     * @param drive for its sensors and the sweeps that were sent
     * @param truth of the drive
     */
    public static Scores of(RunResult result, Drive drive, DriveTruth truth) {
        Map<String, SensorScores> out = new LinkedHashMap<>();
        List<DriveSensor> sensors = drive.info().sensors();
        for (int s = 0; s < sensors.size(); s++) {
            SensorTruth known = truth.of(sensors.get(s).sensorId());
            if (!known.isEmpty()) {
                out.put(
                        sensors.get(s).sensorId(),
                        score(result, drive, sensors.get(s), sent(result, drive, s), known));
            }
        }
        return new Scores(out);
    }

    /** Numbers of a sensor's sweeps that were sent. */
    static TreeSet<Long> sent(RunResult result, Drive drive, int sensor) {
        TreeSet<Long> out = new TreeSet<>();
        for (int i = 0; i < Math.min(result.driveSweeps(), drive.size()); i++) {
            SweepKey key = drive.key(i);
            if (key.sensor() == sensor) {
                out.add(key.seq());
            }
        }
        return out;
    }

    private static SensorScores score(
            RunResult result, Drive drive, DriveSensor sensor, Set<Long> sent, SensorTruth truth) {
        SensorPath path = SensorPath.of(result, sensor.sensorId());
        TrajectoryError odometry = odometry(path, truth, sent);
        List<LabelledBox> labels =
                truth.boxes().stream().filter(b -> sent.contains(b.sweep())).toList();
        TreeSet<Long> labelled = new TreeSet<>(truth.labelledSweeps());
        labelled.retainAll(sent);
        if (labelled.isEmpty()) {
            return new SensorScores(odometry, null, null, null);
        }
        List<ScoredBox> all = new ArrayList<>();
        MidSweep.detections(result, sensor.sensorId(), path, drive.info().deskew())
                .forEach(
                        (seq, detections) -> {
                            if (labelled.contains(seq)) {
                                detections.forEach(d -> all.add(MidSweep.scored(seq, d)));
                            }
                        });
        boolean front = truth.frontViewOnly();
        List<ScoredBox> found =
                front ? ParkedObjects.of(labels, truth.firstFromSweep()).judged(all) : all;
        EvaluationRegion region = region(front, MIN_POINTS, MAX_RANGE_M);
        boolean named = labels.stream().anyMatch(b -> !b.track().isEmpty());
        return new SensorScores(
                odometry,
                DetectionScores.of(labels, found, DetectionScores.Options.of(region)),
                named ? trackRecall(labels, found, front, labelled) : null,
                named ? tracks(result, sensor, path, labels, labelled, region) : null);
    }

    private static EvaluationRegion region(boolean front, int minPoints, double maxRangeM) {
        return front
                ? EvaluationRegion.frontCamera(minPoints, maxRangeM)
                : EvaluationRegion.allRound(minPoints, maxRangeM);
    }

    private static @Nullable TrajectoryError odometry(
            SensorPath path, SensorTruth truth, Set<Long> sent) {
        TreeMap<Long, RigidTransform> wanted = new TreeMap<>(truth.firstFromSweep());
        wanted.keySet().retainAll(sent);
        boolean shared = wanted.keySet().stream().anyMatch(seq -> path.at(seq) != null);
        if (!shared) {
            return null;
        }
        long[] keys = wanted.keySet().stream().mapToLong(Long::longValue).toArray();
        Trajectory real = new Trajectory(keys, new ArrayList<>(wanted.values()));
        return TrajectoryError.of(real, path.bySweep());
    }

    private static TrackRecall trackRecall(
            List<LabelledBox> labels, List<ScoredBox> found, boolean front, Set<Long> labelled) {
        EvaluationRegion region = region(front, TRACK_RECALL_POINTS, TRACK_RECALL_RANGE_M);
        return TrackRecall.of(labels, found, new TrackRecall.Options(region, 0.3, 1.0), labelled);
    }

    private static @Nullable TrackScores tracks(
            RunResult result,
            DriveSensor sensor,
            SensorPath path,
            List<LabelledBox> labels,
            Set<Long> labelled,
            EvaluationRegion region) {
        List<ScoredBox> boxes = new ArrayList<>();
        TreeSet<Long> seen = new TreeSet<>(); // a sweep that was delivered twice counts once
        for (TrackRow row : result.tracks()) {
            Place place = path.at(row.seq());
            if (!row.sensorId().equals(sensor.sensorId()) || place == null) {
                continue;
            }
            if (!seen.add(row.seq())) {
                continue;
            }
            if (labelled.contains(row.seq())) {
                RigidTransform sensorFromOdom = place.row().odomFromSensor().inverse();
                for (Track t : row.tracks()) {
                    boxes.add(TrackPlacing.inSensor(row.seq(), t, sensorFromOdom));
                }
            }
        }
        return seen.isEmpty()
                ? null
                : TrackScores.of(labels, boxes, labelled, region, TRACK_DISTANCE_M);
    }
}
